import { describe, expect, test } from '@jest/globals';
import type { LimitRow } from '../../../assurance/limits/limit';
import { proveLimits } from '../../../assurance/limits/prove-limits';
import { rowOf } from '../../../assurance/limits/rows';
import { QUOTAS } from '../../../schema/quotas';
import { addResource } from '../../mutations/edits';
import { sampleEnvironment } from '../../support/sample-environment';
import { writtenOutput } from '../../support/written-output';

const environment = sampleEnvironment();
const output = writtenOutput(environment);
/** Without the stacks of grants, which name tenants themselves. */
const alone = { ...output, stacks: output.stacks.filter(({ id }) => !id.startsWith('research-data-')) };
const proven = proveLimits(environment, output);
const row = (quota: LimitRow['quota'], where: RegExp | string = /./, rows = proven.rows): LimitRow | undefined =>
  rows.find(
    (each) => each.quota === quota && (where instanceof RegExp ? where.test(each.where) : each.where === where),
  );

describe('the sample environment', () => {
  test('is beyond no quota', () => {
    expect(proven.findings).toEqual([]);
    expect(proven.rows.map(({ state }) => state)).toEqual(proven.rows.map(() => 'fits'));
  });

  test('measures what one tenant adds by the one that adds most', () => {
    expect(row('rolesPerAccount', 'production account')?.perTenant).toBe(1);
    expect(row('filterPoliciesPerAccount')).toMatchObject({ used: 5, perTenant: 3 });
    expect(row('podIdentityAssociations', 'production account')?.perTenant).toBe(3);
    expect(row('rolesPerAccount', 'research account')?.perTenant).toBe(0);
    expect(row('namespacesPerCluster', 'production cluster')?.perTenant).toBe(1);
  });

  test('counts associations that add-ons make, too', () => {
    const resources = output.stacks
      .filter(({ account }) => account === environment.accounts.production)
      .flatMap((stack) => Object.values(stack.template().Resources));
    const own = resources.filter(({ Type }) => Type === 'AWS::EKS::PodIdentityAssociation').length;
    const byAddOns = resources.flatMap(
      ({ Properties }) => (Properties?.['PodIdentityAssociations'] ?? []) as unknown[],
    );
    expect(byAddOns.length).toBeGreaterThan(0);
    expect(row('podIdentityAssociations', 'production account')?.used).toBe(own + byAddOns.length);
  });

  test('says with which tenant each breaks, and which is first', () => {
    const roles = row('rolesPerAccount', 'production account');
    const platform = (roles?.used ?? 0) - 3;
    expect(roles?.breaksAt).toBe(1000 - platform + 1);
    expect(roles?.breaksAtMost).toBe(5000 - platform + 1);
    expect(proven.first).toEqual(roles);
    expect(proven.firstHard?.quota).toBe('tenantsPerEnvironment');
    expect(proven.firstHard?.breaksAt).toBe(1001);
  });
});

describe('a policy that names tenants', () => {
  const bucket = (id: string): string => `arn:aws:s3:::atoll-sample-${id}-222222222222/raw/*`;
  const changed = addResource(alone, 'research-cluster', {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: {
      PolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: [bucket('acme'), bucket('cedar-health')] }],
      },
    },
  });
  const grown = proveLimits(environment, changed).rows;

  test('grows by the entries of the tenant with the longest, and breaks with that many of them', () => {
    const found = row('managedPolicyCharacters', 'research-cluster/Added', grown);
    const perTenant = bucket('cedar-health').length + 3;
    expect(found).toMatchObject({ perTenant, tenants: 2, counts: 'tenants that it names', state: 'fits' });
    const left = QUOTAS.managedPolicyCharacters.value - (found?.used ?? 0);
    expect(found?.breaksAt).toBe(2 + Math.floor(left / perTenant) + 1);
  });

  test('is no quota of the environment, which breaks elsewhere first', () => {
    expect(proveLimits(environment, changed).first?.quota).toBe('rolesPerAccount');
  });
});

test('a template that has resources for tenants grows by them', () => {
  const database = {
    Type: 'AWS::Glue::Database',
    Properties: { DatabaseInput: { Name: 'atoll_sample_cedar_health_audio' } },
  };
  const changed = addResource(alone, 'research-delivery', database);
  const rows = proveLimits(environment, changed).rows;
  expect(row('resourcesPerTemplate', 'research-delivery', rows)).toMatchObject({ perTenant: 1, tenants: 1 });
  expect(row('catalogueDatabases', 'research account', rows)?.used).toBe(1);
});

describe('a quota', () => {
  const measured = {
    quota: 'rolesPerAccount',
    where: 'x',
    perTenant: 1,
    tenants: 900,
    counts: 'tenants of the environment',
  } as const;

  test.each([
    [1000, 'fits', 901],
    [1001, 'raise', 900],
    [5001, 'over', -3100],
  ] as const)('of which %d are used: %s', (used, state, breaksAt) => {
    expect(rowOf({ ...measured, used })).toMatchObject({ state, breaksAt, raisable: true, raisableTo: 5000 });
  });

  test('that does not grow never breaks', () => {
    expect(rowOf({ ...measured, used: 1, perTenant: 0 })).not.toHaveProperty('breaksAt');
  });
});
