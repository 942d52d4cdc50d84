import { arn } from '../../../schema/arns';
import { auditNames } from '../../../schema/audit-names';
import type { Env } from '../../../schema/name-base';
import type { Statement } from '../statement';

/**
 * What a writer of the archive may do there: put objects under one prefix, encrypted with the archive's own key. Not read, list, lock or
 * delete. The archive's bucket and key policies, in the audit account, must name the writer as well: across accounts both sides allow.
 */
export function putIntoArchive(env: Env, prefix: string): Statement[] {
  const account = env.accounts.audit;
  return [
    {
      Sid: 'PutIntoArchive',
      Effect: 'Allow',
      Action: 's3:PutObject',
      Resource: archiveObjects(env, prefix),
      Condition: { StringEquals: { 's3:ResourceAccount': account } },
    },
    {
      // The key has no name that an ARN could hold, so it is named by its alias. The archive may lie in another region than its writers.
      Sid: 'EncryptThroughS3',
      Effect: 'Allow',
      Action: 'kms:GenerateDataKey',
      Resource: arn.auditKeys(env),
      Condition: {
        StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' },
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': auditNames.archiveKeyAlias },
      },
    },
  ];
}

/**
 * What Firehose asks for besides: it uploads in parts, and hands what it puts into another account's bucket over to the bucket's owner.
 * Its guide also lists `s3:GetObject` and `s3:ListBucket`, by which a writer could read; they are left out (docs/open-claims.md). Decrypt
 * is for joining the parts of an upload; without `s3:GetObject` it reads nothing.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html (2026-11-25)
 */
export function putInPartsIntoArchive(env: Env, prefix: string): Statement[] {
  const owned = { StringEquals: { 's3:ResourceAccount': env.accounts.audit } };
  const [put, encrypt] = putIntoArchive(env, prefix) as [Statement, Statement];
  return [
    { ...put, Action: ['s3:PutObject', 's3:AbortMultipartUpload'] },
    {
      Sid: 'HandOverToOwner',
      Effect: 'Allow',
      Action: 's3:PutObjectAcl',
      Resource: archiveObjects(env, prefix),
      Condition: { StringEquals: { ...owned.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    },
    {
      Sid: 'FindArchive',
      Effect: 'Allow',
      Action: ['s3:GetBucketLocation', 's3:ListBucketMultipartUploads'],
      Resource: auditNames.archiveBucketArn(env.accounts.audit),
      Condition: owned,
    },
    { ...encrypt, Action: ['kms:GenerateDataKey', 'kms:Decrypt'] },
  ];
}

/** Pattern of the archive's objects under a prefix. */
export function archiveObjects(env: Env, prefix: string): string {
  return `${auditNames.archiveBucketArn(env.accounts.audit)}/${prefix}*`;
}
