import type { PolicyDocument, Statement } from '../statement';

/** One policy of the organisation, as text to attach. */
export interface GuardRail {
  /** Name in the organisation and, with `.json`, of its file. */
  readonly name: string;
  readonly type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';
  readonly description: string;
  /** Accounts that it is attached to. */
  readonly targets: readonly string[];
  readonly document: PolicyDocument;
}

/**
 * Characters of a policy, white space among them. Resource control policies take 5,120
 * (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html). Service control policies are said to take
 * 10,240, and a node ten of them, since 2026-05-15 (https://sjramblings.io/aws-organizations-scp-quotas-doubled-what-now/); these keep
 * to what has always been allowed, which leaves a node five with AWS's own. Both 2026-11-25.
 */
export const POLICY_CHARACTERS = 5120;

/** Writes of objects. */
export const OBJECT_CHANGES = ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObject', 's3:PutObjectAcl'] as const;

/**
 * The text to attach: without white space, of which every character counts.
 * @throws Error where it is longer than the organisation takes
 */
export function guardRailText({ name, document }: GuardRail): string {
  const text = JSON.stringify(document);
  if (text.length <= POLICY_CHARACTERS) return text;
  throw new Error(
    `${name}: got ${String(text.length)} characters, allowed ${String(POLICY_CHARACTERS)}; move statements to a policy of their own`,
  );
}

/**
 * A Deny of a service control policy, whose principals are all of the accounts it is attached to.
 * @param only roles that may, by ARN, with `*` where a name is made at deploy. @default - nobody may
 */
export function denied(
  Sid: string,
  Action: string | readonly string[],
  Resource: string | readonly string[],
  only: readonly string[] = [],
): Statement {
  const base = { Sid, Effect: 'Deny', Action, Resource } as const;
  return only.length === 0 ? base : { ...base, Condition: { ArnNotLike: { 'aws:PrincipalArn': only } } };
}
