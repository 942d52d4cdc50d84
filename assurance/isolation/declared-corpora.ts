import { corpusNames } from '../../schema/access-names';
import type { Environment } from '../../schema/model';
import { grantsOpening } from '../../schema/open-sources';
import type { Corpus } from '../../schema/source';
import { FROM_RESEARCH, grantRoles, untilEnd } from './declared-grants';
import type { DeclaredWay } from './declared-way';
import { byS3, corpusPlaces } from './store-places';

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
