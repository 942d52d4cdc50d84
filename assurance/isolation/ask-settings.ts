import type { Resource, ResourceKind } from '../iam/world';
import { noteSetting } from './ask-properties';
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

/** Settings of a resource that holds a tenant's data, by which it would be open, or lie under somebody else's key, whatever the policies say. */
export function askSettings(asking: Asking, resource: Resource, { keyAlias, topicArn }: Settings): void {
  const { kind, where, notifies = [], encryptedWith } = resource;
  const properties = asking.template(where)?.Properties;
  if (kind === 's3:bucket')
    for (const [path, wanted] of Object.entries(BUCKET)) {
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
