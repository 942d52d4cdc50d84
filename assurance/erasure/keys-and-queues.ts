import { arn } from '../../schema/arns';
import { clusterNames, operationNames, tenantNames } from '../../schema/names';
import { CLUSTERS, PIPELINES } from '../../schema/vocabulary';
import { shown } from '../output/values';
import { admitted } from './admitted';
import { type Case, namesTenant, policyOf } from './case';
import type { Ending } from './coverage';
import { allows } from './refusal';

const KEY_ENDS = ['kms:DisableKey', 'kms:ScheduleKeyDeletion'];
/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html (2026-11-25): 30 where nothing is said */
const DEFAULT_PENDING_DAYS = 30;

/** A tenant's key: with it goes whatever lies elsewhere under it. A key of the platform holds nothing itself. */
export function judgeKey(subject: Case): void {
  const { erasers, tenant, properties } = subject;
  if (tenant === undefined) {
    subject.empty('a key holds no data; what it encrypts is judged by itself');
    return;
  }
  if (!namesTenant(subject, '', [])) return;
  const policy = properties['KeyPolicy'];
  const calls = KEY_ENDS.map((action) => ({ caller: erasers.direct, action, resource: '*' }));
  const refused = calls.filter((call) => !allows(policy, call));
  for (const { action } of refused)
    subject.report(
      'closed',
      `the key policy allows the eraser no ${action}, expected that it does: KMS asks no other policy`,
    );
  const endings: Ending[] = [];
  if (admitted(subject, 'the key policy', policy, calls) && refused.length === 0)
    endings.push({ by: 'eraser', actions: KEY_ENDS });
  const days = properties['PendingWindowInDays'] ?? DEFAULT_PENDING_DAYS;
  if (typeof days === 'number') endings.push({ by: 'expiry', what: 'after its deletion was scheduled', days });
  subject.holding({ tenants: [tenant.id], holds: "what opens the tenant's objects, messages and logs", endings });
}

const QUEUE_ACTIONS = ['sqs:PurgeQueue'];
/** Seconds that SQS keeps a message where the queue says nothing. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html (2026-11-25) */
const DEFAULT_RETENTION_SECONDS = 345_600;
const DAY_SECONDS = 86_400;

/** A tenant's queue: its messages name objects, whose keys are pseudonyms of people. */
export function judgeQueue(subject: Case): void {
  const { environment, tenant, properties } = subject;
  if (tenant === undefined) {
    const own = CLUSTERS.map((cluster) => clusterNames.interruptionQueue(environment, cluster));
    if (own.includes(String(properties['QueueName']))) subject.empty("Karpenter's: ids of machines that are to go");
    else
      subject.report(
        'not-understood',
        `QueueName: got ${shown(properties['QueueName'])}, expected ${own.join(' or ')}`,
      );
    return;
  }
  const queues = PIPELINES.map((pipeline) => tenantNames.queue(environment, tenant.id, pipeline));
  const names = [...queues, tenantNames.deadLetterQueue(environment, tenant.id)];
  if (!namesTenant(subject, 'QueueName', names)) return;
  const policy = policyOf(subject, 'AWS::SQS::QueuePolicy', 'Queues', properties['QueueName']);
  const queueArn = arn.queue(environment, 'production', String(properties['QueueName']));
  const endings: Ending[] = [];
  if (policy === undefined)
    subject.report('not-understood', 'got a queue without a policy, expected one that admits the eraser');
  else if (
    admitted(
      subject,
      'the queue policy',
      policy,
      QUEUE_ACTIONS.map((action) => ({ caller: subject.erasers.direct, action, resource: queueArn })),
    )
  )
    endings.push({ by: 'eraser', actions: QUEUE_ACTIONS });
  const seconds = properties['MessageRetentionPeriod'] ?? DEFAULT_RETENTION_SECONDS;
  if (typeof seconds === 'number')
    endings.push({ by: 'expiry', what: 'a message', days: Math.ceil(seconds / DAY_SECONDS) });
  else subject.report('not-understood', `MessageRetentionPeriod: got ${shown(seconds)}, expected a number of seconds`);
  subject.holding({ tenants: [tenant.id], holds: 'messages with the keys of objects', endings });
}

/** SNS tries a queue 100,015 times, over 23 days. @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html (read in a copy, 2026-11-25) */
const RETRY_DAYS = 23;

export function judgeTopic(subject: Case): void {
  const { environment, tenant, properties } = subject;
  if (tenant === undefined) {
    const alerts = CLUSTERS.map((cluster) => operationNames.alertTopic(environment, cluster));
    if (alerts.includes(String(properties['TopicName']))) subject.empty('alarms: names and numbers, no content');
    else
      subject.report(
        'not-understood',
        `TopicName: got ${shown(properties['TopicName'])}, expected ${alerts.join(' or ')}`,
      );
    return;
  }
  if (!namesTenant(subject, 'TopicName', [tenantNames.eventsTopic(environment, tenant.id)])) return;
  if (properties['ArchivePolicy'] !== undefined)
    subject.report('unnamed', 'ArchivePolicy: got an archive of messages, expected none: nobody erases it');
  subject.holding({
    tenants: [tenant.id],
    holds: 'events with the keys of objects, while they are delivered',
    endings: [{ by: 'expiry', what: 'a delivery that is tried again', days: RETRY_DAYS }],
  });
}
