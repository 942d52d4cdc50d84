import { CfnQueue, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { tenantNames } from '../../../schema/names';
import { MAX_RECEIVES, VISIBILITY_SECONDS } from '../../../schema/pipeline-job';
import { resolvedJson } from '../resolved-json';
import { deadLetterQueuePolicy, pipelineQueuePolicy } from './queue-policy';
import { titleCase } from './title-case';
import type { TenantScope } from './tenant-scope';

/** Seconds that a message waits at most: 14 days, the longest of SQS. */
const MESSAGE_RETENTION_SECONDS = 1_209_600;

/**
 * One queue per pipeline that the tenant has data for, and one dead-letter queue for all of them (an alarm per dead-letter queue
 * costs more than the queues). Returns the policies of all of them, which the topic's subscriptions need first.
 */
export function tenantQueues(parent: Construct, scope: TenantScope, keyArn: string): CfnQueuePolicy[] {
  const { env, tenant, pipelines } = scope;
  if (pipelines.length === 0) return [];
  const common = {
    kmsMasterKeyId: keyArn,
    messageRetentionPeriod: MESSAGE_RETENTION_SECONDS,
    visibilityTimeout: VISIBILITY_SECONDS,
    tags: scope.tags,
  };
  const queueArns = pipelines.map((pipeline) => tenantNames.queueArn(env, tenant.id, pipeline));
  const deadLetters = new CfnQueue(parent, 'DeadLetterQueue', {
    ...common,
    queueName: tenantNames.deadLetterQueue(env, tenant.id),
    redriveAllowPolicy: { redrivePermission: 'byQueue', sourceQueueArns: queueArns },
  });
  const deadLettersPolicy = new CfnQueuePolicy(parent, 'DeadLetterQueuePolicy', {
    queues: [deadLetters.ref],
    policyDocument: resolvedJson(deadLetterQueuePolicy(scope)),
  });
  const windows = new Map(env.pipelines.map(({ name, batchWindowSeconds }) => [name, batchWindowSeconds]));
  const policies = pipelines.map((pipeline) => {
    const name = `${titleCase(pipeline)}Queue`;
    const queue = new CfnQueue(parent, name, {
      ...common,
      queueName: tenantNames.queue(env, tenant.id, pipeline),
      // The batch window: KEDA counts what is visible, so that calls of one window share a machine's boot.
      delaySeconds: windows.get(pipeline) ?? 0,
      redrivePolicy: { deadLetterTargetArn: scope.deadLetterQueueArn, maxReceiveCount: MAX_RECEIVES },
      // By default every queue of the account may have its dead letters here, past the policy as far as is known: each would be an order.
      // An update changes it in place: https://github.com/pulumi/pulumi-aws-native/blob/master/aws-cloudformation-schema/aws-sqs-queue.json (2026-11-26).
      redriveAllowPolicy: { redrivePermission: 'denyAll' },
    });
    // SQS refuses a redrive policy whose target does not exist yet.
    queue.addResourceDependency(deadLetters);
    return new CfnQueuePolicy(parent, `${name}Policy`, {
      queues: [queue.ref],
      policyDocument: resolvedJson(pipelineQueuePolicy(scope, tenantNames.queueArn(env, tenant.id, pipeline))),
    });
  });
  return [deadLettersPolicy, ...policies];
}
