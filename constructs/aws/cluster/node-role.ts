import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Environment } from '../../../schema/model';
import { arn } from '../../../schema/arns';
import type { ClusterName } from '../../../schema/vocabulary';
import { acknowledge } from '../acknowledge';

export interface NodeRoleProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  readonly roleName: string;
}

/**
 * What a node itself may do: join the cluster, hand out Pod Identity and pull images. No Session Manager, no CNI rights (the CNI
 * has its own role), no bucket: a pod that reached the node's credentials would gain no tenant's data.
 */
export function nodeRole(scope: Construct, id: string, { env, cluster, roleName }: NodeRoleProps): iam.Role {
  // Made before the role, so that no node boots with a role that lacks it.
  const boot = new iam.ManagedPolicy(scope, `${id}Boot`, {
    statements: [
      // Bottlerocket asks for its own private DNS name at boot and does not join without the answer
      // (https://github.com/bottlerocket-os/bottlerocket/pull/3033); a Describe action has no resource to name.
      new iam.PolicyStatement({
        sid: 'FindOwnName',
        actions: ['ec2:DescribeInstances'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:RequestedRegion': env.region } },
      }),
      new iam.PolicyStatement({
        sid: 'FindCluster',
        actions: ['eks:DescribeCluster'],
        resources: [arn.cluster(env, cluster)],
      }),
    ],
  });
  const role = new iam.Role(scope, id, {
    roleName,
    description: `Nodes of the ${cluster} cluster of ${env.name}`,
    assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
    managedPolicies: [
      iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSWorkerNodeMinimalPolicy'),
      iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEC2ContainerRegistryPullOnly'),
      boot,
    ],
  });
  acknowledge(boot, ['AwsSolutions-IAM5[Resource::*]'], 'ec2:DescribeInstances has no resource to name');
  acknowledge(
    role,
    [
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonEKSWorkerNodeMinimalPolicy]',
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly]',
    ],
    'the two smallest AWS policies of an EKS node: hand out Pod Identity, pull images; AWS keeps them in step with EKS',
  );
  return role;
}
