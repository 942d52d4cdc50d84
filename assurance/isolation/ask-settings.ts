import type { Resource, ResourceKind } from '../iam/world';
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
/** What would take data elsewhere without a policy that says so. */
const NEVER = ['ReplicationConfiguration', 'InventoryConfigurations', 'LoggingConfiguration', 'WebsiteConfiguration'];

const ENCRYPTED: readonly ResourceKind[] = [
  's3:bucket',
  'sqs:queue',
  'sns:topic',
  'logs:log-group',
  'athena:workgroup',
];

/**
 * Settings by which data would be open, or lie under somebody else's key, whatever the policies say.
 * @param keyAlias of the key that it is to have
 */
export function askSettings(asking: Asking, resource: Resource, keyAlias: string): void {
  const finding = (message: string): void => {
    asking.findings.push({ proof: 'isolation', kind: 'open', subject: resource.where, message });
  };
  if (resource.kind === 's3:bucket') {
    const properties = asking.template(resource.where)?.Properties;
    for (const [path, wanted] of Object.entries(BUCKET)) {
      const got = path.split('.').reduce(within, properties);
      if (got !== wanted) finding(`${path}: got ${JSON.stringify(got)}, allowed ${JSON.stringify(wanted)}`);
    }
    for (const name of NEVER)
      if (properties?.[name] !== undefined) finding(`${name}: got one, allowed none: it takes data out of the bucket`);
  }
  if (!ENCRYPTED.includes(resource.kind)) return;
  const key = asking.engine.world.resources.get(resource.encryptedWith ?? '');
  if (key?.kind !== 'kms:key' || !key.aliases.includes(keyAlias))
    finding(
      `encryption: got ${key === undefined ? `the key ${String(resource.encryptedWith)}` : key.where}, allowed the key ${keyAlias}`,
    );
}

const within = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
