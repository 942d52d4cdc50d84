import { describe, expect, test } from '@jest/globals';
import { environmentNames } from '../../environments';
import { deployPolicy } from '../../infra/aws/deploy-policy';
import type { Environment } from '../../schema/model';
import { CLUSTERS, type ClusterName } from '../../schema/vocabulary';
import { judge } from '../constructs/aws/tenant-policy-request';
import { type Need, need, needsOf } from '../support/cloudformation-needs';
import { sampleEnvironment } from '../support/sample-environment';
import { synthesized } from '../support/synthesized';

/** Services whose only endpoint is in us-east-1. */
const GLOBAL = ['budgets', 'iam', 'route53'];
const serviceOf = (action: string): string => action.split(':')[0] ?? '';

function refused(env: Environment, cluster: ClusterName, needs: readonly Need[]): string[] {
  const policy = deployPolicy(env, cluster);
  return needs.flatMap(({ action, resource }) => {
    const region = GLOBAL.includes(serviceOf(action)) ? 'us-east-1' : env.region;
    const { allowed, denied } = judge(policy, { action, resource, context: { 'aws:RequestedRegion': region } });
    if (denied.length > 0) return [`${action} on ${resource}: denied by ${denied.join(', ')}`];
    return allowed.length > 0 ? [] : [`${action} on ${resource}: not allowed`];
  });
}

describe.each(environmentNames.flatMap((name) => CLUSTERS.map((cluster) => [name, cluster] as const)))(
  '%s: the %s account',
  (name, cluster) => {
    const whole = synthesized(name);
    const needs = needsOf(whole, cluster);

    test('lets CloudFormation do all that its templates ask for', () => {
      expect(needs.length).toBeGreaterThan(30);
      expect(needs.map(({ action }) => action)).toContain('cloudformation:DescribeStacks');
      expect(refused(whole.env, cluster, needs)).toEqual([]);
    });

    test('lets it use no service that no template needs', () => {
      const { Statement } = deployPolicy(whole.env, cluster) as {
        Statement: { Effect: string; Action?: string | string[] }[];
      };
      const allowed = Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action ?? []);
      const services = (actions: readonly string[]): string[] => [...new Set(actions.map(serviceOf))].sort();
      expect(services(allowed)).toEqual(services(needs.map(({ action }) => action)));
    });
  },
);

test('what no template asks for is refused', () => {
  const env = sampleEnvironment();
  const stack = (place: string, name: string): string => `arn:aws:cloudformation:${place}:stack/${name}/id`;
  const stackName = (cluster: ClusterName): string => `${env.name}-${cluster}-network`;
  const here = `${env.region}:${env.accounts.production}`;
  const never = [
    need('cloudformation:DescribeStacks', stack(here, 'CDKToolkit')),
    need('cloudformation:DescribeStacks', stack(`${env.region}:${env.accounts.research}`, stackName('research'))),
    need('cloudformation:DescribeStacks', stack(`us-west-2:${env.accounts.production}`, stackName('production'))),
    need('cloudformation:DeleteStack', stack(here, stackName('production'))),
    need('states:CreateStateMachine'),
    need('iam:CreateRole', `arn:aws:iam::${env.accounts.production}:role/platform-break-glass`),
  ];
  expect(refused(env, 'production', never)).toHaveLength(never.length);
});
