import * as iam from 'aws-cdk-lib/aws-iam';
import type { Environment } from '../../../../schema/model';
import { arn } from '../../../../schema/arns';
import { clusterNames, roleNames } from '../../../../schema/names';
import type { ClusterName } from '../../../../schema/vocabulary';

/**
 * The controller's rights, after Karpenter 1.14's own template, in the same groups, since together they exceed one managed policy
 * (6,144 characters): https://karpenter.sh/v1.14/reference/cloudformation/, 2026-11-24. Narrower in four places: resources of
 * the account name the account; no instance profile is made, read or deleted (EC2NodeClass names the one made here, because an
 * isolated VPC has no IAM endpoint); no price list, which has no endpoint there either (`settings.isolatedVPC` uses the prices
 * that Karpenter ships); no zonal shift, which the cluster does not use.
 */
export function karpenterPolicies(env: Environment, cluster: ClusterName): Record<string, iam.PolicyStatement[]> {
  return {
    NodeLifecycle: nodeLifecycle(env, cluster),
    NodeProfile: nodeProfile(env, cluster),
    Interruption: interruption(env, cluster),
    Discovery: discovery(env, cluster),
  };
}

function nodeLifecycle(env: Environment, cluster: ClusterName): iam.PolicyStatement[] {
  const name = clusterNames.cluster(env, cluster);
  const own = (type: string): string => arn.ec2(env, cluster, type);
  const created = ['fleet', 'instance', 'volume', 'network-interface', 'launch-template', 'spot-instances-request'];
  const ofNodePool = (kind: 'RequestTag' | 'ResourceTag'): Record<string, string> => ({
    [`aws:${kind}/karpenter.sh/nodepool`]: '*',
  });
  const owned = (kind: 'RequestTag' | 'ResourceTag'): Record<string, string> => ({
    [`aws:${kind}/kubernetes.io/cluster/${name}`]: 'owned',
  });
  const createdHere = { ...owned('RequestTag'), 'aws:RequestTag/eks:eks-cluster-name': name };
  return [
    new iam.PolicyStatement({
      sid: 'UseWhatALaunchNeeds',
      actions: ['ec2:RunInstances', 'ec2:CreateFleet'],
      resources: [
        // Images and snapshots belong to AWS or to nobody in particular; a capacity reservation may be shared by another account.
        `arn:aws:ec2:${env.region}::image/*`,
        `arn:aws:ec2:${env.region}::snapshot/*`,
        `arn:aws:ec2:${env.region}:*:capacity-reservation/*`,
        own('security-group'),
        own('subnet'),
        own('placement-group'),
      ],
    }),
    new iam.PolicyStatement({
      sid: 'LaunchFromOwnTemplates',
      actions: ['ec2:RunInstances', 'ec2:CreateFleet'],
      resources: [own('launch-template')],
      conditions: { StringEquals: owned('ResourceTag'), StringLike: ofNodePool('ResourceTag') },
    }),
    new iam.PolicyStatement({
      sid: 'LaunchWithOwnTags',
      actions: ['ec2:RunInstances', 'ec2:CreateFleet', 'ec2:CreateLaunchTemplate'],
      resources: created.map(own),
      conditions: { StringEquals: createdHere, StringLike: ofNodePool('RequestTag') },
    }),
    new iam.PolicyStatement({
      sid: 'TagAtLaunch',
      actions: ['ec2:CreateTags'],
      resources: created.map(own),
      conditions: {
        StringEquals: { ...createdHere, 'ec2:CreateAction': ['RunInstances', 'CreateFleet', 'CreateLaunchTemplate'] },
        StringLike: ofNodePool('RequestTag'),
      },
    }),
    new iam.PolicyStatement({
      sid: 'TagOwnInstances',
      actions: ['ec2:CreateTags'],
      resources: [own('instance')],
      conditions: {
        StringEquals: owned('ResourceTag'),
        StringLike: ofNodePool('ResourceTag'),
        StringEqualsIfExists: { 'aws:RequestTag/eks:eks-cluster-name': name },
        'ForAllValues:StringEquals': { 'aws:TagKeys': ['eks:eks-cluster-name', 'karpenter.sh/nodeclaim', 'Name'] },
      },
    }),
    new iam.PolicyStatement({
      sid: 'RemoveOwn',
      actions: ['ec2:TerminateInstances', 'ec2:DeleteLaunchTemplate'],
      resources: [own('instance'), own('launch-template')],
      conditions: { StringEquals: owned('ResourceTag'), StringLike: ofNodePool('ResourceTag') },
    }),
  ];
}

function nodeProfile(env: Environment, cluster: ClusterName): iam.PolicyStatement[] {
  const account = env.accounts[cluster];
  return [
    new iam.PolicyStatement({
      sid: 'PassNodeRole',
      actions: ['iam:PassRole'],
      resources: [arn.role(account, roleNames.node(env, cluster))],
      conditions: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    }),
    new iam.PolicyStatement({
      sid: 'FindCluster',
      actions: ['eks:DescribeCluster'],
      resources: [arn.cluster(env, cluster)],
    }),
  ];
}

function interruption(env: Environment, cluster: ClusterName): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({
      sid: 'ReadNotices',
      actions: ['sqs:DeleteMessage', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'],
      resources: [arn.queue(env, cluster, clusterNames.interruptionQueue(env, cluster))],
    }),
  ];
}

/** Describe actions have no resource to name; they are bound to the region. */
function discovery(env: Environment, cluster: ClusterName): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({
      sid: 'ReadRegion',
      actions: [
        'ec2:DescribeCapacityReservations',
        'ec2:DescribeImages',
        'ec2:DescribeInstanceStatus',
        'ec2:DescribeInstanceTypeOfferings',
        'ec2:DescribeInstanceTypes',
        'ec2:DescribeInstances',
        'ec2:DescribeLaunchTemplates',
        'ec2:DescribePlacementGroups',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSpotPriceHistory',
        'ec2:DescribeSubnets',
      ],
      resources: ['*'],
      conditions: {
        StringEquals: { 'aws:RequestedRegion': env.region, 'aws:PrincipalAccount': env.accounts[cluster] },
      },
    }),
    new iam.PolicyStatement({
      sid: 'ReadPublicParameters',
      actions: ['ssm:GetParameter'],
      resources: [`arn:aws:ssm:${env.region}::parameter/aws/service/*`],
    }),
  ];
}
