import { at, resource, set, type Mutation, type Resources } from './edits';
import { faults } from './make';

const { stack } = faults('vpc');

const vpc = (id: string, description: string, change: (resources: Resources) => void, expects: RegExp): Mutation =>
  stack(id, description, 'production-network', change, expects);
const FIREWALL = /one-lock-left .*lost the DNS Firewall: /;
const firewall = (id: string, description: string, change: (resources: Resources) => void): Mutation =>
  vpc(`firewall-${id}`, description, change, FIREWALL);
const allowedList = (resources: Resources) =>
  resource(resources, 'AWS::Route53Resolver::FirewallDomainList', ({ Name }) => String(Name).endsWith('-allowed'));
const group = (resources: Resources) => resource(resources, 'AWS::Route53Resolver::FirewallRuleGroup');
const association = (resources: Resources) => resource(resources, 'AWS::Route53Resolver::FirewallRuleGroupAssociation');
/** The route table of the subnets of a kind. */
const table = (resources: Resources, kind: string): unknown =>
  at(
    resource(resources, 'AWS::EC2::SubnetRouteTableAssociation', ({ SubnetId }) =>
      JSON.stringify(SubnetId).includes(kind),
    ),
    'RouteTableId',
  );
const added = (
  id: string,
  description: string,
  type: string,
  properties: (resources: Resources) => object,
  expects: RegExp,
) =>
  vpc(
    id,
    description,
    (resources) => {
      resources['Added'] = { Type: type, Properties: { ...properties(resources) } };
    },
    expects,
  );

