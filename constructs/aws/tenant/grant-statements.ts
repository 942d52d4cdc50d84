import { grantRolePatterns, grantSid } from '../../../schema/access-names';
import { BUCKET_PREFIXES, type DataClass } from '../../../schema/vocabulary';
import { useByRole } from '../key-statements';
import { accountPrincipal, type Conditions, type Statement } from '../statement';
import type { OpenGrant, TenantScope } from './tenant-scope';

/** What a grant's role reads; versions too, since a dataset names them. */
export const GRANT_READS = ['s3:GetObject', 's3:GetObjectVersion'] as const;
export const GRANT_LISTS = ['s3:ListBucket', 's3:ListBucketVersions'] as const;

/**
 * Prefixes that a class opens: what was handed over, and what the class's pipeline made of it. Models, exports and other classes stay
 * closed.
 */
export const grantPrefixes = (classes: readonly DataClass[]): string[] =>
  classes.flatMap((name) => [`${BUCKET_PREFIXES.raw}${name}/`, `${BUCKET_PREFIXES.derived}${name}/`]);

const until = (grant: OpenGrant): Conditions => ({
  ArnEquals: { 'aws:PrincipalArn': grant.roleArns },
  DateLessThan: { 'aws:CurrentTime': grant.end },
});

/**
 * Where `aws:CalledVia` and `aws:VpceAccount` both tell of another way in than the research cluster's own: Athena reads with the rights of who
 * asks, by no endpoint of ours, and no other service does. `ForAllValues` also holds where nobody was called.
 * docs/decisions/0004-endpoint-pins-by-account.md
 * @see https://docs.aws.amazon.com/athena/latest/ug/security-iam-athena-calledvia.html (2026-11-25)
 */
export const outsideOfResearch = (researchAccount: string): Conditions => ({
  StringNotEquals: { 'aws:VpceAccount': researchAccount },
  'ForAllValues:StringNotEquals': { 'aws:CalledVia': ['athena.amazonaws.com'] },
});

/**
 * What grants open in a tenant's bucket. Their roles are of another account, so that without these statements nothing is open, and each
 * ends by its own date.
 */
export function grantBucketStatements({ bucketArn, env, grants }: TenantScope): Statement[] {
  const last = grants
    .map((grant) => grant.end)
    .toSorted()
    .at(-1);
  if (last === undefined) return [];
  const Principal = accountPrincipal(env.accounts.research);
  const roles: Conditions = { ArnEquals: { 'aws:PrincipalArn': grantRolePatterns(env) } };
  const deny = { Effect: 'Deny', Principal: '*', Resource: [bucketArn, `${bucketArn}/*`] } as const;
  const perGrant = grants.flatMap((grant): Statement[] => {
    const prefixes = grantPrefixes(grant.classes).map((prefix) => `${prefix}*`);
    return [
      {
        Sid: grantSid(grant.id, 'Reads'),
        Effect: 'Allow',
        Principal,
        Action: GRANT_READS,
        Resource: prefixes.map((prefix) => `${bucketArn}/${prefix}`),
        Condition: until(grant),
      },
      {
        Sid: grantSid(grant.id, 'Lists'),
        Effect: 'Allow',
        Principal,
        Action: GRANT_LISTS,
        Resource: bucketArn,
        Condition: { ...until(grant), StringLike: { 's3:prefix': prefixes } },
      },
    ];
  });
  return [
    {
      Sid: 'GrantsFromResearchOnly',
      ...deny,
      // All that the next statement leaves, but the bucket's place; the policy of a tenant in many grants is near the most that S3 takes.
      Action: [...GRANT_READS, ...GRANT_LISTS],
      Condition: { ...roles, ...outsideOfResearch(env.accounts.research) },
    },
    { Sid: 'GrantsReadOnly', ...deny, NotAction: [...GRANT_READS, ...GRANT_LISTS, LOCATION], Condition: roles },
    ...perGrant,
    {
      // Athena asks for it before every query; it tells the region.
      Sid: 'GrantsLocate',
      Effect: 'Allow',
      Principal,
      Action: LOCATION,
      Resource: bucketArn,
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': grants.flatMap((grant) => grant.roleArns) },
        DateLessThan: { 'aws:CurrentTime': last },
      },
    },
  ];
}

/** @see https://docs.aws.amazon.com/athena/latest/ug/cross-account-permissions.html (2026-11-25) */
const LOCATION = 's3:GetBucketLocation';

/** What grants may do with a tenant's key: decrypt what S3 gives them, each until its date. */
export function grantKeyStatements({ env, grants, region }: TenantScope): Statement[] {
  return grants.map((grant) => {
    const statement = useByRole(grantSid(grant.id, 'Decrypts'), {
      account: env.accounts.research,
      region,
      roleArn: grant.roleArns,
      actions: ['kms:Decrypt'],
      services: ['s3'],
    });
    return { ...statement, Condition: { ...statement.Condition, ...until(grant) } };
  });
}
