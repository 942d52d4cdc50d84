import { auditArn } from '../../schema/audit-arns';
import { evidenceNames } from '../../schema/audit-names';
import { arn } from '../../schema/arns';
import type { Environment } from '../../schema/model';
import { doorNames } from '../../schema/door-names';
import { roleNames } from '../../schema/names';
import { hasDoors } from '../../schema/people-services';
import { CLUSTERS, type ClusterName } from '../../schema/vocabulary';
import type { Holder } from './declared-way';

/** What a role may that no room asks about, and why that is no way to data. */
export interface Further {
  readonly holder: Holder | 'anybody';
  /** In the words of the policy: a pattern of actions is here where a policy of AWS's is taken for more than it is. */
  readonly actions: readonly string[];
  /** What the ARNs of its resources begin with. @default - whatever they are */
  readonly on?: string;
  readonly reason: string;
}

/** What shows names and addresses, whoever may. Of a tenant's own resources it is asked besides. */
const ANYBODY: readonly Further[] = [
  {
    holder: 'anybody',
    actions: ['eks:DescribeCluster'],
    reason: 'address and certificate of a cluster, which lets in nobody by them',
  },
  {
    holder: 'anybody',
    actions: ['ecr:GetAuthorizationToken'],
    reason: 'a token has the rights of who asks for it and no others',
  },
  { holder: 'anybody', actions: ['logs:DescribeLogStreams'], reason: 'names of streams' },
];

/** Policies of AWS's, which assurance/iam/aws-managed.ts takes for all of a service; powers.ts says what of them is none. */
const AWS: Readonly<Record<string, readonly [actions: readonly string[], reason: string]>> = {
  AmazonEKSClusterPolicy: [
    ['autoscaling:*', 'ec2:*', 'elasticloadbalancing:*', 'iam:CreateServiceLinkedRole'],
    'nobody but EKS becomes the role of a control plane',
  ],
  AmazonEKS_CNI_Policy: [['ec2:*'], 'network interfaces'],
  AmazonEBSCSIDriverPolicyV2: [['ec2:*'], 'volumes and snapshots that it tagged'],
  AWSLambdaVPCAccessExecutionRole: [['ec2:*'], 'network interfaces'],
  AmazonEKSWorkerNodeMinimalPolicy: [
    ['eks-auth:AssumeRoleForPodIdentity'],
    'credentials of the pods that run on the machine itself, by their tokens',
  ],
};

/** Everything of the list, for the roles of an environment. */
export const declaredFurther = (env: Environment): Further[] => [
  ...ANYBODY,
  ...CLUSTERS.flatMap((cluster) => [
    ...Object.entries(AWS).map(([awsPolicy, [actions, reason]]) => ({
      holder: { account: env.accounts[cluster], awsPolicy },
      actions,
      reason,
    })),
    ...ofCluster(env, cluster),
    ...ofLogs(env, cluster),
    ...(hasDoors(env, cluster) ? ofDoors(env, cluster) : []),
  ]),

  ofAuditors(env),
];

function ofCluster(env: Environment, cluster: ClusterName): Further[] {
  const role = (name: string): Holder => ({ roleArn: arn.role(env.accounts[cluster], name) });
  const karpenter = role(roleNames.karpenter(env, cluster));
  return [
    ...[roleNames.node(env, cluster), roleNames.systemNode(env, cluster)].map((name) => ({
      holder: role(name),
      actions: ['ec2:DescribeInstances'],
      reason: 'a machine finds its own name',
    })),
    {
      holder: {
        cluster: arn.cluster(env, cluster),
        namespace: 'amazon-cloudwatch',
        serviceAccount: 'cloudwatch-agent',
      },
      actions: ['cloudwatch:PutMetricData', 'ec2:DescribeTags', 'ec2:DescribeVolumes'],
      reason: 'numbers of machines and pods',
    },
    {
      holder: karpenter,
      actions: [
        ...['CreateFleet', 'CreateLaunchTemplate', 'CreateTags', 'DeleteLaunchTemplate', 'RunInstances'],
        'TerminateInstances',
        ...['CapacityReservations', 'Images', 'InstanceStatus', 'InstanceTypeOfferings', 'InstanceTypes', 'Instances']
          .concat('LaunchTemplates', 'PlacementGroups', 'SecurityGroups', 'SpotPriceHistory', 'Subnets')
          .map((what) => `Describe${what}`),
      ].map((action) => `ec2:${action}`),
      reason: 'machines that it starts and ends; the one role that it hands them is asked about',
    },
    { holder: karpenter, actions: ['sqs:GetQueueUrl'], reason: 'the address of the queue that tells of interruptions' },
    {
      holder: karpenter,
      actions: ['ssm:GetParameter'],
      on: `arn:aws:ssm:${env.region}::parameter/aws/service/`,
      reason: "AWS's public parameters: the newest images of machines",
    },
  ];
}

/** What carries the control plane's logs to the audit account. */
function ofLogs(env: Environment, cluster: ClusterName): Further[] {
  const account = env.accounts[cluster];
  return [
    {
      holder: { roleArn: arn.role(account, evidenceNames.subscriptionRole(env, cluster)) },
      actions: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
      on: arn.deliveryStream(env, cluster, ''),
      reason: 'logs go into the stream of the evidence',
    },
    {
      holder: { roleArn: arn.role(account, evidenceNames.deliveryRole(env, cluster)) },
      actions: ['s3:ListBucketMultipartUploads', 's3:PutObjectAcl'],
      reason: "the archive's own; on a tenant's bucket it is asked about",
    },
  ];
}

/** What has machines of the cluster answer for a load balancer. Which port of theirs, and whose pods are behind it, Kubernetes' proof reads. */
function ofDoors(env: Environment, cluster: ClusterName): Further[] {
  const holder = { roleArn: arn.role(env.accounts[cluster], doorNames.targets(env, cluster)) };
  return [
    {
      holder,
      actions: ['eks:DescribeNodegroup'],
      on: fixedPart(arn.nodeGroups(env, cluster)),
      reason: 'names of the Auto Scaling groups of a node group',
    },
    {
      holder,
      actions: ['autoscaling:AttachTrafficSources', 'autoscaling:DetachTrafficSources'],
      on: fixedPart(arn.nodeScalingGroups(env, cluster)),
      reason: 'machines of the cluster as targets of the target groups that its policy names',
    },
  ];
}

const fixedPart = (pattern: string): string => pattern.slice(0, pattern.indexOf('*'));

function ofAuditors({ accounts, region }: Environment): Further {
  const home = { account: accounts.audit, region, management: accounts.management };
  return {
    holder: { roleArn: auditArn.reader(home) },
    actions: [
      ...['BatchGetNamedQuery', 'BatchGetQueryExecution', 'GetNamedQuery', 'GetQueryResultsStream', 'ListNamedQueries']
        .concat('ListQueryExecutions', 'ListWorkGroups')
        .map((action) => `athena:${action}`),
      'cloudtrail:DescribeTrails',
      'cloudtrail:GetEventSelectors',
      'cloudtrail:GetTrailStatus',
      'glue:GetDatabases',
      'glue:GetPartition',
      's3:ListBucketMultipartUploads',
    ],
    reason:
      "the audit account's own queries and whether its trail runs; its buckets are asked about by their own policies",
  };
}
