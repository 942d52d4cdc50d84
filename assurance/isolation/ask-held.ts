import type { Resource, ResourceKind } from '../iam/world';
import { askKnown, askPaths, noteSetting } from './ask-properties';
import type { Asking } from './spot';

/**
 * All that a resource has in its template, by its kind. Most of what it could have besides takes data out of it without a policy that says so: copies,
 * inventories, access logs, subscriptions of a topic within the topic.
 */
const PROPERTIES: Partial<Readonly<Record<ResourceKind, readonly string[]>>> = {
  's3:bucket': [
    'BucketEncryption',
    'BucketName',
    'LifecycleConfiguration',
    'NotificationConfiguration',
    'OwnershipControls',
    'PublicAccessBlockConfiguration',
    'Tags',
    'VersioningConfiguration',
  ],
  'kms:key': ['Description', 'EnableKeyRotation', 'KeyPolicy', 'PendingWindowInDays', 'Tags'],
  'sqs:queue': [
    'DelaySeconds',
    'KmsMasterKeyId',
    'MessageRetentionPeriod',
    'QueueName',
    'RedriveAllowPolicy',
    'RedrivePolicy',
    // Of a queue that no tenant's data comes to: those it comes to are asked for the key of their own.
    'SqsManagedSseEnabled',
    'Tags',
    'VisibilityTimeout',
  ],
  'sns:topic': ['KmsMasterKeyId', 'Tags', 'TopicName'],
  'logs:log-group': ['KmsKeyId', 'LogGroupName', 'RetentionInDays', 'Tags'],
  'ecr:repository': [
    'EncryptionConfiguration',
    // Pushes are looked through; what goes by itself is late or early, and never another.
    'ImageScanningConfiguration',
    'ImageTagMutability',
    'LifecyclePolicy',
    'RepositoryName',
    'RepositoryPolicyText',
    'Tags',
  ],
};

/** What each of a kind has besides, by the path of the setting. */
const HELD: Partial<Readonly<Record<ResourceKind, Readonly<Record<string, unknown>>>>> = {
  // Without it an object that is overwritten or deleted is gone.
  's3:bucket': { 'VersioningConfiguration.Status': 'Enabled' },
  'kms:key': { EnableKeyRotation: true },
  // A tag that can move, by an exception too, is another image under the name that pods ask for.
  'ecr:repository': { ImageTagMutability: 'IMMUTABLE', 'EncryptionConfiguration.EncryptionType': 'KMS' },
};

/**
 * Days in which the deletion of a key, and with it of all that lies under it, can be taken back: the most, which is also what a key without a word about it has
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html, 2026-11-26).
 */
const PENDING_DAYS = 30;

/** What is true of every resource of these kinds, whosever it is: how it is kept, and that it has nothing that nobody looked at. */
export function askHeld(asking: Asking): void {
  for (const resource of asking.engine.world.resources.values()) {
    const { kind, where } = resource;
    const known = PROPERTIES[kind];
    const properties = asking.template(where)?.Properties ?? {};
    if (known !== undefined) askKnown(asking, resource, properties, known);
    askPaths(asking, resource, properties, HELD[kind] ?? {});
    if (kind === 'kms:key') askPending(asking, resource, properties['PendingWindowInDays']);
    if (kind === 'logs:log-group') askKey(asking, resource);
  }
}

function askPending(asking: Asking, key: Resource, days: unknown): void {
  if (days !== undefined && days !== PENDING_DAYS)
    noteSetting(asking, key, `PendingWindowInDays: got ${JSON.stringify(days)}, allowed ${PENDING_DAYS}`);
}

/** A log group is under a key of the stacks, of its own account. */
function askKey(asking: Asking, group: Resource): void {
  const key = asking.engine.world.resources.get(group.encryptedWith ?? '');
  if (key?.kind !== 'kms:key' || key.account !== group.account)
    noteSetting(
      asking,
      group,
      `KmsKeyId: got ${group.encryptedWith ?? 'none'}, allowed a key that the stacks make in ${group.account}`,
    );
}
