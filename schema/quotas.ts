/**
 * A limit that somebody else sets, with where and when it was read. Each was read in a copy of its source, which may be older than
 * the page; what an account really has is shown by its Service Quotas console.
 */
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

export const QUOTAS = {
  tenantsPerEnvironment: q('tenants per environment (IAM roles per account, default)', 1000, 'tenants', false, IAM),
  stacksPerRegion: q('CloudFormation stacks per account and region', 2000, 'stacks', true, CFN),
  resourcesPerTemplate: q('resources per template', 500, 'resources', false, CFN),
  // The guide says 1 MB; the smaller reading.
  templateBytes: q('template size', 1_000_000, 'bytes', false, CFN),
  outputsPerTemplate: q('outputs per template', 200, 'outputs', false, CFN),
  roleName: q('IAM role name', 64, 'characters', false, IAM),
  inlinePolicyCharacters: q('inline policies of a role together', 10_240, 'characters', false, IAM),
  managedPolicyCharacters: q(
    'managed policy',
    6_144,
    'characters',
    false,
    'https://repost.aws/knowledge-center/iam-increase-policy-size',
  ),
  managedPoliciesPerRole: q('managed policies of a role', 10, 'policies', true, IAM),
  trustPolicyCharacters: q('trust policy', 2_048, 'characters', true, IAM),
  rolesPerAccount: q('IAM roles per account', 1000, 'roles', true, IAM),
  bucketName: q(
    'S3 bucket name',
    63,
    'characters',
    false,
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html',
  ),
  // The guide says 20 KB.
  bucketPolicyBytes: q(
    'bucket policy',
    20_480,
    'bytes',
    false,
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html',
  ),
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
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-lambda-function.html (as aws-cdk-lib repeats it)',
  ),
  podIdentityAssociations: q(
    'Pod Identity associations per cluster',
    5000,
    'associations',
    false,
    'https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html (service-quotas.html: cannot be raised)',
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
