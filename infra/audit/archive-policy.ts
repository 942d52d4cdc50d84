import { auditArn } from '../../schema/audit-arns';
import { auditNames } from '../../schema/audit-names';
import type { AuditAccount } from './audit-account';
import { encryptionDenials, TLS_ONLY } from './bucket-denials';
import { accountsOf, type PolicyDocument, policyDocument, type Statement, unlessPrincipalIs } from './statement';
import { type Writer, writersOf } from './writers';

/** S3 refuses a longer bucket policy (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html, 2026-11-25). */
export const BUCKET_POLICY_BYTES = 20_480;

const TRAIL_SERVICE = 'cloudtrail.amazonaws.com';

/**
 * The policy of the archive: its writers put, each below its own prefix; auditors read; nobody deletes, or touches a lock. It does not
 * name who administers the bucket: a Deny of that would lock out whoever has to mend it, and the guard rails of the organisation
 * say it (`guard-rails/audit-account.ts`).
 */
export function archivePolicy(audit: AuditAccount, keyArn: string): PolicyDocument {
  const bucketArn = auditNames.archiveBucketArn(audit.account);
  const writers = writersOf(audit.environments);
  const objects = `${bucketArn}/*`;
  return policyDocument(
    { Sid: 'TlsOnly', ...TLS_ONLY, Resource: [bucketArn, objects] },
    ...encryptionDenials(objects, keyArn),
    {
      Sid: 'NobodyDeletesOrUnlocks',
      Effect: 'Deny',
      Principal: '*',
      // With the right to set a retention comes the one to set a longer one than the bucket's, which nobody could take back.
      Action: [
        's3:BypassGovernanceRetention',
        's3:DeleteObject*',
        's3:PutObjectLegalHold',
        's3:PutObjectRetention',
        's3:PutObjectTagging',
        's3:PutObjectVersionAcl',
        's3:PutObjectVersionTagging',
        's3:ReplicateDelete',
        's3:ReplicateObject',
      ],
      Resource: objects,
    },
    {
      Sid: 'NobodyElsePuts',
      Effect: 'Deny',
      Principal: '*',
      Action: ['s3:AbortMultipartUpload', 's3:PutObject', 's3:PutObjectAcl'],
      Resource: objects,
      Condition: unlessPrincipalIs(writers.map(({ roleArn }) => roleArn)),
    },
    {
      Sid: 'NobodyElseReads',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:GetObject*',
      Resource: objects,
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': auditArn.reader(audit) } },
    },
    ...trailStatements(audit, bucketArn),
    ...writers.flatMap((writer) => writerStatements(writer, bucketArn)),
  );
}

/**
 * CloudTrail's part. It tries the path of the management account as well as the organisation's when an organisation's trail is made
 * (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html, 2026-11-25).
 */
function trailStatements(audit: AuditAccount, bucketArn: string): Statement[] {
  const logs = `${bucketArn}/${auditNames.trailPrefix}AWSLogs`;
  const base = { Effect: 'Allow', Principal: { Service: TRAIL_SERVICE } } as const;
  const ofTheTrail = {
    StringEquals: { 'aws:SourceArn': auditArn.trail(audit) },
    // Whether CloudTrail sends it with every call is documented nowhere; where it does, it is ours.
    StringEqualsIfExists: { 'aws:SourceOrgID': audit.organizationId },
  };
  return [
    { Sid: 'TrailLooks', ...base, Action: 's3:GetBucketAcl', Resource: bucketArn, Condition: ofTheTrail },
    {
      Sid: 'TrailPuts',
      ...base,
      Action: 's3:PutObject',
      Resource: [`${logs}/${audit.management}/*`, `${logs}/${audit.organizationId}/*`],
      Condition: {
        ...ofTheTrail,
        StringEquals: { ...ofTheTrail.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' },
      },
    },
  ];
}

/** The archive's half of a way across accounts; the role's own policy is the other. */
function writerStatements({ what, environment, roleArn, prefix, inParts }: Writer, bucketArn: string): Statement[] {
  const name = titleCase(`${environment}-${what}`);
  const base = {
    Effect: 'Allow',
    Principal: accountsOf([roleArn]),
    Condition: { ArnEquals: { 'aws:PrincipalArn': roleArn } },
  } as const;
  const puts: Statement = {
    Sid: `${name}Puts`,
    ...base,
    Action: inParts ? ['s3:AbortMultipartUpload', 's3:PutObject'] : 's3:PutObject',
    Resource: `${bucketArn}/${prefix}*`,
  };
  return inParts
    ? [
        puts,
        {
          // Firehose hands over what it puts into another account's bucket; the bucket's owner owns it in any case.
          Sid: `${name}HandsOver`,
          ...base,
          Action: 's3:PutObjectAcl',
          Resource: `${bucketArn}/${prefix}*`,
          Condition: { ...base.Condition, StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
        },
        {
          Sid: `${name}Looks`,
          ...base,
          Action: ['s3:GetBucketLocation', 's3:ListBucketMultipartUploads'],
          Resource: bucketArn,
        },
      ]
    : [puts];
}

/** The words of a name, as the id of a statement takes them: letters and digits only. */
const titleCase = (name: string): string =>
  name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
