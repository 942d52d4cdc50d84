import type { Intrinsic } from './resolved-json';

/** A text of a policy, or what CloudFormation will put there. */
export type PolicyText = string | Intrinsic;

/** Values of a policy's condition block: operator, condition key, value or values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, PolicyText | readonly string[]>>>>;

/** One statement of a policy as plain JSON: CDK's own policy classes cost most of the time of a thousand tenants' synth. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?:
    '*' | Readonly<Record<'AWS' | 'Service', string | readonly string[]>> | Readonly<Record<string, string>>;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: PolicyText | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Conditions;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** A policy document, Deny statements first. */
export function policyDocument(...statements: readonly Statement[]): PolicyDocument {
  const rank = (statement: Statement): number => (statement.Effect === 'Deny' ? 0 : 1);
  return { Version: '2012-10-17', Statement: [...statements].sort((a, b) => rank(a) - rank(b)) };
}

/**
 * Conditions under which a Deny meets every principal but the listed roles. Roles are named by condition, never as Principal: they
 * may not exist yet, and a policy that names a deleted role keeps a dead id. A service acting for itself has no role and is
 * exempt; one that acts for a role (`aws:ViaAWSService`) is judged as that role. Absent keys deny.
 */
export function unlessPrincipalIs(roleArns: readonly string[]): Conditions {
  return { ArnNotEquals: { 'aws:PrincipalArn': roleArns }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } };
}

/** Conditions under which a Deny meets every principal but the listed roles, services included. */
export function unlessPrincipalIsExactly(roleArns: readonly string[]): Conditions {
  return { ArnNotEquals: { 'aws:PrincipalArn': roleArns } };
}

/** The account principal: delegates to IAM for the principals that the statement's condition names, and to nobody else. */
export function accountPrincipal(account: string): Readonly<Record<string, string>> {
  return { AWS: `arn:aws:iam::${account}:root` };
}
