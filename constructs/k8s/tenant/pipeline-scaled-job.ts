import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { PipelineSpec } from '../../../schema/environment';
import type { Environment } from '../../../schema/model';
import { clusterObjectNames, tenantNames } from '../../../schema/names';
import type { Tenant } from '../../../schema/tenant';
import { scaledJob } from '../api/keda';
import { labelSet } from '../label-set';
import { object } from '../object';
import { HISTORY_PER_OUTCOME, mostJobs } from './pipeline-limits';
import { pipelinePod } from './pipeline-pod';

/** Seconds between two looks at a queue; three queues of 1,000 tenants at 30 s cost about 104 $ a month in SQS requests. */
const POLLING_SECONDS = 30;
/** Calls that one job is meant for before a second machine is worth its boot. A job drains its queue and does not stop at this. */
const MESSAGES_PER_JOB = 20;

const scaledJobName = (pipeline: PipelineSpec['name']): string => `pipeline-${pipeline}`;

/** One pipeline of one tenant: from no Job at all to `mostJobs`, on the tenant's own queue. */
export function pipelineScaledJob(
  scope: Construct,
  env: Environment,
  tenant: Tenant,
  pipeline: PipelineSpec,
): ApiObject {
  const name = scaledJobName(pipeline.name);
  const labels = labelSet({ env, name, owner: `tenant/${tenant.id}` });
  return object(
    scope,
    name,
    scaledJob(
      { name, namespace: tenantNames.namespace(tenant.id), labels },
      {
        pollingInterval: POLLING_SECONDS,
        successfulJobsHistoryLimit: HISTORY_PER_OUTCOME,
        failedJobsHistoryLimit: HISTORY_PER_OUTCOME,
        maxReplicaCount: mostJobs(env, tenant, pipeline),
        rollout: { strategy: 'gradual' },
        // Jobs wanted for the visible messages, less the Jobs that run: those drain the queue in one go, so they count as serving it.
        // 'accurate' would start as many again at each poll of a long drain.
        scalingStrategy: { strategy: 'default' },
        triggers: [
          {
            type: 'aws-sqs-queue',
            metadata: {
              queueURL: tenantNames.queueUrl(env, tenant.id, pipeline.name),
              awsRegion: env.region,
              queueLength: String(MESSAGES_PER_JOB),
              // 1 would leave the last call of the day where it is.
              activationQueueLength: '0',
              // After a crash the messages stay in flight, and would start an empty Job at every poll.
              scaleOnInFlight: 'false',
              // Delayed messages are the batch window: they must not buy a machine each.
              scaleOnDelayed: 'false',
            },
            authenticationRef: { name: clusterObjectNames.sqsAuthentication },
          },
        ],
        jobTargetRef: {
          parallelism: 1,
          completions: 1,
          // The queue retries, and knows the dead-letter queue; a second pod would find the message still invisible.
          backoffLimit: 0,
          activeDeadlineSeconds: pipeline.maxRunSeconds,
          // A machine that was taken away is no failure of the job.
          podFailurePolicy: {
            rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
          },
          template: pipelinePod(env, tenant, pipeline, labels),
        },
      },
    ),
  );
}
