import { expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { policyChunks } from '../../../../constructs/aws/data-access/policy-chunks';
import { DataAccessStack } from '../../../../infra/aws/data-access-stack';
import {
  GRANT_MAX_TENANTS,
  GRANTS_PER_TENANT_MAX,
  type GrantInput,
  SESSION_PEOPLE_MAX,
} from '../../../../schema/grant';
import { QUOTAS } from '../../../../schema/quotas';
import type { TenantInput } from '../../../../schema/tenant';
import { DATA_CLASSES, GRANT_WAYS } from '../../../../schema/vocabulary';
import { testApp } from '../../../support/app';
import { sampleEnvironment, sampleGrants, sampleInput } from '../../../support/sample-environment';
import { bucketPolicyOf, keyPolicyOf } from './grant-requests';

const [first] = sampleGrants;
if (first === undefined) throw new Error('the sample has no grant');
/** Of the greatest length that an id has. */
const longest = (prefix: string, i: number): string => `${prefix}-${String(i).padStart(23 - prefix.length, '0')}`;

test('the greatest grant that the schema takes fits into what IAM takes', () => {
  const tenants = Array.from({ length: GRANT_MAX_TENANTS }, (_, i): TenantInput => ({
    id: longest('tenant', i),
    state: 'active',
    region: sampleInput.region,
    data: DATA_CLASSES.map((name) => ({ class: name, retentionDays: 30 })),
    monthlyBudgetUsd: 1,
  }));
  const grant: GrantInput = {
    ...first,
    id: longest('grant', 1),
    tenants: tenants.map(({ id }) => id),
    classes: [...DATA_CLASSES],
    ways: [...GRANT_WAYS],
    people: Array.from(
      { length: SESSION_PEOPLE_MAX },
      (_, i) => `${'p'.repeat(48)}${String(i).padStart(4, '0')}@example.com`,
    ),
  };
  const env = sampleEnvironment({ input: { name: 'twelve-chars' }, tenants, grants: [grant] });
  const stack = new DataAccessStack(testApp(), 'access', {
    env,
    stackEnv: { account: env.accounts.research, region: env.region },
  });
  const template = Template.fromStack(stack);
  const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy'));
  for (const { Properties } of policies)
    expect(JSON.stringify((Properties as { PolicyDocument: unknown }).PolicyDocument).length).toBeLessThanOrEqual(
      QUOTAS.managedPolicyCharacters.value,
    );
  const roles = Object.values(template.findResources('AWS::IAM::Role')) as {
    Properties: {
      AssumeRolePolicyDocument: unknown;
      RoleName: string;
      ManagedPolicyArns: unknown[];
      Policies: { PolicyDocument: unknown }[];
    };
  }[];
  expect(roles).toHaveLength(2);
  for (const { Properties: role } of roles) {
    expect(JSON.stringify(role.AssumeRolePolicyDocument).length).toBeLessThanOrEqual(
      QUOTAS.trustPolicyCharacters.value,
    );
    expect(role.RoleName.length).toBeLessThanOrEqual(QUOTAS.roleName.value);
    expect(role.ManagedPolicyArns).toHaveLength(policies.length);
    expect(policies.length).toBeLessThanOrEqual(QUOTAS.managedPoliciesPerRole.value);
    expect(JSON.stringify(role.Policies[0]?.PolicyDocument).length).toBeLessThanOrEqual(
      QUOTAS.inlinePolicyCharacters.value,
    );
  }
});

test('the most grants that one tenant may be in fit into the policies of its bucket and key', () => {
  const id = longest('tenant', 1);
  const grants = Array.from({ length: GRANTS_PER_TENANT_MAX }, (_, i): GrantInput => ({
    ...first,
    id: longest('grant', i),
    tenants: [id],
    classes: [...DATA_CLASSES],
    ways: [...GRANT_WAYS],
    ticket: `DATA-${i}`,
  }));
  const data = DATA_CLASSES.map((name) => ({ class: name, retentionDays: 30 }));
  const tenants: TenantInput[] = [{ id, state: 'active', region: sampleInput.region, data, monthlyBudgetUsd: 1 }];
  const env = sampleEnvironment({ input: { name: 'twelve-chars' }, tenants, grants });
  expect(JSON.stringify(bucketPolicyOf(id, env)).length).toBeLessThanOrEqual(QUOTAS.bucketPolicyBytes.value);
  expect(JSON.stringify(keyPolicyOf(id, env)).length).toBeLessThanOrEqual(QUOTAS.keyPolicyBytes.value);
});

test('a statement is cut only where a policy is full, and its parts have every resource once', () => {
  const resources = Array.from({ length: 400 }, (_, i) => `arn:aws:s3:::bucket-${i}/raw/audio/*`);
  const documents = policyChunks({ Sid: 'Reads', Effect: 'Allow', Action: 's3:GetObject', Resource: resources });
  expect(documents.flatMap(({ Statement }) => Statement.flatMap(({ Resource }) => Resource))).toEqual(resources);
  const sizes = documents.map((document) => JSON.stringify(document).length);
  expect(sizes.length).toBe(3);
  for (const size of sizes.slice(0, -1)) expect(size).toBeGreaterThan(QUOTAS.managedPolicyCharacters.value - 60);
});
