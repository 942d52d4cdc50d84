import { NotUnderstood } from './not-understood';
import { type Policy, policyOf } from './policy';

/**
 * What policies that AWS manages allow, by the end of their ARN: only those that a role of ours has. Each is written as more than it
 * is, on every resource, without conditions, and with all of a service whose resources no query asks about: what is closed under
 * this is closed under the policy. Looked up on 2026-11-25 in https://docs.aws.amazon.com/aws-managed-policy/latest/reference/<name>.html,
 * or at https://github.com/zoph-io/MAMIP (policies/<name>, 2026-03-07); the version stands beside each.
 */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  // v10
  AmazonEKSClusterPolicy: [
    'autoscaling:*',
    'ec2:*',
    'elasticloadbalancing:*',
    'kms:DescribeKey',
    'iam:CreateServiceLinkedRole',
  ],
  // v6
  AmazonEKS_CNI_Policy: ['ec2:*'],
  // v1
  AmazonEBSCSIDriverPolicyV2: ['ec2:*'],
  // v1
  AmazonEKSWorkerNodeMinimalPolicy: ['eks-auth:AssumeRoleForPodIdentity'],
  // v1
  AmazonEC2ContainerRegistryPullOnly: [
    'ecr:GetAuthorizationToken',
    'ecr:BatchGetImage',
    'ecr:GetDownloadUrlForLayer',
    'ecr:BatchImportUpstreamImage',
  ],
  // v1
  'service-role/AWSLambdaBasicExecutionRole': ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
  // v3
  'service-role/AWSLambdaVPCAccessExecutionRole': [
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'ec2:*',
  ],
};

const PREFIX = 'arn:aws:iam::aws:policy/';
const known = new Map<string, Policy>();

export const isAwsManaged = (arn: string): boolean => arn.startsWith(PREFIX);

/** @throws NotUnderstood naming a policy that is not of the list */
export function awsManaged(where: string, arn: string): Policy {
  const found = known.get(arn);
  if (found !== undefined) return found;
  const actions = ACTIONS[arn.slice(PREFIX.length)];
  if (actions === undefined)
    throw new NotUnderstood([
      `${where}: got the managed policy ${arn}, allowed ${Object.keys(ACTIONS).join(', ')}; look it up and add it`,
    ]);
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] };
  const policy = policyOf(arn, document, 'identity');
  known.set(arn, policy);
  return policy;
}
