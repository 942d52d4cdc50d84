import { grantNames, grantRoleArns } from '../../schema/access-names';
import { arn } from '../../schema/arns';
import { endOfGrant, type Grant } from '../../schema/grant';
import type { Environment } from '../../schema/model';
import { teamNames } from '../../schema/names';
import type { Tenant } from '../../schema/tenant';
import { BUCKET_PREFIXES } from '../../schema/vocabulary';
import type { ConditionBlock } from '../iam/condition';
import type { DeclaredWay } from './declared-way';
import { places, viaServices } from './declared-tenant';

/** Requests of which it is true that the grant has not ended. */
export const untilEnd = (grant: Pick<Grant, 'expires'>): ConditionBlock => ({
  DateLessThan: { 'aws:CurrentTime': endOfGrant(grant) },
});

/** From the research cluster's network, or by Athena on behalf of who asked it from there. */
export const FROM_RESEARCH = { from: 'research', byAthena: true } as const;

/** What each way of a grant begins with. */
export type GrantRole = Pick<DeclaredWay, 'who' | 'holder' | 'session'>;

/** The roles of a grant, by the ways in which it opens. */
export const grantRoles = (env: Environment, grant: Grant): GrantRole[] =>
  grantRoleArns(env, grant).map((roleArn) => ({
    who: `grant ${grant.id}`,
    holder: { roleArn },
    session: grantSession(env, grant, roleArn),
  }));

/** What grants open of a tenant: the classes that they name, raw and derived, until they end. A tenant that is not active is closed. */
export function grantWays(env: Environment, tenant: Tenant): DeclaredWay[] {
  if (tenant.state !== 'active') return [];
  return env.grants
    .filter((grant) => grant.tenants.includes(tenant.id))
    .flatMap((grant) => grantRoles(env, grant).flatMap((role) => waysOf(env, tenant.id, grant, role)));
}

function waysOf(env: Environment, tenant: string, grant: Grant, common: GrantRole): DeclaredWay[] {
  const until = untilEnd(grant);
  const prefixes = grant.classes.flatMap((name) => [
    `${BUCKET_PREFIXES.raw}${name}/*`,
    `${BUCKET_PREFIXES.derived}${name}/*`,
  ]);
  return [
    ...prefixes.map((path): DeclaredWay => ({
      ...common,
      on: places.objects(env, tenant, path),
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      right: 'reads',
      ...FROM_RESEARCH,
      where: until,
    })),
    // One for each prefix, so that each is shown to be open.
    ...prefixes.map((prefix): DeclaredWay => ({
      ...common,
      on: places.bucket(env, tenant),
      actions: ['s3:ListBucket', 's3:ListBucketVersions'],
      right: 'lists',
      ...FROM_RESEARCH,
      where: { ...until, StringLike: { 's3:prefix': prefix } },
    })),
    {
      ...common,
      on: places.bucket(env, tenant),
      actions: ['s3:GetBucketLocation'],
      right: 'lists',
      where: until,
      wider: {
        resource: {
          way: { where: {} },
          reason:
            'it tells the region, which the name of the environment tells; the bucket bounds it by the last of its grants',
        },
      },
    },
    {
      ...common,
      on: places.key(env, tenant),
      actions: ['kms:Decrypt'],
      right: 'decrypts',
      where: { ...until, StringEquals: { 'kms:ViaService': viaServices(env, 's3') } },
    },
  ];
}

/** Whether a role of a grant is that of its people's sessions, and not of its pods. */
export const isSession = (env: Environment, grant: Grant, roleArn: string): boolean =>
  roleArn === grantNames.sessionRoleArn(env, grant.id);

/** What the sessions of a grant's role are, whatever opens them. */
function grantSession(env: Environment, grant: Grant, roleArn: string): ConditionBlock {
  if (isSession(env, grant, roleArn))
    return {
      StringEquals: {
        'aws:SourceIdentity': grant.people,
        'aws:PrincipalTag/purpose': grant.purpose,
        'aws:PrincipalTag/ticket': grant.ticket,
      },
    };
  return {
    StringEquals: {
      'aws:PrincipalTag/eks-cluster-arn': arn.cluster(env, 'research'),
      'aws:PrincipalTag/kubernetes-namespace': teamNames.namespace(grant.team),
      'aws:PrincipalTag/kubernetes-service-account': teamNames.grantServiceAccount(grant.id),
    },
  };
}
