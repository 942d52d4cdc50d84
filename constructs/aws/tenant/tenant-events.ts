import { CfnSubscription, CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import type { CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { tenantNames } from '../../../schema/names';
import { BUCKET_PREFIXES, type Pipeline } from '../../../schema/vocabulary';
import { resolvedJson } from '../resolved-json';
import { eventsTopicPolicy } from './events-topic-policy';
import { titleCase } from './title-case';
import type { TenantScope } from './tenant-scope';

/** Keys below which an object is a call of the pipeline. */
export const rawPrefix = (pipeline: Pipeline): string => `${BUCKET_PREFIXES.raw}${pipeline}/`;

/**
 * A record's key is URL-encoded. S3's guide shows it for a blank only, and events in the wild have their slashes as they are, while Lambda's
 * sample event has them encoded: both are let through, since one that is not would be a call that nobody hears.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html (2026-11-25)
 */
const spellings = (prefix: string): string[] => [prefix, encodeURIComponent(prefix)];

/**
 * The topic between the tenant's bucket and its queues. S3 sends a test message on every change of its notifications; in a queue it
 * is one message like any other, and a GPU node comes up for it. A subscription that asks for a record's key lets records through only.
 * Returns the topic's policy, which S3 needs first; undefined where nothing is notified.
 *
 * A delivery that the queue refuses for good goes to the dead-letter queue.
 * @see https://aws.amazon.com/blogs/compute/introducing-payload-based-message-filtering-for-amazon-sns/ (2026-11-25), whose example is
 * this one
 * docs/decisions/0013-a-topic-between-bucket-and-queues.md
 */
export function tenantEvents(
  parent: Construct,
  scope: TenantScope,
  keyArn: string,
  queuePolicies: readonly CfnQueuePolicy[],
): CfnTopicPolicy | undefined {
  const { env, tenant } = scope;
  if (!scope.notifies) return undefined;
  const topic = new CfnTopic(parent, 'Events', {
    topicName: tenantNames.eventsTopic(env, tenant.id),
    kmsMasterKeyId: keyArn,
    tags: scope.tags,
  });
  const policy = new CfnTopicPolicy(parent, 'EventsPolicy', {
    topics: [topic.ref],
    policyDocument: resolvedJson(eventsTopicPolicy(scope)),
  });
  for (const pipeline of scope.pipelines) {
    const subscription = new CfnSubscription(parent, `${titleCase(pipeline)}Subscription`, {
      topicArn: topic.ref,
      protocol: 'sqs',
      endpoint: tenantNames.queueArn(env, tenant.id, pipeline),
      rawMessageDelivery: true,
      filterPolicyScope: 'MessageBody',
      filterPolicy: {
        Records: { s3: { object: { key: spellings(rawPrefix(pipeline)).map((prefix) => ({ prefix })) } } },
      },
      redrivePolicy: { deadLetterTargetArn: scope.deadLetterQueueArn },
    });
    // A queue that does not admit the topic yet would lose what is delivered meanwhile to the dead letters.
    for (const queuePolicy of queuePolicies) subscription.addResourceDependency(queuePolicy);
  }
  return policy;
}
