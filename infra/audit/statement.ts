import { arn } from '../../schema/arns';

/** Values of a policy's condition block: operator, condition key, value or values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One statement of a policy as plain JSON. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Conditions;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

export function policyDocument(...statements: readonly Statement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

/**
 * The account principals of roles, which the statement's condition then names: a policy whose Principal names a role that is not there
 * yet does not deploy, and one that names a deleted role keeps a dead id.
 */
export function accountsOf(roleArns: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const accounts = roleArns.map((roleArn) => roleArn.split(':')[4] ?? '');
  return { AWS: [...new Set(accounts)].map((account) => arn.root(account)) };
}

/** Under a Deny: everybody but the roles. A service that acts for itself has no role, and is exempt where it may write at all. */
export function unlessPrincipalIs(roleArns: readonly string[]): Conditions {
  return { ArnNotEquals: { 'aws:PrincipalArn': roleArns }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } };
}

/** Under a Deny: everybody but the roles, services included. */
export function unlessPrincipalIsExactly(roleArns: readonly string[]): Conditions {
  return { ArnNotEquals: { 'aws:PrincipalArn': roleArns } };
}
