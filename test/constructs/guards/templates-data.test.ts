import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../../constructs/guards/templates/template';
import { faultsOf, KEY, REASON, RETAINED } from './templates-support';

const byDefault = (rule: object): Json => ({
  BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: rule }] },
});
const KEYED_BUCKET = byDefault({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY });
const KEYED: Record<string, Json> = {
  'AWS::S3::Bucket': KEYED_BUCKET,
  'AWS::KMS::Key': {},
  'AWS::Logs::LogGroup': { KmsKeyId: KEY },
  'AWS::EC2::Volume': { Encrypted: true },
  'AWS::ECR::Repository': { EncryptionConfiguration: { EncryptionType: 'KMS' } },
  'AWS::RDS::DBCluster': { StorageEncrypted: true },
  'AWS::RDS::DBInstance': { StorageEncrypted: true },
  'AWS::EFS::FileSystem': { Encrypted: true },
  'AWS::DynamoDB::Table': { SSESpecification: { SSEEnabled: true } },
};

describe('what holds data', () => {
  const remedy = 'retain it, or retire it with a reason in Metadata atoll:retired';

  test.each(Object.entries(KEYED))('as %s outlives its stack and its replacement', (Type, Properties) => {
    expect(faultsOf({ R: { Type, Properties, ...RETAINED } })).toEqual([]);
    expect(faultsOf({ R: { Type, Properties, ...RETAINED, DeletionPolicy: 'Retain' } })).toEqual([]);
    expect(faultsOf({ R: { Type, Properties, DeletionPolicy: 'Snapshot' } })).toEqual([
      `dev-acme/R: DeletionPolicy: got Snapshot, allowed Retain or RetainExceptOnCreate; ${remedy}`,
      `dev-acme/R: UpdateReplacePolicy: got nothing, allowed Retain; ${remedy}`,
    ]);
  });

  test('goes when it is retired with a reason', () => {
    const key = { Type: 'AWS::KMS::Key', Properties: {} };
    const retired = { 'atoll:retired': 'its tenant was erased, receipt 2026-11' };
    expect(faultsOf({ R: { ...key, Metadata: retired } })).toEqual([]);
    expect(faultsOf({ R: { ...key, Metadata: { 'atoll:retired': 'yes' } } })).toHaveLength(2);
    expect(faultsOf({ R: { ...key, Metadata: REASON } })).toHaveLength(2);
  });

  test("keeps a bucket's policy with its bucket", () => {
    const bucket = { Type: 'AWS::S3::Bucket', Properties: { ...KEYED_BUCKET, BucketName: 'here' }, ...RETAINED };
    const policy = (Bucket: unknown) => ({ Type: 'AWS::S3::BucketPolicy', Properties: { Bucket } });
    const faults = (name: unknown): string[] => faultsOf({ B: bucket, P: policy(name) });
    expect(faults('elsewhere')).toEqual([]);
    for (const own of [{ Ref: 'B' }, 'here']) {
      expect(faults(own)).toEqual([
        `dev-acme/P: DeletionPolicy: got nothing, allowed Retain or RetainExceptOnCreate; ${remedy}`,
        `dev-acme/P: UpdateReplacePolicy: got nothing, allowed Retain; ${remedy}`,
      ]);
    }
  });

  test('is not an instance of an Aurora cluster, nor a queue', () => {
    const instance = { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: 'c' } };
    expect(faultsOf({ I: instance, Q: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: KEY } } })).toEqual([]);
  });
});

