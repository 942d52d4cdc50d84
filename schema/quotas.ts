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
  /** To what it is raised at most. @default - not known, or not raisable */
  readonly raisableTo?: number;
  readonly source: string;
  readonly checked: string;
}

const q = (
  name: string,
  value: number,
  unit: string,
  raisable: boolean,
  source: string,
  more: Partial<Pick<Quota, 'checked' | 'raisableTo'>> = {},
): Quota => ({ name, value, unit, raisable, source, checked: '2026-11-24', ...more });

const LATER = { checked: '2026-11-25' } as const;

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
  // The same page, older and newer: 4,096 or 8,192 at most.
  trustPolicyCharacters: q('trust policy', 2_048, 'characters', true, IAM, { raisableTo: 4_096 }),
  // An older copy of the page approves 5,000 by itself; a quotation of 2026 says 10,000 at most. The smaller reading.
  rolesPerAccount: q('IAM roles per account', 1000, 'roles', true, IAM, { raisableTo: 5000 }),
  managedPoliciesPerAccount: q('customer managed policies per account', 1500, 'policies', true, IAM, {
    ...LATER,
    raisableTo: 5000,
  }),
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
  bucketsPerAccount: q(
    'S3 buckets per account',
    10_000,
    'buckets',
    true,
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/BucketRestrictions.html',
    { ...LATER, raisableTo: 1_000_000 },
  ),
  keysPerRegion: q(
    'KMS keys per account and region',
    100_000,
    'keys',
    true,
    'https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html',
    LATER,
  ),
  topicsPerAccount: q(
    'SNS standard topics per account and region',
    100_000,
    'topics',
    true,
    'https://docs.aws.amazon.com/general/latest/gr/sns.html',
    LATER,
  ),
  filterPoliciesPerTopic: q(
    'SNS filter policies per topic',
    200,
    'policies',
    true,
    'https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html',
    LATER,
  ),
  filterPoliciesPerAccount: q(
    'SNS filter policies per account',
    10_000,
    'policies',
    true,
    'https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html',
    LATER,
  ),
  alarmsPerRegion: q(
    'CloudWatch alarms per account and region',
    5000,
    'alarms',
    true,
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html',
    LATER,
  ),
  logGroupsPerRegion: q(
    'log groups per account and region',
    1_000_000,
    'groups',
    true,
    'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html',
    LATER,
  ),
  budgetsPerAccount: q(
    'budgets per account',
    20_000,
    'budgets',
    false,
    'https://docs.aws.amazon.com/cost-management/latest/userguide/management-limits.html',
    LATER,
  ),
  workGroupsPerRegion: q(
    'Athena workgroups per account and region',
    1000,
    'workgroups',
    true,
    'https://docs.aws.amazon.com/athena/latest/ug/service-limits.html',
    LATER,
  ),
  catalogueDatabases: q(
    'Glue databases per account and region',
    10_000,
    'databases',
    true,
    'https://docs.aws.amazon.com/general/latest/gr/glue.html',
    LATER,
  ),
  accessEntriesPerCluster: q(
    'EKS access entries per cluster',
    3000,
    'entries',
    false,
    'https://docs.aws.amazon.com/general/latest/gr/eks.html',
    LATER,
  ),
  // Nothing refuses the next one: beyond it nobody has tried.
  namespacesPerCluster: q(
    'Kubernetes namespaces per cluster (a threshold, not a limit)',
    10_000,
    'namespaces',
    false,
    'https://github.com/kubernetes/community/blob/master/sig-scalability/configs-and-limits/thresholds.md',
    LATER,
  ),
  kubernetesName: q(
    'Kubernetes DNS label',
    63,
    'characters',
    false,
    'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  ),
} as const;
