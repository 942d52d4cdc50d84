import { isValues } from '../output/values';
import { awsManaged, isAwsManaged } from './aws-managed';
import { NotUnderstood, together } from './not-understood';
import { type Policy, policyOf } from './policy';
import type { Reader } from './read-made';
import type { Role } from './world';

const ROLE = [
  'AssumeRolePolicyDocument',
  'Description',
  'ManagedPolicyArns',
  'MaxSessionDuration',
  'Path',
  'PermissionsBoundary',
  'Policies',
  'RoleName',
  'Tags',
];

/** Policies that stand apart from the roles which have them. */
export interface Attached {
  /** Managed policies by ARN. */
  readonly managed: ReadonlyMap<string, Policy>;
  /** Policies by account and name of the role. */
  readonly ofRole: ReadonlyMap<string, readonly Policy[]>;
}

export const roleKey = (account: string, name: string): string => `${account} ${name}`;

/** @throws NotUnderstood naming what is not known of the role and its policies */
export function readRole(reader: Reader, attached: Attached): Role {
  reader.allow(ROLE);
  const { where, stack, names, arn } = reader;
  const managed = (policyArn: string): Policy => {
    const own = attached.managed.get(policyArn);
    if (own !== undefined) return own;
    if (isAwsManaged(policyArn)) return awsManaged(where, policyArn);
    throw new NotUnderstood([`${where}: got the managed policy ${policyArn}, allowed one of the stacks or of AWS`]);
  };
  const boundary = reader.text('PermissionsBoundary');
  const [trust, inline, byArn, limits] = together<unknown>([
    () => reader.policy('AssumeRolePolicyDocument', 'trust'),
    () => together(reader.list('Policies').map((one, i) => () => inlinePolicy(`${where}.Policies[${i}]`, one))),
    () => together(reader.texts('ManagedPolicyArns').map((one) => () => managed(one))),
    () => (boundary === undefined ? undefined : managed(boundary)),
  ]) as [Policy, Policy[], Policy[], Policy | undefined];
  return {
    arn,
    name: names.ref,
    account: stack.account,
    where,
    trust,
    policies: [...inline, ...byArn, ...(attached.ofRole.get(roleKey(stack.account, names.ref)) ?? [])],
    boundary: limits,
    tags: reader.tags(),
  };
}

function inlinePolicy(where: string, value: unknown): Policy {
  return policyOf(where, isValues(value) ? value['PolicyDocument'] : value, 'identity');
}

/** Reads the policies that stand apart from their roles: `AWS::IAM::ManagedPolicy`, `Policy` and `RolePolicy`. */
export function readAttached(readers: readonly Reader[]): Attached {
  const managed = new Map<string, Policy>();
  const ofRole = new Map<string, Policy[]>();
  together(
    readers.map((reader) => () => {
      const { Type } = reader.made.resource;
      const isManaged = Type === 'AWS::IAM::ManagedPolicy';
      const roles = Type === 'AWS::IAM::RolePolicy' ? 'RoleName' : 'Roles';
      reader.allow([
        'PolicyDocument',
        roles,
        ...(isManaged ? ['Description', 'ManagedPolicyName', 'Path'] : ['PolicyName']),
      ]);
      const policy = reader.policy('PolicyDocument', 'identity');
      if (isManaged) managed.set(reader.arn, policy);
      for (const name of reader.texts(roles)) {
        const key = roleKey(reader.stack.account, name);
        ofRole.set(key, [...(ofRole.get(key) ?? []), policy]);
      }
    }),
  );
  return { managed, ofRole };
}
