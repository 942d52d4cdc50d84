import { systemBlock } from '../../../schema/address-plan';
import type { Environment } from '../../../schema/model';
import { networkNames, tags } from '../../../schema/names';
import { MODEL_SERVER_PORT } from '../../../schema/server-pod';
import type { ClusterName } from '../../../schema/vocabulary';
import type { Finding } from '../../finding';
import type { Output } from '../../output/output';
import { listOf, at, isValues } from '../../output/values';
import { type Allowed, comparedTo, free, rule } from '../allowed';
import { finding, type Lock, lock } from '../way';
import { ClusterStack, type Placed } from './cluster-stack';

const KUBELET = 10_250;

/** Whether a security group of the cluster's stack is that of the nodes of model servers. */
export const isServingGroup = ({ properties }: Placed): boolean =>
  listOf(properties['Tags']).some((tag) => at(tag, 'Key') === networkNames.nodesTag);

const tag = (Key: string, Value: string): Allowed => ({ Key, Value });

function allowedGroup(environment: Environment, stack: ClusterStack): Allowed {
  const from = (port: number): Allowed => ({
    CidrIp: systemBlock(environment.network.production),
    Description: free('words'),
    FromPort: port,
    IpProtocol: 'tcp',
    ToPort: port,
  });
  return {
    GroupDescription: free('words'),
    SecurityGroupEgress: free('what a pod reaches is said by its namespace, and there is no way out of the VPC'),
    SecurityGroupIngress: [from(MODEL_SERVER_PORT), from(KUBELET)],
    Tags: [tag(tags.environment, environment.name), tag(networkNames.nodesTag, networkNames.servingNodes)],
    VpcId: rule('the VPC of the cluster', (value) => stack.published(value)?.resource.Type === 'AWS::EC2::VPC'),
  };
}

/** What the nodes of model servers may reach of all others: the API server and DNS. */
const WAYS = ['tcp 443', 'tcp 53', 'udp 53'];

function allowedWay(stack: ClusterStack): Allowed {
  const group = stack.own(
    'the group of the nodes of model servers',
    'AWS::EC2::SecurityGroup',
    'GroupId',
    (properties) => isServingGroup({ id: '', properties }),
  );
  return {
    Description: free('words'),
    FromPort: free('judged with the protocol'),
    GroupId: rule("EKS's own group of the cluster", (value) => {
      const [id, attribute] = isValues(value) ? listOf(value['Fn::GetAtt']) : [];
      return attribute === 'ClusterSecurityGroupId' && stack.all('AWS::EKS::Cluster').some((each) => each.id === id);
    }),
    IpProtocol: free('judged with the port'),
    SourceSecurityGroupId: group,
    ToPort: free('judged with the protocol'),
  };
}

const ABOUT = 'who comes to the nodes of model servers, and whom they reach';

/** The group of the nodes of model servers, and what it may reach: nobody comes to a server but from the system subnets. */
export function proveServingNodes(environment: Environment, output: Output, name: ClusterName): readonly Finding[] {
  const stack = ClusterStack.of(output, name, 'cluster');
  const groups = stack.all('AWS::EC2::SecurityGroup').filter(isServingGroup);
  const ways = stack.all('AWS::EC2::SecurityGroupIngress');
  const opened = ways.map(({ properties }) => `${String(properties['IpProtocol'])} ${String(properties['FromPort'])}`);
  const serves =
    name === 'production' &&
    environment.nodePools.some(({ cluster, workload }) => cluster === name && workload === 'serving');
  return [
    ...groups.flatMap(({ id, properties }) =>
      comparedTo(allowedGroup(environment, stack), properties, stack.subject(id), ABOUT),
    ),
    ...(groups.length === (serves ? 1 : 0)
      ? []
      : [
          finding(
            'open',
            stack.id,
            `${ABOUT}: got ${groups.length} groups of such nodes, allowed ${serves ? 'one' : 'none'}`,
          ),
        ]),
    ...ways.flatMap(({ id, properties }, i) => [
      ...comparedTo(allowedWay(stack), properties, stack.subject(id), ABOUT),
      ...(serves && WAYS.includes(opened[i] ?? '') && properties['FromPort'] === properties['ToPort']
        ? []
        : [
            finding(
              'open',
              stack.subject(id),
              `${ABOUT}: got ${opened[i] ?? ''}, allowed ${serves ? WAYS.join(', ') : 'none'}`,
            ),
          ]),
    ]),
    ...(serves ? WAYS : [])
      .filter((way) => !opened.includes(way))
      .map((way) =>
        finding('closed', stack.id, `${ABOUT}: got no ${way}, allowed one: a node does not come up without it`),
      ),
  ];
}

/** What keeps pods of other nodes from a model server beside network policies; a group that is not as declared is no lock. */
export function servingNodesLock(environment: Environment, output: Output): Lock {
  const name = "the security group of the servers' nodes";
  const stack = ClusterStack.of(output, 'production', 'cluster');
  const groups = stack.all('AWS::EC2::SecurityGroup').filter(isServingGroup);
  const wrong = groups.flatMap(({ id, properties }) =>
    comparedTo(allowedGroup(environment, stack), properties, stack.subject(id), ABOUT),
  );
  return lock(name, groups.length === 1 ? wrong[0]?.message : 'there is no such group, or more than one');
}
