import type { Environment } from '../../../schema/model';
import { clusterNames, labels, networkNames, roleNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import type { Finding } from '../../finding';
import type { Output } from '../../output/output';
import { at, isValues } from '../../output/values';
import { SYSTEM_POOL } from '../admission/pods';
import { type Allowed, comparedTo, free, rule, TAGS } from '../allowed';
import { ClusterStack } from '../eks/cluster-stack';
import { subnets } from '../eks/control-plane';
import { finding } from '../way';
import { userDataFaults } from './user-data';

/**
 * The machines that carry the controllers, and the profile of those that Karpenter buys. A door of its own (`RemoteAccess`), another role,
 * image or disk, or a label that is a pool's would make a way that no object in the cluster shows.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-nodegroup.html (2026-11-26)
 */
export function proveSystemNodes(environment: Environment, output: Output, cluster: ClusterName): readonly Finding[] {
  const stack = ClusterStack.of(output, cluster, 'cluster');
  return [
    ...one(stack, 'AWS::EKS::Nodegroup', nodegroup(environment, cluster, stack)),
    ...one(stack, 'AWS::EC2::LaunchTemplate', launchTemplate(environment, cluster, stack)),
    ...one(stack, 'AWS::IAM::InstanceProfile', {
      InstanceProfileName: roleNames.nodeInstanceProfile(environment, cluster),
      Roles: [
        stack.own(
          `the role ${roleNames.node(environment, cluster)}`,
          'AWS::IAM::Role',
          undefined,
          ({ RoleName }) => RoleName === roleNames.node(environment, cluster),
        ),
      ],
    }),
    ...stack
      .all('AWS::EC2::LaunchTemplate')
      .flatMap(({ id, properties }) =>
        userDataFaults(textOf(at(properties, 'LaunchTemplateData.UserData'))).map((what) =>
          finding('open', stack.subject(id), `system nodes: ${what}`),
        ),
      ),
  ];
}

/** The one resource of a type, compared; another one is one too many. */
function one(stack: ClusterStack, type: string, allowed: Allowed): readonly Finding[] {
  const found = stack.all(type);
  return [
    ...found.flatMap(({ id, properties }) => comparedTo(allowed, properties, stack.subject(id), 'system nodes')),
    ...(found.length === 0 ? [finding('closed', stack.id, `system nodes: got no ${type}, expected one`)] : []),
    ...found
      .slice(1)
      .map(({ id }) => finding('open', stack.subject(id), `system nodes: got a second ${type}, expected one`)),
  ];
}

function nodegroup(environment: Environment, cluster: ClusterName, stack: ClusterStack): Allowed {
  const { kubernetesVersion, systemNodes } = environment.clusters[cluster];
  const template = (attribute?: string): Allowed =>
    stack.own('the launch template', 'AWS::EC2::LaunchTemplate', attribute);
  return {
    AmiType: 'BOTTLEROCKET_ARM_64',
    CapacityType: free('price'),
    ClusterName: stack.cluster(environment, cluster),
    ForceUpdateEnabled: free('how an update goes on'),
    InstanceTypes: [systemNodes.instanceType],
    Labels: { [labels.pool]: SYSTEM_POOL },
    LaunchTemplate: { Id: template(), Version: template('LatestVersionNumber') },
    NodeRepairConfig: free('whether a sick node is replaced'),
    NodeRole: stack.role(roleNames.systemNode(environment, cluster)),
    ScalingConfig: { DesiredSize: systemNodes.min, MaxSize: systemNodes.max, MinSize: systemNodes.min },
    Subnets: subnets(stack, cluster, networkNames.systemSubnets),
    Tags: TAGS,
    UpdateConfig: free('how an update goes on'),
    Version: kubernetesVersion,
  };
}

function launchTemplate(environment: Environment, cluster: ClusterName, stack: ClusterStack): Allowed {
  const volume = (name: string): Allowed => ({
    DeviceName: name,
    Ebs: {
      DeleteOnTermination: true,
      Encrypted: true,
      KmsKeyId: stack.key(clusterNames.volumeKeyAlias(environment, cluster)),
      VolumeSize: free('size and price'),
      VolumeType: 'gp3',
    },
  });
  return {
    LaunchTemplateData: {
      BlockDeviceMappings: [volume('/dev/xvda'), volume('/dev/xvdb')],
      MetadataOptions: { HttpEndpoint: 'enabled', HttpPutResponseHopLimit: 1, HttpTokens: 'required' },
      TagSpecifications: TAGS,
      UserData: rule('user data as text in Fn::Base64', (value) => textOf(value) !== ''),
    },
    TagSpecifications: TAGS,
  };
}

/** The text that is encoded; empty where it is anything else. */
const textOf = (value: unknown): string =>
  isValues(value) && typeof value['Fn::Base64'] === 'string' ? value['Fn::Base64'] : '';
