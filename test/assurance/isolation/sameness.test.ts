import { expect, test } from '@jest/globals';
import { ANYBODY, askerByArn, askerOf } from '../../../assurance/isolation/asker';
import { Relevant } from '../../../assurance/isolation/relevant';
import { Sameness } from '../../../assurance/isolation/sameness';
import { type Policy, policyOf } from '../../../assurance/iam/policy';
import type { Resource, World } from '../../../assurance/iam/world';

const bucket = (tenant: string): Resource => ({
  kind: 's3:bucket',
  arn: `arn:aws:s3:::atoll-test-${tenant}-222222222222`,
  name: `atoll-test-${tenant}-222222222222`,
  account: '222222222222',
  region: '',
  where: `test-tenant-${tenant}/Bucket`,
  policies: [],
  tags: {},
  aliases: [],
});
const role = (name: string): string => `arn:aws:iam::222222222222:role/${name}`;

/** Whether the second question is known after the first. */
function known(
  first: readonly string[],
  second: readonly string[],
  beside: readonly Policy[] = [],
  tenants = ['acme', 'birch'],
): boolean {
  const sameness = new Sameness(['notes-quality', 'speech-eval'], beside, (of) => [of]);
  const [a = '', b = ''] = tenants;
  expect(sameness.isNew(a, bucket(a), first)).toBe(true);
  return !sameness.isNew(b, bucket(b), second);
}

test('questions are the same up to the names of tenants, resources and grants', () => {
  expect(known(['reads acme', 'atoll-test-acme-222222222222'], ['reads birch', 'atoll-test-birch-222222222222'])).toBe(
    true,
  );
  expect(known(['grant notes-quality'], ['grant speech-eval'])).toBe(true);
});

test('questions differ where a tenant names another, or a grant stands in the place of another', () => {
  expect(known(['reads acme'], ['reads acme'])).toBe(false);
  expect(known(['notes-quality', 'speech-eval ends'], ['notes-quality', 'notes-quality ends'])).toBe(false);
  expect(known(['notes-quality', 'speech-eval'], ['speech-eval', 'notes-quality'])).toBe(true);
});

test('of moments it matters which is the earlier, and nothing else', () => {
  const [june, july, august] = ['2026-06-01', '2026-07-01', '2026-08-01'].map((day) => `${day}T23:59:59Z`);
  const until = (...moments: readonly (string | undefined)[]): string[] => moments.map((one) => `until ${one ?? ''}`);
  expect(known(until(june, july), until(july, august))).toBe(true);
  expect(known(until(june, july), until(july, june))).toBe(false);
  expect(known(until(june, july), until(june, june))).toBe(false);
  // Less than a day apart there may be no request between them.
  expect(known(until('2026-06-01T00:00:00Z', '2026-06-01T00:00:01Z'), until(june, july))).toBe(false);
});

const statement = (fields: object) =>
  policyOf(
    'test',
    { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:GetObject', Resource: '*', ...fields }] },
    'resource',
  );
const said = (fields: object, by = askerByArn(role('mine'))): string[] =>
  new Relevant(() => []).ofPolicies(
    [statement('NotPrincipal' in fields ? fields : { Principal: '*', ...fields })],
    by,
    bucket('acme'),
    'mine',
  );
const ofPrincipal = (operator: string, ...arns: readonly string[]) => ({
  Condition: { [operator]: { 'aws:PrincipalArn': arns } },
});

test('what stands beside tells tenants apart: by a name, by a part of one, and not by all of them', () => {
  const policy = (resource: string): Policy[] => [statement({ Principal: '*', Resource: resource })];
  const beside = (resource: string): boolean => known(['reads acme'], ['reads birch'], policy(resource));
  expect(beside('arn:aws:s3:::atoll-test-birch-222222222222')).toBe(false);
  expect(beside('arn:aws:s3:::atoll-test-b*')).toBe(false);
  expect(beside('arn:aws:s3:::atoll-test-??????222222222222')).toBe(false);
  expect(beside('arn:aws:s3:::atoll-test-*')).toBe(true);
});

test('a statement has no part in what a role asks where it names others', () => {
  expect(said({ Principal: { AWS: role('other') } })).toEqual([]);
  expect(said(ofPrincipal('ArnEquals', role('other')))).toEqual([]);
  expect(said(ofPrincipal('ArnNotEquals', role('mine'), role('other')))).toEqual([]);
  expect(said(ofPrincipal('ArnNotLike', role('mi*')))).toEqual([]);
});

test('it has one where it may name him', () => {
  for (const fields of [
    { Principal: { AWS: [role('other'), role('mine')] } },
    { Principal: { AWS: '222222222222' } },
    { NotPrincipal: { AWS: role('mine') } },
    ofPrincipal('ArnEquals', role('m*')),
    ofPrincipal('ArnNotEquals', role('other')),
    ofPrincipal('ArnEqualsIfExists', role('other')),
    ofPrincipal('StringLike', '${aws:PrincipalTag/role}'),
    ofPrincipal('ForAnyValue:ArnEquals', role('other')),
  ])
    expect([fields, said(fields).length]).toEqual([fields, 1]);
});

test('what his ARN alone decides is no part of a question', () => {
  expect(said(ofPrincipal('ArnNotEquals', role('other')))).toEqual(said({}));
  expect(said(ofPrincipal('ArnNotEquals', role('other')), ANYBODY)).not.toEqual(said({}, ANYBODY));
});

test('of strangers only that is certain which account they are not of', () => {
  const world = { accounts: ['222222222222', '333333333333'] } as unknown as World;
  const outside = askerOf({ kind: 'outside' }, world);
  expect(said(ofPrincipal('ArnEquals', role('mine')), outside)).toEqual([]);
  expect(said(ofPrincipal('ArnEquals', 'arn:aws:iam::999999999999:role/x'), outside)).toHaveLength(1);
  expect(said(ofPrincipal('ArnEquals', 'arn:aws:iam::*:role/x'), outside)).toHaveLength(1);
  const rest = askerOf({ kind: 'account', account: '222222222222', except: [role('mine')] }, world);
  expect(said(ofPrincipal('ArnEquals', role('mine')), rest)).toEqual([]);
  expect(said(ofPrincipal('ArnEquals', role('other')), rest)).toHaveLength(1);
  expect(said(ofPrincipal('ArnNotEquals', role('other')), rest)).toHaveLength(1);
});
