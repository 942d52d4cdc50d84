/** A limit that somebody else sets, with where and when it was read. */
export interface Quota {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Whether AWS raises it on request; a hard one shapes the design. */
  readonly raisable: boolean;
  readonly source: string;
  readonly checked: string;
}

const q = (name: string, value: number, unit: string, raisable: boolean, source: string): Quota => ({
  name,
  value,
  unit,
  raisable,
  source,
  checked: '2026-11-24',
});

const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html';
const CFN = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html';
const S3 = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/BucketRestrictions.html';

export const QUOTAS = {
  tenantsPerEnvironment: q('tenants per environment (IAM roles per account, default)', 1000, 'tenants', false, IAM),
  stacksPerRegion: q('CloudFormation stacks per account and region', 2000, 'stacks', true, CFN),
  resourcesPerTemplate: q('resources per template', 500, 'resources', false, CFN),
  templateBytes: q('template size', 1_000_000, 'bytes', false, CFN),
  outputsPerTemplate: q('outputs per template', 200, 'outputs', false, CFN),
  roleName: q('IAM role name', 64, 'characters', false, IAM),
  inlinePolicyCharacters: q('inline policies of a role together', 10_240, 'characters', false, IAM),
  managedPolicyCharacters: q('managed policy', 6_144, 'characters', false, IAM),
  trustPolicyCharacters: q('trust policy', 2_048, 'characters', true, IAM),
  rolesPerAccount: q('IAM roles per account', 1000, 'roles', true, IAM),
  bucketName: q('S3 bucket name', 63, 'characters', false, S3),
  bucketPolicyBytes: q('bucket policy', 20_480, 'bytes', false, S3),
  keyPolicyBytes: q(
    'key policy',
    32_768,
    'bytes',
    false,
    'https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html',
  ),
  queuePolicyBytes: q(
    'queue policy',
    8_192,
    'bytes',
    false,
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html',
  ),
  queueName: q(
    'SQS queue name',
    80,
    'characters',
    false,
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html',
  ),
  functionName: q(
    'Lambda function name',
    64,
    'characters',
    false,
    'https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html',
  ),
  podIdentityAssociations: q(
    'Pod Identity associations per cluster',
    5000,
    'associations',
    false,
    'https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html',
  ),
  vpcEndpointPolicyCharacters: q(
    'VPC endpoint policy',
    20_480,
    'characters',
    false,
    'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html',
  ),
  kubernetesName: q(
    'Kubernetes DNS label',
    63,
    'characters',
    false,
    'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  ),
} as const;
