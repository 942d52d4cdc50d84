import { expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import {
  corpusBucketPolicy,
  corpusKeyPolicy,
  corpusPrincipals,
} from '../../../../constructs/aws/data-access/corpus-policies';
import { packed, policyChunks } from '../../../../constructs/aws/data-access/policy-chunks';
import { DataAccessStack } from '../../../../infra/aws/data-access-stack';
import {
  GRANT_MAX_SOURCES,
  GRANT_MAX_TENANTS,
  GRANTS_PER_CORPUS_MAX,
  GRANTS_PER_TENANT_MAX,
  type GrantInput,
  SESSION_PEOPLE_MAX,
} from '../../../../schema/grant';
import { isCorpus } from '../../../../schema/open-sources';
import { QUOTAS } from '../../../../schema/quotas';
import type { SourceInput } from '../../../../schema/source';
import type { TenantInput } from '../../../../schema/tenant';
import { DATA_CLASSES, GRANT_WAYS } from '../../../../schema/vocabulary';
import { testApp } from '../../../support/app';
import { sampleEnvironment, sampleGrants, sampleInput } from '../../../support/sample-environment';
import { head } from '../../../support/sample-models';
import { corpusInput, relationalInput } from '../../../support/sample-sources';
import { bucketPolicyOf, keyPolicyOf } from './grant-requests';

const [first] = sampleGrants;
if (first === undefined) throw new Error('the sample has no grant');
/** Of the greatest length that an id has. */
const longest = (prefix: string, i: number): string => `${prefix}-${String(i).padStart(23 - prefix.length, '0')}`;

/** Sources of the longest names, each with a secret and a key of its own. */
const longestSources = (kind: 'corpus' | 'relational', count: number): SourceInput[] =>
  Array.from({ length: count }, (_, i) => {
    const id = `source-${String(i).padStart(13, '0')}`;
    if (kind === 'corpus') return { ...corpusInput, id };
    const end = `-Ab12C${i}`;
    const secret = relationalInput.secretArn.slice(0, -end.length);
    return {
      ...relationalInput,
      id,
      tenants: [longest('tenant', 0)],
      secretArn: `${secret}${'s'.repeat(160 - secret.length - end.length)}${end}`,
      keyArn: relationalInput.keyArn.replace(/5$/, String(i)),
    };
  });

test.each(['corpus', 'relational'] as const)(
  'the greatest grant, its sources each a %s, fits into what IAM takes',
  (kind) => {
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
      sources: longestSources(kind, GRANT_MAX_SOURCES).map(({ id }) => id),
      people: Array.from(
        { length: SESSION_PEOPLE_MAX },
        (_, i) => `${'p'.repeat(48)}${String(i).padStart(4, '0')}@example.com`,
      ),
    };
    const sources = longestSources(kind, GRANT_MAX_SOURCES);
    const env = sampleEnvironment({ input: { name: 'twelve-chars', sources }, tenants, grants: [grant] });
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
  },
);

test('the most grants that may name one corpus fit into the policies of its bucket and key', () => {
  const sources = longestSources('corpus', 1);
  const grants = Array.from({ length: GRANTS_PER_CORPUS_MAX }, (_, i): GrantInput => ({
    ...first,
    id: longest('grant', i),
    ways: [...GRANT_WAYS],
    sources: sources.map(({ id }) => id),
    ticket: `DATA-${i}`,
  }));
  const env = sampleEnvironment({ input: { name: 'twelve-chars', sources }, grants });
  const [corpus] = env.sources.filter(isCorpus);
  if (corpus === undefined) throw new Error('got no corpus, expected one');
  const principals = corpusPrincipals(env, corpus);
  expect(principals.grants).toHaveLength(GRANTS_PER_CORPUS_MAX);
  const keyArn = `arn:aws:kms:eu-central-1:333333333333:key/${'0'.repeat(36)}`;
  expect(JSON.stringify(corpusBucketPolicy(principals, keyArn)).length).toBeLessThanOrEqual(
    QUOTAS.bucketPolicyBytes.value,
  );
  expect(JSON.stringify(corpusKeyPolicy(principals)).length).toBeLessThanOrEqual(QUOTAS.keyPolicyBytes.value);
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
  const models = ['one', 'two', 'three'];
  const tenants: TenantInput[] = [
    { id, state: 'active', region: sampleInput.region, data, models, monthlyBudgetUsd: 1 },
  ];
  const heads = models.map((name) => head(name, ['text'], 'A head over the features of speech.', 'speech'));
  const sample = sampleEnvironment({
    input: { name: 'twelve-chars', models: [...sampleInput.models, ...heads] },
    tenants,
    grants,
  });
  // Each on a server of its own, in a pool of the longest name.
  const servers = Object.fromEntries(models.map((name, i) => [name, `a-pool-of-models-${100 + i}`]));
  const env = { ...sample, placement: { common: {}, tenants: { [id]: servers } } };
  expect(JSON.stringify(bucketPolicyOf(id, env)).match(/-server-a-pool-of-models-102/g)?.length).toBeGreaterThan(2);
  expect(JSON.stringify(bucketPolicyOf(id, env)).length).toBeLessThanOrEqual(QUOTAS.bucketPolicyBytes.value);
  expect(JSON.stringify(keyPolicyOf(id, env)).length).toBeLessThanOrEqual(QUOTAS.keyPolicyBytes.value);
});

test('statements are packed into the last policy that has room, and no statement is lost', () => {
  const reads = (name: string, count: number) => ({
    Sid: name,
    Effect: 'Allow' as const,
    Action: 's3:GetObject',
    Resource: Array.from({ length: count }, (_, i) => `arn:aws:s3:::${name}-${i}/raw/audio/*`),
  });
  const documents = policyChunks(reads('first', 300));
  const sidsOf = (statements: Parameters<typeof packed>[1], into = documents): string[][] =>
    packed(into, statements).map(({ Statement }) => Statement.map(({ Sid }) => Sid));
  expect(documents).toHaveLength(2);
  expect(sidsOf([])).toEqual([['first'], ['first']]);
  expect(sidsOf([reads('small', 3)])).toEqual([['first'], ['first', 'small']]);
  expect(sidsOf([reads('large', 140)])).toEqual([['first'], ['first'], ['large']]);
  expect(sidsOf([reads('large', 140), reads('small', 3)])).toEqual([['first'], ['first'], ['large', 'small']]);
  expect(sidsOf([reads('small', 3)], [])).toEqual([['small']]);
});

test('a statement is cut only where a policy is full, and its parts have every resource once', () => {
  const resources = Array.from({ length: 400 }, (_, i) => `arn:aws:s3:::bucket-${i}/raw/audio/*`);
  const documents = policyChunks({ Sid: 'Reads', Effect: 'Allow', Action: 's3:GetObject', Resource: resources });
  expect(documents.flatMap(({ Statement }) => Statement.flatMap(({ Resource }) => Resource))).toEqual(resources);
  const sizes = documents.map((document) => JSON.stringify(document).length);
  expect(sizes.length).toBe(3);
  for (const size of sizes.slice(0, -1)) expect(size).toBeGreaterThan(QUOTAS.managedPolicyCharacters.value - 60);
});
