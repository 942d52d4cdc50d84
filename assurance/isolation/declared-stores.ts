import { corpusNames, grantRoleArns, teamStoreNames } from '../../schema/access-names';
import { arn } from '../../schema/arns';
import type { Grant } from '../../schema/grant';
import type { Environment } from '../../schema/model';
import { deliveryNames, roleNames } from '../../schema/names';
import { grantsOpening } from '../../schema/open-sources';
import type { Corpus } from '../../schema/source';
import type { ClusterName } from '../../schema/vocabulary';
import type { ConditionBlock } from '../iam/condition';
import { FROM_RESEARCH, grantSession, untilEnd } from './declared-grants';
import type { DeclaredService } from './declared-services';
import { viaServices } from './declared-tenant';
import type { DeclaredWay, Place } from './declared-way';
import type { DeclaredElsewhere } from './room';

/** A bucket with its key. */
export interface StorePlaces {
  readonly bucketArn: string;
  readonly keyAlias: string;
  readonly bucket: Place;
  readonly key: Place;
  readonly objects: (path?: string) => Place;
}

function storePlaces(bucketArn: string, keyAlias: string): StorePlaces {
  const bucket: Place = { kind: 's3:bucket', name: bucketArn, type: 'bucket' };
  return {
    bucketArn,
    keyAlias,
    bucket,
    key: { kind: 'kms:key', name: keyAlias, type: 'key' },
    objects: (path) => ({ ...bucket, type: 'object', ...(path === undefined ? {} : { path }) }),
  };
}

export const teamPlaces = (env: Environment, team: string): StorePlaces =>
  storePlaces(teamStoreNames.bucketArn(env, team), teamStoreNames.keyAlias(env, team));
export const corpusPlaces = (env: Environment, corpus: string): StorePlaces =>
  storePlaces(corpusNames.bucketArn(env, corpus), corpusNames.keyAlias(env, corpus));
export const deliveryPlaces = (env: Environment, cluster: ClusterName): StorePlaces =>
  storePlaces(arn.bucket(deliveryNames.bucket(env, cluster)), deliveryNames.keyAlias(env, cluster));

/** What each way of a grant begins with, for each of its roles. */
export const grantRoles = (env: Environment, grant: Grant): Pick<DeclaredWay, 'who' | 'holder' | 'session'>[] =>
  grantRoleArns(env, grant).map((roleArn) => ({
    who: `grant ${grant.id}`,
    holder: { roleArn },
    session: grantSession(env, grant, roleArn),
  }));

const byS3 = (env: Environment): ConditionBlock => ({
  StringEquals: { 'kms:ViaService': viaServices(env, 's3') },
});

/** What grants do in their team's store: each in its own two folders, until it ends. The team's people have no other way to it. */
export function teamWays(env: Environment, team: string): DeclaredWay[] {
  const on = teamPlaces(env, team);
  return env.grants
    .filter((grant) => grant.team === team)
    .flatMap((grant) => grantRoles(env, grant).flatMap((role) => storeWays(env, grant, role, on)));
}

function storeWays(
  env: Environment,
  grant: Grant,
  role: Pick<DeclaredWay, 'who' | 'holder' | 'session'>,
  on: StorePlaces,
): DeclaredWay[] {
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

/** What the eraser does in a team's store: it finds and deletes, and reads nothing. */
export function teamErasures(env: Environment, team: string): DeclaredElsewhere[] {
  const on = teamPlaces(env, team);
  const eraser = { who: 'eraser', arn: arn.role(env.accounts.production, roleNames.eraser(env)) };
  // S3 says over what it was asked, in every request.
  const where = { Bool: { 'aws:SecureTransport': 'true' } };
  return [
    { ...eraser, on: on.objects(), actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'], where },
    { ...eraser, on: on.bucket, actions: ['s3:ListBucket', 's3:ListBucketVersions'], where },
  ];
}

/** What is done in a corpus: grants that name it read, until each ends; its importer puts and withdraws below two folders, and reads neither. */
export function corpusWays(env: Environment, corpus: Corpus): DeclaredWay[] {
  const on = corpusPlaces(env, corpus.id);
  const importer = {
    who: `import of corpus ${corpus.id}`,
    holder: { roleArn: corpusNames.importRoleArn(env, corpus.id) },
  };
  const reads = grantsOpening(env, corpus).flatMap((grant) =>
    grantRoles(env, grant).flatMap((role): DeclaredWay[] => {
      const until = untilEnd(grant);
      return [
        {
          ...role,
          on: on.objects(),
          actions: ['s3:GetObject', 's3:GetObjectVersion'],
          right: 'reads',
          ...FROM_RESEARCH,
          where: until,
        },
        {
          ...role,
          on: on.bucket,
          actions: ['s3:ListBucket', 's3:ListBucketVersions'],
          right: 'lists',
          ...FROM_RESEARCH,
          where: until,
        },
        { ...role, on: on.bucket, actions: ['s3:GetBucketLocation'], right: 'lists', where: until },
        { ...role, on: on.key, actions: ['kms:Decrypt'], right: 'decrypts', where: { ...until, ...byS3(env) } },
      ];
    }),
  );
  return [
    ...reads,
    ...[corpusNames.objectsPrefix, corpusNames.tablePrefix].map((folder): DeclaredWay => ({
      ...importer,
      on: on.objects(`${folder}*`),
      actions: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:PutObject'],
      right: 'writes',
    })),
    { ...importer, on: on.key, actions: ['kms:Decrypt', 'kms:GenerateDataKey'], right: 'encrypts', where: byS3(env) },
  ];
}

/** What is done with what is delivered to a cluster: its handler writes, Flux reads. */
export function deliveryWays(env: Environment, cluster: ClusterName): DeclaredWay[] {
  const on = deliveryPlaces(env, cluster);
  const role = (who: string, name: string): Pick<DeclaredWay, 'who' | 'holder'> => ({
    who,
    holder: { roleArn: arn.role(env.accounts[cluster], name) },
  });
  const handler = role('delivery', roleNames.deliveryHandler(env, cluster));
  const flux = role('Flux', roleNames.fluxSource(env, cluster));
  return [
    { ...handler, on: on.objects(), actions: ['s3:DeleteObject', 's3:PutObject'], right: 'writes' },
    { ...handler, on: on.key, actions: ['kms:GenerateDataKey'], right: 'encrypts', where: byS3(env) },
    { ...flux, on: on.objects(), actions: ['s3:GetObject'], right: 'reads', from: cluster },
    { ...flux, on: on.bucket, actions: ['s3:ListBucket'], right: 'lists', from: cluster },
    { ...flux, on: on.bucket, actions: ['s3:GetBucketLocation'], right: 'lists' },
    { ...flux, on: on.key, actions: ['kms:Decrypt'], right: 'decrypts', where: byS3(env) },
  ];
}

/** The handler's log group is under the key of its delivery. */
export const deliveryServices = (env: Environment, cluster: ClusterName): DeclaredService[] => [
  {
    service: `logs.${env.region}.amazonaws.com`,
    on: deliveryPlaces(env, cluster).key,
    actions: [
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ],
    where: {
      ArnEquals: {
        'kms:EncryptionContext:aws:logs:arn': arn.logGroup(env, cluster, deliveryNames.logGroup(env, cluster)),
      },
    },
  },
];
