import { doorFaults, GROUP, GROUP_RULE as RULE, property } from './doors-make';
import { at, resource, set, type Mutation } from './edits';

const { stack } = doorFaults;
const EVERYBODY = { CidrIp: '0.0.0.0/0', FromPort: 443, IpProtocol: 'tcp', ToPort: 443 };

/** Who may come to the load balancer, and from there to the nodes. */
export const GROUP_MUTATIONS: readonly Mutation[] = [
  property(
    'everybody',
    "the load balancer's group lets everybody in",
    [GROUP, 'SecurityGroupIngress.0', EVERYBODY],
    /^open .+ SecurityGroupIngress\.0\.CidrIp: got "0\.0\.0\.0\/0", allowed "10\.80\.0\.0\/20"/,
  ),
  property(
    'everybody-too',
    "the load balancer's group lets everybody in besides",
    [GROUP, 'SecurityGroupIngress.2', EVERYBODY],
    /^open .+ SecurityGroupIngress: got/,
  ),
  property(
    'ipv6',
    'the group lets every IPv6 address in',
    [GROUP, 'SecurityGroupIngress.0', { ...EVERYBODY, CidrIp: undefined, CidrIpv6: '::/0' }],
    /^not-understood .+ SecurityGroupIngress\.0\.CidrIpv6/,
  ),
  property(
    'ports',
    'the group lets in on every port',
    [GROUP, 'SecurityGroupIngress.0.ToPort', 65_535],
    /^open .+ SecurityGroupIngress\.0\.ToPort: got 65535/,
  ),
  property(
    'onwards',
    'the load balancer reaches every port of the nodes',
    [GROUP, 'SecurityGroupEgress.0.ToPort', 65_535],
    /^open .+ SecurityGroupEgress\.0\.ToPort/,
  ),
  property(
    'to-everybody',
    'the load balancer reaches everybody',
    [GROUP, 'SecurityGroupEgress', undefined],
    /^open .+ SecurityGroupEgress: got nothing/,
  ),
  property(
    'nodes-from-all',
    'the nodes let everybody in',
    [RULE, 'CidrIp', '0.0.0.0/0'],
    /^not-understood .+::SecurityGroupIngress: CidrIp: got "0\.0\.0\.0\/0"/,
  ),
  property(
    'nodes-ports',
    'the nodes let the load balancer in on every port',
    [RULE, 'FromPort', 0],
    /^open .+::SecurityGroupIngress: FromPort: got 0, allowed 30443/,
  ),
  property(
    'nodes-from-other',
    'the nodes let another group in',
    [RULE, 'SourceSecurityGroupId', 'sg-1'],
    /^open .+ SourceSecurityGroupId: got "sg-1"/,
  ),
  property(
    'other-nodes',
    'another group lets the load balancer in',
    [RULE, 'GroupId', 'sg-1'],
    /^open .+ GroupId: got "sg-1", allowed the cluster's own group/,
  ),
  stack(
    'route',
    "the nodes' subnets have a route to the product",
    'production-network',
    (resources) => {
      const route = Object.values(resources).find(
        ({ Type, Properties }) => Type === 'AWS::EC2::Route' && Properties?.['DestinationCidrBlock'] === '10.80.0.0/20',
      );
      set(
        route?.Properties,
        'RouteTableId',
        at(
          resource(resources, 'AWS::EC2::SubnetRouteTableAssociation', ({ SubnetId }) =>
            JSON.stringify(SubnetId).includes('isolated'),
          ),
          'RouteTableId',
        ),
      );
    },
    /^open production-network: \w+: the network is as declared: a route: DestinationCidrBlock: got "10\.80\.0\.0\/20"/,
  ),
  stack(
    'route-of-research',
    "research's VPC has a route to the product",
    'research-network',
    (resources) => {
      const route = structuredClone(resource(resources, 'AWS::EC2::Route'));
      resources['Added'] = { Type: 'AWS::EC2::Route', Properties: { ...route, DestinationCidrBlock: '10.80.0.0/20' } };
    },
    /^open research-network: Added: the network is as declared: a route: DestinationCidrBlock/,
  ),
];
