import { grantRoleArns } from '../../schema/access-names';
import { endOfGrant, type Grant } from '../../schema/grant';
import type { Environment } from '../../schema/model';
import type { Tenant } from '../../schema/tenant';
import { BUCKET_PREFIXES } from '../../schema/vocabulary';
import type { ConditionBlock } from '../iam/condition';
import type { DeclaredWay } from './declared';
import { places, viaServices } from './declared-tenant';

/** What grants open of a tenant: the classes that they name, raw and derived, until they end. A tenant that is not active is closed. */
export function grantWays(env: Environment, tenant: Tenant): DeclaredWay[] {
  if (tenant.state !== 'active') return [];
  return env.grants
    .filter((grant) => grant.tenants.includes(tenant.id))
    .flatMap((grant) => grantRoleArns(env, grant).flatMap((roleArn) => waysOf(env, tenant.id, grant, roleArn)));
}

function waysOf(env: Environment, tenant: string, grant: Grant, roleArn: string): DeclaredWay[] {
  const until: ConditionBlock = { DateLessThan: { 'aws:CurrentTime': endOfGrant(grant) } };
  const common = { who: `grant ${grant.id}`, holder: { roleArn }, tenant };
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
      where: until,
    })),
    {
      ...common,
      on: places.bucket(env, tenant),
      actions: ['s3:ListBucket', 's3:ListBucketVersions'],
      right: 'lists',
      where: { ...until, StringLike: { 's3:prefix': prefixes } },
    },
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
