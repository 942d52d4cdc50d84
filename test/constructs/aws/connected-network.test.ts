import { describe, expect, test } from '@jest/globals';
import { sampleEnvironment } from '../../support/sample-environment';
import { CLUSTERS } from '../../../schema/vocabulary';
import { nagFindings } from '../../support/nag';
import { connectedEnvironment, network, routeTables, subnets } from './network-fixture';

const BLOCKS = ['10.200.0.0/16', '192.168.7.0/24'];
const env = connectedEnvironment();

interface Route {
  readonly DependsOn: string[];
  readonly Properties: { readonly DestinationCidrBlock: string; readonly RouteTableId: { readonly Ref: string } };
}

describe.each(CLUSTERS)('the VPC of %s in a connected network', (cluster) => {
  const { stack, template } = network(cluster, env);
  const [attachment = ''] = Object.keys(template.findResources('AWS::EC2::TransitGatewayAttachment'));
  const routes = Object.values(template.findResources('AWS::EC2::Route') as Record<string, Route>);

  test('is attached by the system subnet of every zone, without DNS of other VPCs', () => {
    template.resourceCountIs('AWS::EC2::TransitGatewayAttachment', 1);
    template.hasResourceProperties('AWS::EC2::TransitGatewayAttachment', {
      TransitGatewayId: 'tgw-0123456789abcdef0',
      SubnetIds: subnets(template, 'system').map(([id]) => ({ Ref: id })),
      Options: { ApplianceModeSupport: 'disable', DnsSupport: 'disable', Ipv6Support: 'disable' },
      Tags: [{ Key: 'Name', Value: `atoll-sample-${cluster}` }],
    });
  });

  test('has a route to every block of the clients in the system subnets, and no other route', () => {
    const wanted = routeTables(template, 'system').flatMap((table) => BLOCKS.map((block) => `${table} ${block}`));
    expect(wanted).toHaveLength(4);
    const found = routes.map(({ Properties }) => `${Properties.RouteTableId.Ref} ${Properties.DestinationCidrBlock}`);
    expect(found.sort()).toEqual(wanted.sort());
    for (const kind of ['isolated', 'endpoints']) {
      for (const table of routeTables(template, kind)) expect(found.join('\n')).not.toContain(table);
    }
  });

  test('makes the routes after the attachment, to the same gateway', () => {
    for (const { DependsOn, Properties } of routes) {
      expect({ DependsOn, Properties }).toMatchObject({
        DependsOn: [attachment],
        Properties: { TransitGatewayId: 'tgw-0123456789abcdef0' },
      });
    }
  });

  test('still lets nobody but the VPC speak to the interface endpoints', () => {
    const groups = Object.values(template.findResources('AWS::EC2::SecurityGroup'));
    expect(groups).toHaveLength(1);
    expect(JSON.stringify(groups)).toContain(env.network[cluster]);
    for (const block of BLOCKS) expect(JSON.stringify(groups)).not.toContain(block);
  });

  test('differs from an unconnected one by the attachment and its routes alone', () => {
    const added = ['AWS::EC2::TransitGatewayAttachment', 'AWS::EC2::Route'];
    const { Resources: connected } = template.toJSON() as { Resources: Record<string, { Type: string }> };
    const rest = Object.entries(connected).filter(([, { Type }]) => !added.includes(Type));
    expect(Object.fromEntries(rest)).toEqual(network(cluster, sampleEnvironment()).template.toJSON().Resources);
  });

  test('has no finding of cdk-nag that is not acknowledged', () => {
    expect(nagFindings(stack).findings).toEqual([]);
  });
});

test('a further block of clients, or a zone, changes no route that was there', () => {
  const routesOf = (environment: typeof env): Record<string, unknown> =>
    network('production', environment).template.findResources('AWS::EC2::Route');
  const before = routesOf(env);
  const connectedNetwork = { transitGatewayId: 'tgw-0123456789abcdef0', cidrBlocks: ['10.199.0.0/16', ...BLOCKS] };
  const availabilityZones = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];
  const after = routesOf(
    sampleEnvironment({ input: { availabilityZones, network: { ...env.network, connectedNetwork } } }),
  );
  expect(Object.keys(after)).toHaveLength(9);
  expect(after).toMatchObject(before);
});
