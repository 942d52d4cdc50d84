import type { Environment } from '../../../schema/model';
import { networkNames } from '../../../schema/names';
import { isRelational } from '../../../schema/open-sources';
import { hasDoors } from '../../../schema/people-services';
import type { ClusterName } from '../../../schema/vocabulary';
import type { Finding } from '../../finding';
import type { Output } from '../../output/output';
import { isValues, listOf, type Values } from '../../output/values';
import { absentOr, type Allowed, comparedTo, free, like, listOfSome, NOTHING, type Rule, rule } from '../allowed';
import { ClusterStack } from '../eks/cluster-stack';
import { finding } from '../way';

const ABOUT = 'the network is as declared';
const TAGS = absentOr(free('the kind of a subnet is read elsewhere; the rest is for finding'));
const KINDS = [networkNames.isolatedSubnets, networkNames.systemSubnets, networkNames.endpointSubnets] as const;

/**
 * What the network's stack has, by its properties: the one VPC with its block, subnets and endpoints of it, routes to what the environment
 * declares, and the attachment to the transit gateway where there is one.
 */
export function proveVpcResources(environment: Environment, output: Output, cluster: ClusterName): readonly Finding[] {
  const stack = ClusterStack.of(output, cluster, 'network');
  const vpcs = stack.all('AWS::EC2::VPC');
  return [
    ...Object.entries(allowedResources(environment, cluster, stack)).flatMap(([type, allowed]) =>
      stack
        .all(type)
        .flatMap(({ id, properties }) => comparedTo(allowed, properties, stack.subject(id), `${ABOUT}: ${type}`)),
    ),
    ...routes(environment, cluster, stack),
    ...(vpcs.length === 1
      ? []
      : [finding('open', stack.id, `${ABOUT}: got ${String(vpcs.length)} VPCs, expected one`)]),
  ];
}

const subnetOf = (stack: ClusterStack, kind?: string): Rule =>
  stack.own(`a subnet of kind ${kind ?? KINDS.join(', ')}`, 'AWS::EC2::Subnet', undefined, (properties) => {
    const found = tagOf(properties);
    return kind === undefined ? KINDS.some((each) => each === found) : found === kind;
  });

function tagOf(properties: Values): unknown {
  const tag = listOf(properties['Tags']).find((each) => isValues(each) && each['Key'] === networkNames.subnetTag);
  return isValues(tag) ? tag['Value'] : undefined;
}

function allowedResources(
  environment: Environment,
  cluster: ClusterName,
  stack: ClusterStack,
): Readonly<Record<string, Allowed>> {
  const vpc = stack.own('the VPC', 'AWS::EC2::VPC');
  const table = stack.own('a route table', 'AWS::EC2::RouteTable');
  const connected = environment.network.connectedNetwork;
  const group = stack.own('the group of the endpoints', 'AWS::EC2::SecurityGroup', 'GroupId');
  const gateway = rule('an S3 gateway', (value) => value === 'Gateway');
  return {
    'AWS::EC2::VPC': {
      CidrBlock: environment.network[cluster],
      EnableDnsHostnames: true,
      EnableDnsSupport: true,
      InstanceTenancy: 'default',
      Tags: TAGS,
    },
    'AWS::EC2::Subnet': {
      AvailabilityZone: rule(environment.availabilityZones.join(', '), (zone) =>
        environment.availabilityZones.some((each) => each === zone),
      ),
      CidrBlock: free('its zone of addresses is read from it'),
      MapPublicIpOnLaunch: free('judged as a lock'),
      Tags: TAGS,
      VpcId: vpc,
    },
    'AWS::EC2::RouteTable': { Tags: TAGS, VpcId: vpc },
    'AWS::EC2::SubnetRouteTableAssociation': { RouteTableId: table, SubnetId: subnetOf(stack) },
    'AWS::EC2::SecurityGroup': {
      GroupDescription: free('words'),
      SecurityGroupEgress: free('an endpoint answers only, and there is no way out of the VPC'),
      SecurityGroupIngress: [
        {
          CidrIp: environment.network[cluster],
          Description: free('words'),
          FromPort: free('judged as a lock'),
          IpProtocol: 'tcp',
          ToPort: free('judged as a lock'),
        },
      ],
      Tags: TAGS,
      VpcId: vpc,
    },
    'AWS::EC2::VPCEndpoint': {
      PolicyDocument: free("judged by the proof of IAM; AWS's own where the service takes none"),
      PrivateDnsEnabled: absentOr(true),
      RouteTableIds: absentOr(listOfSome(table)),
      SecurityGroupIds: absentOr([group]),
      ServiceName: service(environment),
      SubnetIds: absentOr(listOfSome(subnetOf(stack, networkNames.endpointSubnets))),
      Tags: TAGS,
      VpcEndpointType: rule('Interface, Gateway', (value) => value === 'Interface' || gateway.fits(value)),
      VpcId: vpc,
    },
    'AWS::EC2::TransitGatewayAttachment':
      connected === undefined
        ? rule('none: the environment has no connected network', () => false)
        : {
            Options: free('names and addresses of the other side'),
            SubnetIds: listOfSome(subnetOf(stack, networkNames.systemSubnets)),
            Tags: TAGS,
            TransitGatewayId: connected.transitGatewayId,
            VpcId: vpc,
          },
  };
}

