import { CfnAlarm, type CfnAlarmProps } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { operationNames, tenantNames } from '../../../schema/names';
import { alarmDescription } from '../../../schema/runbook';
import type { TenantScope } from './tenant-scope';

const PERIOD_SECONDS = 300;

/**
 * What is told of one tenant, at 0.10 $ a month for each metric: a dead letter, in one queue for all pipelines; and a call that is older than
 * its pipeline promises (docs/decisions/0030-alarms-and-what-they-cost.md). They go to the topic of the account's alarms, by name.
 */
export function tenantAlarms(parent: Construct, scope: TenantScope): void {
  if (!scope.notifies) return;
  deadLetters(parent, scope);
  // Nobody works for a suspended tenant: its calls wait, as they should.
  if (scope.tenant.state === 'active') brokenPromise(parent, scope);
}

/** A call that no worker could handle is a dead letter, and nobody looks into a queue unasked. */
function deadLetters(parent: Construct, scope: TenantScope): void {
  const { env, tenant } = scope;
  new CfnAlarm(parent, 'DeadLettersAlarm', {
    ...common(scope),
    alarmName: tenantNames.deadLettersAlarm(env, tenant.id),
    alarmDescription: alarmDescription(
      env,
      'a-call-is-a-dead-letter',
      `calls of tenant ${tenant.id} that no worker could handle; they are kept for 14 days`,
    ),
    ...ofQueue('ApproximateNumberOfMessagesVisible', tenantNames.deadLetterQueue(env, tenant.id)),
    statistic: 'Maximum',
    period: PERIOD_SECONDS,
    evaluationPeriods: 1,
  });
}

/**
 * The age of the oldest call as a share of what its pipeline promises, the largest of all pipelines. A queue without a call reports no age,
 * which must not hide the others': it is 0. So is the newest period of one whose metrics come late, and two of three decide.
 * SQS leaves out of the age what was received three times and is still there; that ends as a dead letter.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html (2026-11-26)
 */
function brokenPromise(parent: Construct, scope: TenantScope): void {
  const { env, tenant, pipelines } = scope;
  const promises = new Map(env.pipelines.map(({ name, promiseSeconds }) => [name, promiseSeconds]));
  const shares = pipelines.map((pipeline) => `FILL(${pipeline}, 0) / ${String(promises.get(pipeline))}`);
  new CfnAlarm(parent, 'PromiseAlarm', {
    ...common(scope),
    alarmName: tenantNames.promiseAlarm(env, tenant.id),
    alarmDescription: alarmDescription(
      env,
      'a-queue-is-older-than-its-promise',
      `a call of tenant ${tenant.id} waits longer than its pipeline promises`,
    ),
    metrics: [
      {
        id: 'share',
        expression: `MAX([${shares.join(', ')}])`,
        label: 'age of the oldest call / promise',
        returnData: true,
      },
      ...pipelines.map((pipeline) => ({
        id: pipeline,
        metricStat: {
          metric: ofQueue('ApproximateAgeOfOldestMessage', tenantNames.queue(env, tenant.id, pipeline)),
          period: PERIOD_SECONDS,
          stat: 'Maximum',
        },
        returnData: false,
      })),
    ],
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
  });
}

const ofQueue = (metricName: string, value: string) => ({
  namespace: 'AWS/SQS',
  metricName,
  dimensions: [{ name: 'QueueName', value }],
});

const common = ({ env, tags }: TenantScope) =>
  ({
    threshold: 1,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    // SQS reports nothing about a queue that has been idle for six hours.
    treatMissingData: 'notBreaching',
    alarmActions: [operationNames.alertTopicArn(env, 'production')],
    tags,
  }) satisfies Partial<CfnAlarmProps>;