describe('encryption', () => {
  const remedy = 'encrypt it, or give a reason in Metadata atoll:reason';
  const devices = (Ebs: object): Json => ({
    LaunchTemplateData: { BlockDeviceMappings: [{ Ebs: { Encrypted: true } }, { Ebs }] },
  });
  test.each<[string, Json, Json, string]>([
    ['AWS::S3::Bucket', KEYED_BUCKET, {}, 'BucketEncryption: got nothing, allowed aws:kms with a KMS key'],
    [
      'AWS::S3::Bucket',
      KEYED_BUCKET,
      { BucketEncryption: {} },
      'BucketEncryption: got {}, allowed aws:kms with a KMS key',
    ],
    [
      'AWS::SQS::Queue',
      { KmsMasterKeyId: KEY },
      {},
      'KmsMasterKeyId: got nothing, allowed a KMS key or SqsManagedSseEnabled',
    ],
    [
      'AWS::SQS::Queue',
      { SqsManagedSseEnabled: true },
      { KmsMasterKeyId: '' },
      'KmsMasterKeyId: got "", allowed a KMS key or SqsManagedSseEnabled',
    ],
    ['AWS::SNS::Topic', { KmsMasterKeyId: { Ref: 'R' } }, {}, 'KmsMasterKeyId: got nothing, allowed a KMS key'],
    ['AWS::Logs::LogGroup', { KmsKeyId: KEY }, {}, 'KmsKeyId: got nothing, allowed a KMS key'],
    [
      'AWS::ECR::Repository',
      { EncryptionConfiguration: { EncryptionType: 'KMS' } },
      { EncryptionConfiguration: { EncryptionType: 'AES256' } },
      'EncryptionConfiguration: got {"EncryptionType":"AES256"}, allowed KMS',
    ],
    ['AWS::EC2::Volume', { Encrypted: true }, { Encrypted: false }, 'Encrypted: got false, allowed true'],
    [
      'AWS::EC2::LaunchTemplate',
      devices({ Encrypted: true }),
      devices({}),
      'LaunchTemplateData.BlockDeviceMappings: got [{"Ebs":{"Encrypted":true}},{"Ebs":{}}], allowed Ebs.Encrypted on each',
    ],
    ['AWS::RDS::DBCluster', { StorageEncrypted: true }, {}, 'StorageEncrypted: got nothing, allowed true'],
    ['AWS::EFS::FileSystem', { Encrypted: true }, {}, 'Encrypted: got nothing, allowed true'],
    ['AWS::EKS::Cluster', { EncryptionConfig: [{}] }, {}, 'EncryptionConfig: got nothing, allowed a KMS key'],
    [
      'AWS::KinesisFirehose::DeliveryStream',
      { DeliveryStreamEncryptionConfigurationInput: { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: 'key' } },
      { DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' } },
      'DeliveryStreamEncryptionConfigurationInput.KeyARN: got nothing, allowed a KMS key',
    ],
  ])('of %s is there, or is excused by a reason', (Type, good, bad, message) => {
    const reference = { R: { Type, Properties: good, ...RETAINED } };
    expect(faultsOf(reference).filter((fault) => !fault.includes('cycle'))).toEqual([]);
    expect(faultsOf({ R: { Type, Properties: bad, ...RETAINED } })).toEqual([
      `dev-acme/R: Properties.${message}; ${remedy}`,
    ]);
    expect(faultsOf({ R: { Type, Properties: bad, ...RETAINED, Metadata: REASON } })).toEqual([]);
  });

  test("of a bucket by S3's own key is not enough", () => {
    const Properties = byDefault({ SSEAlgorithm: 'AES256' });
    expect(faultsOf({ R: { Type: 'AWS::S3::Bucket', Properties, ...RETAINED } })).toHaveLength(1);
    const noKey = byDefault({ SSEAlgorithm: 'aws:kms' });
    expect(faultsOf({ R: { Type: 'AWS::S3::Bucket', Properties: noKey, ...RETAINED } })).toHaveLength(1);
  });
});

describe('a group of GPU nodes', () => {
  const group = (Properties: object) => ({ Type: 'AWS::EKS::Nodegroup', Properties: { ...Properties } });
  const remedy = 'let Karpenter bring it up from zero';

  test('has no floor', () => {
    const scaling = (MinSize: number, DesiredSize: number): object => ({ ScalingConfig: { MinSize, DesiredSize } });
    expect(faultsOf({ G: group({ InstanceTypes: ['m7g.large'], ...scaling(2, 2) }) })).toEqual([]);
    expect(faultsOf({ G: group({ InstanceTypes: ['g6.xlarge'], ...scaling(0, 0) }) })).toEqual([]);
    expect(faultsOf({ G: group({ InstanceTypes: ['m7g.large', 'g6e.xlarge'], ...scaling(1, 2) }) })).toEqual([
      `dev-acme/G: Properties.ScalingConfig.MinSize: got 1 of g6e.xlarge, allowed no floor; ${remedy}`,
      `dev-acme/G: Properties.ScalingConfig.DesiredSize: got 2 of g6e.xlarge, allowed no floor; ${remedy}`,
    ]);
  });

  test('is known by its launch template and by its AMI too', () => {
    const template = {
      Type: 'AWS::EC2::LaunchTemplate',
      Properties: { LaunchTemplateData: { InstanceType: 'p5.48xlarge' } },
    };
    const asg = {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'T' } }, MinSize: '1' },
    };
    const ami = group({ AmiType: 'BOTTLEROCKET_x86_64_NVIDIA', ScalingConfig: { MinSize: 1 } });
    expect(faultsOf({ T: template, A: asg, G: ami })).toEqual([
      `dev-acme/A: Properties.MinSize: got "1" of p5.48xlarge, allowed no floor; ${remedy}`,
      `dev-acme/G: Properties.ScalingConfig.MinSize: got 1 of BOTTLEROCKET_x86_64_NVIDIA, allowed no floor; ${remedy}`,
    ]);
  });

  test('is not replaced by a single instance', () => {
    expect(faultsOf({ I: { Type: 'AWS::EC2::Instance', Properties: { InstanceType: 'g5.xlarge' } } })).toEqual([
      `dev-acme/I: Properties.InstanceType: got an instance of g5.xlarge, allowed no floor; ${remedy}`,
    ]);
  });
});

test('a Pod Identity association has a policy only without session tags', () => {
  const association = (more: object) => ({
    Type: 'AWS::EKS::PodIdentityAssociation',
    Properties: { Policy: '{}', ...more },
  });
  expect(faultsOf({ A: association({ DisableSessionTags: true }) })).toEqual([]);
  expect(faultsOf({ A: association({}) })).toEqual([
    'dev-acme/A: Properties.Policy: got a policy, allowed DisableSessionTags true beside it; ' +
      'leave the policy out where trust or policies read session tags',
  ]);
});
