import { aws_iam as iam } from 'aws-cdk-lib';
import type { Environment } from '../../../schema/model';
import type { ClusterName } from '../../../schema/vocabulary';
import { addOnRegistryAccount } from '../../../schema/add-on-registry';
import { isRelational } from '../../../schema/open-sources';

/** One AWS API that the VPC reaches by an interface endpoint. */
export interface EndpointService {
  /** Name after `com.amazonaws.<region>.`. */
  readonly service: string;
  /** Who calls it. */
  readonly callers: string;
  /** Actions that may pass; undefined where the service's endpoint takes no policy of ours. */
  readonly actions: readonly string[] | undefined;
  /** Whether calls may come from the system subnets only (the caller's address, not the endpoint's): nothing on a tenant's or researcher's node needs it. */
  readonly systemOnly?: true;
  /** Clusters whose VPC has it. @default - both */
  readonly clusters?: readonly ClusterName[];
  /** Whether an environment has it at all. @default - always */
  readonly needed?: (env: Environment) => boolean;
  /** Why the policy is wider than the others, or absent. */
  readonly reason?: string;
}

const ECR_READ = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:DescribeImages',
  'ecr:DescribeRepositories',
  'ecr:GetAuthorizationToken',
  'ecr:GetDownloadUrlForLayer',
  'ecr:ListImages',
] as const;

/**
 * The APIs without which a cluster in a VPC with no way out does not start or does not scale. Each costs about 7.30 $ a month
 * and zone (0.01 $/h) before traffic, so nothing is listed that nobody calls: no `kms` (S3, EBS and SQS use keys on their own
 * side), no `elasticloadbalancing` (load balancers are stacks' resources, not a controller's: docs/decisions/0032-the-doors.md), no `xray` (Application Signals is
 * off), no `states` (the Kubernetes provider has no waiter), no `ssmmessages` (no Session Manager on nodes).
 * Ruled by docs/decisions/0005-no-nat-no-public-subnets.md.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html (2026-11-24)
 * @see https://aws.amazon.com/privatelink/pricing/ (us-east-1, from memory)
 */
const ENDPOINT_SERVICES: readonly EndpointService[] = [
  { service: 'ecr.api', callers: 'kubelet, Flux', actions: ECR_READ },
  { service: 'ecr.dkr', callers: 'kubelet, Flux', actions: ECR_READ },
  {
    service: 'ec2',
    callers: 'Karpenter, VPC CNI, EBS CSI driver, node bootstrap',
    actions: ['ec2:*'],
    reason:
      "a list would repeat four controllers' policies and break the one that changes first; accounts are the wall here, roles say what",
  },
  {
    service: 'eks',
    callers: 'node bootstrap, Karpenter, the Kubernetes handler',
    actions: ['eks:DescribeCluster'],
  },
  {
    service: 'eks-auth',
    callers: 'Pod Identity agent',
    actions: undefined,
    reason:
      "no policy: support is undocumented and a refusal fails the stack; its one action needs the node's role and the cluster's token",
  },
  {
    service: 'sts',
    callers: 'SDKs, the Kubernetes handler',
    actions: ['sts:AssumeRole', 'sts:GetCallerIdentity', 'sts:SetSourceIdentity', 'sts:TagSession'],
  },
  {
    service: 'logs',
    callers: "CloudWatch agent, tenants' log shippers",
    actions: [
      'logs:CreateLogGroup',
      'logs:CreateLogStream',
      'logs:DescribeLogGroups',
      'logs:DescribeLogStreams',
      'logs:PutLogEvents',
      'logs:PutRetentionPolicy',
    ],
  },
  {
    service: 'sqs',
    callers: 'pipeline workers, KEDA, Karpenter (interruptions)',
    actions: [
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:ReceiveMessage',
      'sqs:SendMessage',
    ],
  },
  { service: 'monitoring', callers: 'CloudWatch agent', actions: ['cloudwatch:PutMetricData'] },
  {
    service: 'ssm',
    callers: 'Karpenter (AMI ids)',
    actions: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
    systemOnly: true,
  },
  {
    service: 'lambda',
    callers: "CDK's provider framework, which calls the Kubernetes handler from inside the VPC",
    actions: ['lambda:GetFunction', 'lambda:InvokeFunction'],
    systemOnly: true,
  },
  {
    service: 'athena',
    callers: "pods and people of grants, whose queries' results come back this way",
    actions: [
      'athena:GetQueryExecution',
      'athena:GetQueryResults',
      'athena:GetWorkGroup',
      'athena:StartQueryExecution',
      'athena:StopQueryExecution',
    ],
    clusters: ['research'],
  },
  {
    service: 'secretsmanager',
    callers: 'pods and people of grants that name a relational source',
    actions: ['secretsmanager:GetSecretValue'],
    clusters: ['research'],
    needed: (env) => env.sources.some(isRelational),
  },
];

