import { describe, expect, test } from '@jest/globals';
import { endpointServices } from '../../../constructs/aws/network/endpoint-services';
import { nagFindings } from '../../support/nag';
import { environmentWithSources, relationalInput } from '../../support/sample-sources';
import { endpoint, network, routeTables } from './network-fixture';

interface Route {
  readonly Properties: { readonly DestinationCidrBlock: string; readonly RouteTableId: { readonly Ref: string } };
}
interface Named {
  readonly Type: string;
}

const env = environmentWithSources();
const none = environmentWithSources({ sources: [] });
const resourcesOf = (environment: typeof env, cluster: 'research' | 'production'): Record<string, Named> =>
  (network(cluster, environment).template.toJSON() as { Resources: Record<string, Named> }).Resources;

describe('the research VPC of an environment with a relational source', () => {
  const { stack, template } = network('research', env);
  const routes = Object.values(template.findResources('AWS::EC2::Route') as Record<string, Route>).map(
    ({ Properties }) => [Properties.RouteTableId.Ref, Properties.DestinationCidrBlock] as const,
  );

  test('has an endpoint of Secrets Manager that lets its own principals read those secrets and no other', () => {
    expect(endpoint(template, 'eu-central-1.secretsmanager').Properties.PolicyDocument?.Statement).toEqual([
      {
        Sid: 'SecretsOfReplicas',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'secretsmanager:GetSecretValue',
        Resource: relationalInput.secretArn,
        Condition: { StringEquals: { 'aws:PrincipalAccount': env.accounts.research } },
      },
    ]);
  });

  test('routes the block of the replica, and nothing else, out of the subnets of pods to the transit gateway', () => {
    const isolated = routeTables(template, 'isolated');
    expect(routes.filter(([table]) => isolated.includes(table))).toEqual(
      isolated.map((table) => [table, relationalInput.cidrBlock]),
    );
    const others = [...routeTables(template, 'system'), ...routeTables(template, 'endpoints')];
    for (const [table, block] of routes) if (others.includes(table)) expect(block).not.toBe(relationalInput.cidrBlock);
  });

  test('has one route for a block of two sources', () => {
    const twice = environmentWithSources({
      sources: [relationalInput, { ...relationalInput, id: 'prices', port: 5433 }],
    });
    const count = (environment: typeof env): number =>
      Object.values(resourcesOf(environment, 'research')).filter(({ Type }) => Type === 'AWS::EC2::Route').length;
    expect(count(twice)).toBe(count(env));
  });

  test('differs from one without by that endpoint and those routes alone: nothing is replaced', () => {
    const [before, after] = [resourcesOf(none, 'research'), resourcesOf(env, 'research')];
    const added = Object.entries(after).filter(([id]) => !(id in before));
    expect(added.map(([, { Type }]) => Type).sort()).toEqual([
      'AWS::EC2::Route',
      'AWS::EC2::Route',
      'AWS::EC2::VPCEndpoint',
    ]);
    expect(Object.fromEntries(Object.entries(after).filter(([id]) => id in before))).toEqual(before);
  });

  test('has no finding of cdk-nag that is not acknowledged', () => {
    expect(nagFindings(stack).findings).toEqual([]);
  });
});

test('the production VPC knows nothing of sources', () => {
  expect(resourcesOf(env, 'production')).toEqual(resourcesOf(none, 'production'));
  expect(endpointServices(env, 'production').map(({ service }) => service)).not.toContain('secretsmanager');
});
