import type { Resource, ResourceKind } from '../iam/world';
import { askKnown, noteSetting } from './ask-properties';
import type { Asking } from './spot';

/** What a bucket must be besides its policy, by the path of the setting. */
const BUCKET: Readonly<Record<string, unknown>> = {
  'PublicAccessBlockConfiguration.BlockPublicAcls': true,
  'PublicAccessBlockConfiguration.BlockPublicPolicy': true,
  'PublicAccessBlockConfiguration.IgnorePublicAcls': true,
  'PublicAccessBlockConfiguration.RestrictPublicBuckets': true,
  // Without it an object can have an owner and a list of its own.
  'OwnershipControls.Rules.0.ObjectOwnership': 'BucketOwnerEnforced',
};

/** What a repository must be: a tag that can move, by an exception too, is another image under the name that pods ask for. */
const REPOSITORY: Readonly<Record<string, unknown>> = {
  ImageTagMutability: 'IMMUTABLE',
  'EncryptionConfiguration.EncryptionType': 'KMS',
};

const MUST: Partial<Readonly<Record<ResourceKind, Readonly<Record<string, unknown>>>>> = {
  's3:bucket': BUCKET,
  'ecr:repository': REPOSITORY,
};

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

const ENCRYPTED: readonly ResourceKind[] = [
  's3:bucket',
  'sqs:queue',
  'sns:topic',
  'logs:log-group',
  'athena:workgroup',
  'ecr:repository',
];

/** What the settings of a resource may name. */
export interface Settings {
  /** Of the key that it is to have. */
  readonly keyAlias: string;
  /** ARN of the topic that a bucket tells of its objects. @default - it tells nobody */
  readonly topicArn?: string;
}

/** Settings by which data would be open, or lie under somebody else's key, whatever the policies say. */
export function askSettings(asking: Asking, resource: Resource, { keyAlias, topicArn }: Settings): void {
  const { kind, where, notifies = [], encryptedWith } = resource;
  const properties = asking.template(where)?.Properties;
  const known = PROPERTIES[kind];
  if (known !== undefined) askKnown(asking, resource, properties, known);
  for (const [path, wanted] of Object.entries(MUST[kind] ?? {})) {
    const got = path.split('.').reduce(within, properties);
    if (got !== wanted)
      noteSetting(asking, resource, `${path}: got ${JSON.stringify(got)}, allowed ${JSON.stringify(wanted)}`);
  }
  for (const told of notifies.filter((one) => one !== topicArn))
    noteSetting(asking, resource, `NotificationConfiguration: got ${told}, allowed ${topicArn ?? 'none'}`);
  if (!ENCRYPTED.includes(kind)) return;
  const key = asking.engine.world.resources.get(encryptedWith ?? '');
  if (key?.kind !== 'kms:key' || !key.aliases.includes(keyAlias))
    noteSetting(
      asking,
      resource,
      `encryption: got ${key === undefined ? `the key ${String(encryptedWith)}` : key.where}, allowed the key ${keyAlias}`,
    );
}

const within = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
