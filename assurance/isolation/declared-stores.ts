import { teamStoreNames } from '../../schema/access-names';
import type { Grant } from '../../schema/grant';
import type { Environment } from '../../schema/model';
import { FROM_RESEARCH, type GrantRole, grantRoles, untilEnd } from './declared-grants';
import type { DeclaredWay } from './declared-way';
import { byS3, type StorePlaces, teamPlaces } from './store-places';

/** What grants do in their team's store: each in its own two folders, until it ends. The team's people have no other way to it. */
export function teamWays(env: Environment, team: string): DeclaredWay[] {
  const on = teamPlaces(env, team);
  return env.grants
    .filter((grant) => grant.team === team)
    .flatMap((grant) => grantRoles(env, grant).flatMap((role) => storeWays(env, grant, role, on)));
}

function storeWays(env: Environment, grant: Grant, role: GrantRole, on: StorePlaces): DeclaredWay[] {
  const until = untilEnd(grant);
  const folders = [teamStoreNames.resultsPrefix(grant.id), teamStoreNames.datasetsPrefix(grant.id)];
  return [
    ...folders.flatMap((folder): DeclaredWay[] => [
      {
        ...role,
        on: on.objects(`${folder}*`),
        actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:ListMultipartUploadParts'],
        right: 'reads',
        ...FROM_RESEARCH,
        where: until,
      },
      {
        ...role,
        on: on.objects(`${folder}*`),
        actions: ['s3:AbortMultipartUpload', 's3:PutObject'],
        right: 'writes',
        ...FROM_RESEARCH,
        where: until,
      },
      {
        ...role,
        on: on.bucket,
        actions: ['s3:ListBucket'],
        right: 'lists',
        ...FROM_RESEARCH,
        where: { ...until, StringLike: { 's3:prefix': `${folder}*` } },
      },
    ]),
    { ...role, on: on.bucket, actions: ['s3:GetBucketLocation'], right: 'lists', where: until },
    {
      ...role,
      on: on.key,
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      right: 'decrypts',
      where: { ...until, ...byS3(env) },
    },
  ];
}
