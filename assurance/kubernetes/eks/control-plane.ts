import type { Environment } from '../../../schema/model';
import { clusterNames, networkNames, stackNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import type { Finding } from '../../finding';
import type { Output } from '../../output/output';
import { at, isValues, listOf } from '../../output/values';
import { type Allowed, comparedTo, free, listOfSome, NOTHING, type Rule, rule, sameTexts, TAGS } from '../allowed';
import { finding } from '../way';
import { isServingGroup } from './serving-nodes';
import { ClusterStack } from './cluster-stack';

const LOGS: readonly string[] = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

/** A subnet of the cluster's own VPC that is of a kind, by what the network's stack publishes. */
export function subnets(stack: ClusterStack, cluster: ClusterName, kind: string): Rule {
  return listOfSome(
    rule(`subnets of kind ${kind} of ${stackNames.platform(cluster, 'network')}`, (value) => {
      const found = stack.published(value);
      return (
        found?.stack === stackNames.platform(cluster, 'network') &&
        found.attribute === undefined &&
        found.resource.Type === 'AWS::EC2::Subnet' &&
        listOf(found.resource.Properties?.['Tags']).some(
          (tag) => isValues(tag) && tag['Key'] === networkNames.subnetTag && tag['Value'] === kind,
        )
      );
    }),
  );
}

/** The role that EKS takes for a control plane: nobody else becomes it, and what it may do is judged by the proof of IAM. */
const controlPlaneRole = (stack: ClusterStack): Rule =>
  stack.own('a role that EKS alone assumes', 'AWS::IAM::Role', 'Arn', (properties) => {
    const statements = listOf(at(properties, 'AssumeRolePolicyDocument.Statement'));
    return (
      statements.length > 0 &&
      statements.every((each) => JSON.stringify(at(each, 'Principal')) === '{"Service":"eks.amazonaws.com"}')
    );
  });

/**
 * The API server as it must be: reached from within the VPC alone, every kind of log on, Secrets under the environment's key, and nothing that
 * would run nodes or let people in besides.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-eks-cluster (2026-11-26)
 */
export function proveControlPlane(environment: Environment, output: Output, cluster: ClusterName): readonly Finding[] {
  const stack = ClusterStack.of(output, cluster, 'cluster');
  const name = clusterNames.cluster(environment, cluster);
  const allowed: Allowed = {
    AccessConfig: free('judged by rbac/access-entries.ts'),
    BootstrapSelfManagedAddons: false,
    ComputeConfig: { Enabled: false },
    DeletionProtection: true,
    EncryptionConfig: [
      { Provider: { KeyArn: stack.key(clusterNames.secretsKeyAlias(environment, cluster)) }, Resources: ['secrets'] },
    ],
    KubernetesNetworkConfig: { ElasticLoadBalancing: { Enabled: false }, IpFamily: 'ipv4' },
    Logging: { ClusterLogging: { EnabledTypes: everyLog } },
    Name: name,
    ResourcesVpcConfig: {
      EndpointPrivateAccess: true,
      EndpointPublicAccess: false,
      SecurityGroupIds: [stack.own('the group of the endpoint', 'AWS::EC2::SecurityGroup', 'GroupId')],
      SubnetIds: subnets(stack, cluster, networkNames.systemSubnets),
    },
    RoleArn: controlPlaneRole(stack),
    StorageConfig: { BlockStorage: { Enabled: false } },
    Tags: TAGS,
    UpgradePolicy: { SupportType: 'STANDARD' },
    Version: environment.clusters[cluster].kubernetesVersion,
  };
  const clusters = stack.all('AWS::EKS::Cluster');
  return [
    ...clusters.flatMap(({ id, properties }) =>
      comparedTo(allowed, properties, stack.subject(id), 'the control plane is as declared'),
    ),
    ...(clusters.length === 1
      ? []
      : [finding('closed', stack.id, `the cluster ${name}: got ${String(clusters.length)} clusters, expected one`)]),
    ...endpointGroup(environment, stack),
  ];
}

const everyLog = rule(`all of ${LOGS.join(', ')}`, (value) =>
  sameTexts(LOGS).fits(listOf(value).map((each) => (isValues(each) ? each['Type'] : each))),
);

/** Who comes to the endpoint from outside of the cluster: the connected network, on the port of the API server. */
function endpointGroup(environment: Environment, stack: ClusterStack): readonly Finding[] {
  const blocks = environment.network.connectedNetwork?.cidrBlocks ?? [];
  const from = blocks.map((block): Allowed => ({
    CidrIp: block,
    Description: free('words'),
    FromPort: 443,
    IpProtocol: 'tcp',
    ToPort: 443,
  }));
  const allowed: Allowed = {
    GroupDescription: free('words'),
    SecurityGroupEgress: free('the control plane answers, and the VPC has no way out'),
    SecurityGroupIngress: from.length === 0 ? NOTHING : from,
    Tags: TAGS,
    VpcId: rule('the VPC of the cluster', (value) => {
      const found = stack.published(value);
      return found?.resource.Type === 'AWS::EC2::VPC' && found.attribute === undefined;
    }),
  };
  return stack
    .all('AWS::EC2::SecurityGroup')
    .filter((one) => !isServingGroup(one))
    .flatMap(({ id, properties }) => comparedTo(allowed, properties, stack.subject(id), 'who comes to the API server'));
}