/** Faults of what the network's stack has, by its properties. */
export const VPC_RESOURCE_MUTATIONS: readonly Mutation[] = [
  firewall('domain', "somebody's domain is answered", (resources) => {
    set(allowedList(resources), 'Domains.0', '*.evil.example');
  }),
  firewall('domain-more', "somebody's domain is answered too", (resources) => {
    set(allowedList(resources), 'Domains.6', 'evil.example');
  }),
  firewall('domain-like', "a domain that ends like AWS's", (resources) => {
    set(allowedList(resources), 'Domains.0', '*.evil-eu-central-1.amazonaws.com.evil.example');
  }),
  firewall('domain-suffix', "a domain that ends in AWS's letters", (resources) => {
    set(allowedList(resources), 'Domains.0', 'xeu-central-1.amazonaws.com');
  }),
  firewall('region', "another region's zone is answered", (resources) => {
    set(allowedList(resources), 'Domains.0', '*.us-east-1.amazonaws.com');
  }),
  firewall('everything', 'all is answered', (resources) => {
    set(allowedList(resources), 'Domains', ['*']);
  }),
  firewall('rule', 'one more rule lets through', (resources) => {
    set(group(resources), 'FirewallRules.2', { Action: 'ALLOW', FirewallDomainListId: 'rslvr-fdl-1', Priority: 1 });
  }),
  firewall('alert', 'the block only tells', (resources) => {
    set(group(resources), 'FirewallRules.1.Action', 'ALERT');
  }),
  firewall('override', "the block answers with somebody's name", (resources) => {
    set(group(resources), 'FirewallRules.1.BlockResponse', 'OVERRIDE');
  }),
  firewall('narrower', 'the block is of less than everything', (resources) => {
    set(
      resource(resources, 'AWS::Route53Resolver::FirewallDomainList', ({ Name }) =>
        String(Name).endsWith('-everything'),
      ),
      'Domains',
      ['*.example'],
    );
  }),
  firewall('question', 'the block is of one kind of question', (resources) => {
    set(group(resources), 'FirewallRules.1.Qtype', 'A');
  }),
  firewall('moved', 'the firewall is on another VPC', (resources) => {
    set(association(resources), 'VpcId', 'vpc-0123456789abcdef0');
  }),
  firewall('other', 'the firewall is of another group', (resources) => {
    set(association(resources), 'FirewallRuleGroupId', 'rslvr-frg-1');
  }),
  firewall('twice', 'the VPC has one more firewall', (resources) => {
    resources['Added'] = {
      Type: 'AWS::Route53Resolver::FirewallRuleGroupAssociation',
      Properties: { ...association(resources), FirewallRuleGroupId: 'rslvr-frg-1', Priority: 100 + 1 },
    };
  }),
  added(
    'route-system',
    "a route of the system's subnets",
    'AWS::EC2::Route',
    (resources) => ({
      RouteTableId: table(resources, 'system'),
      DestinationCidrBlock: '0.0.0.0/0',
      TransitGatewayId: 'tgw-1',
    }),
    /open production-network: Added: .*a route: DestinationCidrBlock: got "0\.0\.0\.0\/0"/,
  ),
  added(
    'route-endpoints',
    "a route of the endpoints' subnets",
    'AWS::EC2::Route',
    (resources) => ({
      RouteTableId: table(resources, 'endpoints'),
      DestinationCidrBlock: '10.0.0.0/8',
      VpcPeeringConnectionId: 'pcx-1',
    }),
    /Added: .*a route: VpcPeeringConnectionId/,
  ),
  added(
    'attachment',
    'the VPC hangs on a transit gateway',
    'AWS::EC2::TransitGatewayAttachment',
    (resources) => ({ TransitGatewayId: 'tgw-1', VpcId: { Ref: 'x' }, SubnetIds: [table(resources, 'isolated')] }),
    /open production-network: Added: .*AWS::EC2::TransitGatewayAttachment/,
  ),
  added('vpc-more', 'one more VPC', 'AWS::EC2::VPC', () => ({ CidrBlock: '10.0.0.0/16' }), /got 2 VPCs, expected one/),
  added(
    'endpoint-more',
    "an endpoint of somebody's service",
    'AWS::EC2::VPCEndpoint',
    (resources) => ({
      ...resource(resources, 'AWS::EC2::VPCEndpoint', ({ VpcEndpointType }) => VpcEndpointType === 'Interface'),
      ServiceName: 'com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0',
    }),
    /Added: .*ServiceName: got "com\.amazonaws\.vpce/,
  ),
  added(
    'group-more',
    'a group that lets all in',
    'AWS::EC2::SecurityGroup',
    () => ({ SecurityGroupIngress: [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }] }),
    /open production-network: Added: .*SecurityGroupIngress\.0\.CidrIp/,
  ),
  vpc(
    'endpoint-group-other',
    "endpoints in somebody's group",
    (resources) => {
      set(
        resource(resources, 'AWS::EC2::VPCEndpoint', ({ VpcEndpointType }) => VpcEndpointType === 'Interface'),
        'SecurityGroupIds',
        ['sg-1'],
      );
    },
    /SecurityGroupIds\.0: got "sg-1"/,
  ),
  vpc(
    'endpoint-from',
    'everybody reaches the endpoints',
    (resources) => {
      set(resource(resources, 'AWS::EC2::SecurityGroup'), 'SecurityGroupIngress.0.CidrIp', '0.0.0.0/0');
    },
    /SecurityGroupIngress\.0\.CidrIp: got "0\.0\.0\.0\/0"/,
  ),
  vpc(
    'endpoint-dns',
    "an endpoint's names lead elsewhere",
    (resources) => {
      set(
        resource(resources, 'AWS::EC2::VPCEndpoint', ({ VpcEndpointType }) => VpcEndpointType === 'Interface'),
        'PrivateDnsEnabled',
        false,
      );
    },
    /PrivateDnsEnabled: got false/,
  ),
  vpc(
    'subnet-ipv6',
    'a subnet with addresses of IPv6',
    (resources) => {
      set(resource(resources, 'AWS::EC2::Subnet'), 'Ipv6CidrBlock', '2001:db8::/64');
    },
    /not-understood .*Ipv6CidrBlock/,
  ),
  vpc(
    'subnet-vpc',
    "a subnet of somebody's VPC",
    (resources) => {
      set(resource(resources, 'AWS::EC2::Subnet'), 'VpcId', 'vpc-1');
    },
    /AWS::EC2::Subnet: VpcId: got "vpc-1"/,
  ),
];
