import { clusterNames, networkNames, stackNames } from '../../../schema/names';
import type { Environment } from '../../../schema/model';
import { isRelational } from '../../../schema/open-sources';
import type { ClusterName } from '../../../schema/vocabulary';
import type { Template } from '../../output/cloud-assembly';
import type { Output } from '../../output/output';
import { NotUnderstood } from '../not-understood';
import { type Fields, isFields } from '../objects/kubernetes-object';
import { type Lock, lock } from '../way';
import { ClusterStack } from '../eks/cluster-stack';
import { type Range, rangeOf } from './addresses';
import { dnsFirewall } from './dns-firewall';

/** A VPC as its stack's template has it. */
export interface Vpc {
  readonly subnets: readonly { readonly range: Range; readonly kind: string }[];
  /** Where nodes of the pools are, there is no way out of the VPC but the S3 endpoint's. */
  readonly noRoute: Lock;
  /** No machine of the VPC gets a public address, and there is no gateway that would carry it. */
  readonly noGateway: Lock;
  /** Names outside of a list are not answered, whichever resolver of the VPC is asked. */
  readonly dnsFirewall: Lock;
  /** The interface endpoints answer on 443 alone. */
  readonly endpointPorts: Lock;
}

const GATEWAYS: readonly string[] = [
  'AWS::EC2::InternetGateway',
  'AWS::EC2::NatGateway',
  'AWS::EC2::EgressOnlyInternetGateway',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::EC2::VPCPeeringConnection',
  'AWS::EC2::VPNGateway',
];

const ref = (value: unknown): string => (isFields(value) && typeof value['Ref'] === 'string' ? value['Ref'] : '');

/** @throws NotUnderstood where the network stack is not there, or a subnet's block is no text */
export function vpcOf(environment: Environment, output: Output, cluster: ClusterName): Vpc {
  const id = stackNames.platform(cluster, 'network');
  const template = output.stacks.find((stack) => stack.id === id)?.template();
  if (template === undefined)
    throw new NotUnderstood(
      id,
      `got no such stack, allowed one with the VPC ${clusterNames.vpc(environment, cluster)}`,
    );
  const subnets = resources(template, 'AWS::EC2::Subnet').map(([name, properties]) => {
    const range = rangeOf(String(properties['CidrBlock']));
    if (range === undefined) throw new NotUnderstood(`${id}: ${name}`, 'CidrBlock: got no IPv4 block, allowed one');
    return { name, range, kind: tag(properties, networkNames.subnetTag) ?? name, properties };
  });
  return {
    subnets,
    noRoute: noRoute(template, subnets, declaredBlocks(environment, cluster)),
    noGateway: noGateway(template, subnets),
    dnsFirewall: dnsFirewall(environment, ClusterStack.of(output, cluster, 'network')),
    endpointPorts: endpointPorts(template),
  };
}

const resources = (template: Template, type: string): (readonly [string, Fields])[] =>
  Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([name, { Properties = {} }]) => [name, Properties] as const);

function tag(properties: Fields, key: string): string | undefined {
  const tags = (properties['Tags'] ?? []) as readonly { readonly Key?: unknown; readonly Value?: unknown }[];
  const value = tags.find(({ Key }) => Key === key)?.Value;
  return typeof value === 'string' ? value : undefined;
}

/** Blocks of the read replicas that a cluster's pods have a route to: each is a zone of its own, with locks of its own. */
const declaredBlocks = (environment: Environment, cluster: ClusterName): ReadonlySet<string> =>
  new Set(cluster === 'research' ? environment.sources.filter(isRelational).map(({ cidrBlock }) => cidrBlock) : []);

/** No route of an isolated subnet but to a declared replica through the transit gateway, whatever it goes through; a table without an association would be the VPC's main one, which has none. */
function noRoute(
  template: Template,
  subnets: readonly { readonly name: string; readonly kind: string }[],
  declared: ReadonlySet<string>,
): Lock {
  const isolated = new Set(subnets.filter(({ kind }) => kind === networkNames.isolatedSubnets).map(({ name }) => name));
  const tables = new Set(
    resources(template, 'AWS::EC2::SubnetRouteTableAssociation')
      .filter(([, { SubnetId }]) => isolated.has(ref(SubnetId)))
      .map(([, { RouteTableId }]) => ref(RouteTableId)),
  );
  const routes = resources(template, 'AWS::EC2::Route').filter(([, route]) => {
    const table = ref(route['RouteTableId']);
    const block = route['DestinationCidrBlock'];
    if (typeof block === 'string' && declared.has(block) && route['TransitGatewayId'] !== undefined) return false;
    return table === '' || tables.has(table);
  });
  const [first] = routes;
  const name = "no route out of the nodes' subnets";
  if (isolated.size === 0)
    return lock(name, `no subnet is tagged ${networkNames.subnetTag}: ${networkNames.isolatedSubnets}`);
  return lock(name, first === undefined ? undefined : `${first[0]} is a route of them`);
}

function noGateway(
  template: Template,
  subnets: readonly { readonly name: string; readonly properties: Fields }[],
): Lock {
  const gateway = Object.entries(template.Resources).find(([, { Type }]) => GATEWAYS.includes(Type));
  const open = subnets.find(({ properties }) => properties['MapPublicIpOnLaunch'] === true);
  const name = 'no gateway and no public address';
  if (gateway !== undefined) return lock(name, `${gateway[0]} is a gateway`);
  return lock(name, open === undefined ? undefined : `${open.name} gives public addresses`);
}

function endpointPorts(template: Template): Lock {
  const groups = new Set(
    resources(template, 'AWS::EC2::VPCEndpoint').flatMap(([, { SecurityGroupIds = [] }]) =>
      (SecurityGroupIds as readonly unknown[]).map((id) => JSON.stringify(id)),
    ),
  );
  const wider = resources(template, 'AWS::EC2::SecurityGroup').find(
    ([name, { SecurityGroupIngress = [] }]) =>
      [...groups].some((group) => group.includes(`"${name}"`)) &&
      (SecurityGroupIngress as readonly Fields[]).some(({ FromPort, ToPort }) => FromPort !== 443 || ToPort !== 443),
  );
  return lock("the endpoints' security group", wider === undefined ? undefined : `${wider[0]} lets more in than 443`);
}