/** The services that the VPC of a cluster reaches. Each has an endpoint by its own name, so that one more replaces none. */
export const endpointServices = (env: Environment, cluster: ClusterName): readonly EndpointService[] =>
  ENDPOINT_SERVICES.filter(({ clusters, needed }) => (clusters?.includes(cluster) ?? true) && (needed?.(env) ?? true));

const secretsOf = (env: Environment): string[] => [
  ...new Set(env.sources.filter(isRelational).map(({ secretArn }) => secretArn)),
];

/**
 * The policy of one interface endpoint: principals of this account on resources of this account, plus what AWS owns and a
 * cluster needs (add-on images, Bottlerocket's machine images and their parameters); of secrets, those of relational sources. Undefined where none can be set.
 */
export function endpointStatements(
  env: Environment,
  cluster: ClusterName,
  service: EndpointService,
  systemCidrs: readonly string[],
): iam.PolicyStatement[] | undefined {
  if (service.actions === undefined) return undefined;
  const account = env.accounts[cluster];
  const principals = [new iam.AnyPrincipal()];
  const from = service.systemOnly === true ? { IpAddress: { 'aws:VpcSourceIp': [...systemCidrs] } } : {};
  const own = new iam.PolicyStatement({
    sid: 'OwnPrincipalsToOwnResources',
    principals,
    actions: [...service.actions],
    // An endpoint policy bounds by account; which resource is the business of the role's policy and of the resource's own.
    resources: ['*'],
    conditions: { StringEquals: { 'aws:PrincipalAccount': account, 'aws:ResourceAccount': account }, ...from },
  });
  const ofAws = (sid: string, actions: readonly string[], resources: string[], equals: Record<string, string> = {}) =>
    new iam.PolicyStatement({
      sid,
      principals,
      actions: [...actions],
      resources,
      conditions: { StringEquals: { 'aws:PrincipalAccount': account, ...equals }, ...from },
    });

  switch (service.service) {
    case 'ecr.api':
    case 'ecr.dkr':
      return [own, ofAws('AddOnImages', ECR_READ, ['*'], { 'aws:ResourceAccount': addOnRegistryAccount(env.region) })];
    case 'ec2': {
      const launch = ['ec2:CreateFleet', 'ec2:RunInstances'];
      // The snapshots of a public image carry no owner alias that a condition could name; they are readable, not writable.
      return [
        own,
        ofAws('AmazonImages', launch, [`arn:aws:ec2:${env.region}::image/*`], { 'ec2:Owner': 'amazon' }),
        ofAws('SnapshotsOfAmazonImages', launch, [`arn:aws:ec2:${env.region}::snapshot/*`]),
      ];
    }
    case 'ssm':
      return [own, ofAws('ImageIds', service.actions, [`arn:aws:ssm:${env.region}::parameter/aws/service/*`])];
    case 'secretsmanager':
      // They lie in other accounts on purpose, so that they are named one by one.
      return [ofAws('SecretsOfReplicas', service.actions, secretsOf(env))];
    default:
      return [own];
  }
}