/** A service of AWS's own in the region; somebody's has `vpce` in its name. As text, or joined from the region. */
const service = (environment: Environment): Rule =>
  rule(`com.amazonaws.${environment.region}.<service>`, (value) => {
    const text = isValues(value)
      ? listOf(listOf(value['Fn::Join'])[1])
          .map((part) => (JSON.stringify(part) === '{"Ref":"AWS::Region"}' ? environment.region : part))
          .join('')
      : value;
    return like('', new RegExp(`^com\\.amazonaws\\.${environment.region}\\.(?!vpce)[a-z0-9.-]+$`)).fits(text);
  });

/** Routes: from the system's subnets to the people and to the product's callers, from the nodes' to the replicas, and both through the one transit gateway. */
function routes(environment: Environment, cluster: ClusterName, stack: ClusterStack): readonly Finding[] {
  const connected = environment.network.connectedNetwork;
  const replicas =
    cluster === 'research' ? environment.sources.filter(isRelational).map(({ cidrBlock }) => cidrBlock) : [];
  const declared: Readonly<Record<string, readonly string[]>> = {
    [networkNames.systemSubnets]: [...(connected?.cidrBlocks ?? []), ...beyondDoors(environment, cluster)],
    [networkNames.isolatedSubnets]: replicas,
  };
  return stack.all('AWS::EC2::Route').flatMap(({ id, properties }) => {
    const kinds = stack
      .all('AWS::EC2::SubnetRouteTableAssociation')
      .filter((each) => JSON.stringify(each.properties['RouteTableId']) === JSON.stringify(properties['RouteTableId']))
      .map((each) => kindOf(stack, each.properties['SubnetId']));
    const blocks = kinds.length === 0 ? [] : kinds.map((kind) => declared[kind ?? ''] ?? []);
    const allowed: Allowed = {
      DestinationCidrBlock: rule(
        'a block that the environment declares for its subnets',
        (value) => blocks.length > 0 && blocks.every((each) => each.some((block) => block === value)),
      ),
      RouteTableId: stack.own('a route table', 'AWS::EC2::RouteTable'),
      TransitGatewayId: connected?.transitGatewayId ?? NOTHING,
    };
    return comparedTo(allowed, properties, stack.subject(id), `${ABOUT}: a route`);
  });
}

function kindOf(stack: ClusterStack, value: unknown): string | undefined {
  const id = isValues(value) ? value['Ref'] : undefined;
  const kind = typeof id === 'string' ? tagOf(stack.template.Resources[id]?.Properties ?? {}) : undefined;
  return typeof kind === 'string' ? kind : undefined;
}

/** Where callers of the doors are, and the sign-in that people's load balancer asks. */
function beyondDoors(environment: Environment, cluster: ClusterName): readonly string[] {
  if (!hasDoors(environment, cluster)) return [];
  const { product, people } = environment.doors ?? {};
  return (cluster === 'production' ? product?.cidrBlocks : people?.signIn.cidrBlocks) ?? [];
}
