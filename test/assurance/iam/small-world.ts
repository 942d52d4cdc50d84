import { type Policy, policyOf } from '../../../assurance/iam/policy';
import type { Resource, Role, World } from '../../../assurance/iam/world';

export const HERE = '222222222222';
export const THERE = '333333333333';

type Json = Readonly<Record<string, unknown>>;
const document = (statements: readonly Json[]): Json => ({ Version: '2012-10-17', Statement: statements });

export const identityPolicy = (...statements: readonly Json[]): Policy =>
  policyOf('an identity', document(statements), 'identity');
export const resourcePolicy = (...statements: readonly Json[]): Policy =>
  policyOf('a resource', document(statements), 'resource');
export const trustPolicy = (...statements: readonly Json[]): Policy =>
  policyOf('a role', document(statements), 'trust');

export const allow = (more: Json): Json => ({ Effect: 'Allow', ...more });
export const deny = (more: Json): Json => ({ Effect: 'Deny', ...more });

/** Lets the instances of an account in, without anything to say of themselves. */
const BY_EC2 = trustPolicy(allow({ Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }));

export function role(account: string, name: string, over: Partial<Role> = {}): Role {
  const arn = `arn:aws:iam::${account}:role/${name}`;
  return { arn, name, account, where: name, trust: BY_EC2, policies: [], boundary: undefined, tags: {}, ...over };
}

const base = { name: 'it', account: HERE, where: 'it', policies: [], tags: {}, aliases: [] } as const;

export const bucket = (over: Partial<Resource> = {}): Resource => ({
  ...base,
  kind: 's3:bucket',
  arn: 'arn:aws:s3:::it',
  region: '',
  ...over,
});
export const key = (over: Partial<Resource> = {}): Resource => ({
  ...base,
  kind: 'kms:key',
  arn: `arn:aws:kms:eu-central-1:${HERE}:key/it`,
  region: 'eu-central-1',
  ...over,
});

export const smallWorld = (over: Partial<Omit<World, 'roles'>> & { readonly roles?: readonly Role[] } = {}): World => ({
  accounts: [HERE, THERE],
  organisation: 'o-a1b2c3d4e5',
  resources: new Map(),
  associations: [],
  endpoints: [],
  logFilters: [],
  subscriptions: [],
  guardRails: undefined,
  ...over,
  roles: new Map((over.roles ?? []).map((one) => [one.arn, one])),
});
