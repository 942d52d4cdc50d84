import { at, removeResource, resource, set, type Mutation, type Resources } from './edits';
import { faults } from './make';

const { stack } = faults('network');

const vpc = (id: string, description: string, change: (resources: Resources) => void, expects: RegExp): Mutation =>
  stack(id, description, 'production-network', change, expects);

/** Faults of the VPC, which has to hold with network policies switched off. */
export const VPC_MUTATIONS: readonly Mutation[] = [
  vpc(
    'internet-gateway',
    'the VPC has an internet gateway',
    (resources) => {
      resources['Added'] = { Type: 'AWS::EC2::InternetGateway' };
    },
    /pods of tenant acme reach the internet by TCP 443: got 1 of 2 locks, expected all; lost no gateway/,
  ),
  vpc(
    'nat',
    "a route of the nodes' subnets",
    (resources) => {
      const table = at(
        resource(resources, 'AWS::EC2::SubnetRouteTableAssociation', ({ SubnetId }) =>
          JSON.stringify(SubnetId).includes('isolated'),
        ),
        'RouteTableId',
      );
      resources['Added'] = {
        Type: 'AWS::EC2::Route',
        Properties: { RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' },
      };
    },
    /pods of tenant acme reach the internet by TCP 443: got 1 of 2 locks, expected all; lost no route/,
  ),
  vpc(
    'public-addresses',
    'machines get public addresses',
    (resources) => {
      set(
        resource(resources, 'AWS::EC2::Subnet', (properties) => JSON.stringify(properties).includes('isolated')),
        'MapPublicIpOnLaunch',
        true,
      );
    },
    /lost no gateway and no public address: \w+ gives public addresses/,
  ),
  vpc(
    'subnet-tag',
    "the nodes' subnets are of another kind",
    (resources) => {
      set(
        resource(resources, 'AWS::EC2::Subnet', (properties) => JSON.stringify(properties).includes('"isolated"')),
        'Tags',
        [{ Key: 'atoll:subnets', Value: 'public' }],
      );
    },
    /not-understood production: subnet: got the kind 'public'/,
  ),
  vpc(
    'firewall',
    'names are answered whatever they are',
    (resources) => {
      removeResource(resources, 'AWS::Route53Resolver::FirewallRuleGroupAssociation');
    },
    /pods of tenant acme reach other link-local addresses: got 1 of 2 locks, expected all; lost the DNS Firewall/,
  ),
  vpc(
    'endpoint-group',
    'the endpoints answer on every port',
    (resources) => {
      set(
        resource(
          resources,
          'AWS::EC2::SecurityGroup',
          ({ SecurityGroupIngress }) => SecurityGroupIngress !== undefined,
        ),
        'SecurityGroupIngress.0.ToPort',
        8443,
      );
    },
    /pods of tenant acme reach interface endpoints but by TCP 443: got 1 of 2 locks/,
  ),
];
