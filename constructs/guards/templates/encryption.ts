import type { Scan } from './scan';
import { asList, at, fault, hasReason, isRecord, type Json, type TemplateContext } from './template';

interface EncryptionRule {
  readonly path: string;
  readonly allowed: string;
  readonly holds: (properties: Json) => boolean;
}

const isSet =
  (path: string) =>
  (properties: Json): boolean => {
    const value = at(properties, path);
    return value !== undefined && value !== '' && value !== false && value !== 'false';
  };

const isTrue = (value: unknown): boolean => value === true || value === 'true';

/** A key of our own: AWS's default key of a service cannot be locked to one tenant, nor disabled. */
const keyed = (path: string): EncryptionRule => ({ path, allowed: 'a KMS key', holds: isSet(path) });
const flagged = (path: string): EncryptionRule => ({ path, allowed: 'true', holds: (p) => isTrue(at(p, path)) });

/** Every device of a launch template: one that is not named is encrypted by the account's default at most. */
function areDevicesEncrypted(properties: Json): boolean {
  return asList(at(properties, 'LaunchTemplateData.BlockDeviceMappings')).every(
    (device) => at(device, 'Ebs') === undefined || isTrue(at(device, 'Ebs.Encrypted')),
  );
}

function isBucketKeyed(properties: Json): boolean {
  const rules = asList(at(properties, 'BucketEncryption.ServerSideEncryptionConfiguration'));
  return rules.some((rule) => {
    const byDefault = at(rule, 'ServerSideEncryptionByDefault');
    const algorithm = at(byDefault, 'SSEAlgorithm');
    return (
      isRecord(byDefault) &&
      (algorithm === 'aws:kms' || algorithm === 'aws:kms:dsse') &&
      isSet('KMSMasterKeyID')(byDefault)
    );
  });
}

const RULES: Readonly<Record<string, EncryptionRule>> = {
  'AWS::S3::Bucket': { path: 'BucketEncryption', allowed: 'aws:kms with a KMS key', holds: isBucketKeyed },
  'AWS::SQS::Queue': {
    path: 'KmsMasterKeyId',
    allowed: 'a KMS key or SqsManagedSseEnabled',
    holds: (p) => isSet('KmsMasterKeyId')(p) || isTrue(p['SqsManagedSseEnabled']),
  },
  'AWS::SNS::Topic': keyed('KmsMasterKeyId'),
  'AWS::Logs::LogGroup': keyed('KmsKeyId'),
  'AWS::ECR::Repository': {
    path: 'EncryptionConfiguration',
    allowed: 'KMS',
    holds: (p) => ['KMS', 'KMS_DSSE'].includes(String(at(p, 'EncryptionConfiguration.EncryptionType'))),
  },
  'AWS::EC2::Volume': flagged('Encrypted'),
  'AWS::EC2::LaunchTemplate': {
    path: 'LaunchTemplateData.BlockDeviceMappings',
    allowed: 'Ebs.Encrypted on each',
    holds: areDevicesEncrypted,
  },
  'AWS::RDS::DBCluster': flagged('StorageEncrypted'),
  'AWS::RDS::DBInstance': {
    path: 'StorageEncrypted',
    allowed: 'true',
    holds: (p) => p['DBClusterIdentifier'] !== undefined || isTrue(p['StorageEncrypted']),
  },
  'AWS::EFS::FileSystem': flagged('Encrypted'),
  'AWS::DynamoDB::Table': flagged('SSESpecification.SSEEnabled'),
  'AWS::EKS::Cluster': keyed('EncryptionConfig'),
  'AWS::KinesisFirehose::DeliveryStream': keyed('DeliveryStreamEncryptionConfigurationInput.KeyARN'),
};

/** What holds data lies under a KMS key; an exception needs a written reason. */
export function encryptionFaults(scan: Scan, context: TemplateContext): string[] {
  const faults: string[] = [];
  for (const [id, resource] of scan.resources) {
    const rule = RULES[resource.Type];
    const properties = resource.Properties ?? {};
    if (rule === undefined || rule.holds(properties) || hasReason(resource, 'atoll:reason')) continue;
    const value = at(properties, rule.path);
    const got = value === undefined ? 'nothing' : JSON.stringify(value);
    const remedy = 'encrypt it, or give a reason in Metadata atoll:reason';
    faults.push(fault(context.stackName, `${id}: Properties.${rule.path}`, got, rule.allowed, remedy));
  }
  return faults;
}
