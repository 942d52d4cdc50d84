import { auditArn } from '../../schema/audit-arns';
import { auditNames } from '../../schema/audit-names';
import { arn } from '../../schema/arns';
import type { AuditAccount } from './audit-account';
import { type PolicyDocument, policyDocument } from './statement';

/**
 * Who becomes the auditor: people whom the sign-in gives its permission set in this account, under a name that stays on every later
 * event. A second factor is the sign-in's to ask for: its sessions carry no `aws:MultiFactorAuthPresent`, and a role or a user that
 * is not the sign-in's is not let in at all.
 */
export function readerTrust(audit: AuditAccount): PolicyDocument {
  return policyDocument({
    Sid: 'AuditorsOfTheSignIn',
    Effect: 'Allow',
    Principal: { AWS: arn.root(audit.account) },
    Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
    Condition: {
      ArnLike: { 'aws:PrincipalArn': auditArn.readerSessions(audit) },
      StringEquals: { 'aws:PrincipalOrgID': audit.organizationId, 'aws:PrincipalAccount': audit.account },
      StringLike: { 'sts:SourceIdentity': '*' },
    },
  });
}

/** What an auditor may: ask questions in the one workgroup, read the archive and its catalogue, see whether the trail still writes. */
export function readerPolicy(audit: AuditAccount): PolicyDocument {
  const archiveArn = auditNames.archiveBucketArn(audit.account);
  const queriesArn = arn.bucket(auditNames.queriesBucket(audit.account));
  return policyDocument(
    {
      Sid: 'AskQuestions',
      Effect: 'Allow',
      Action: [
        'athena:BatchGetNamedQuery',
        'athena:BatchGetQueryExecution',
        'athena:GetNamedQuery',
        'athena:GetQueryExecution',
        'athena:GetQueryResults',
        'athena:GetQueryResultsStream',
        'athena:GetWorkGroup',
        'athena:ListNamedQueries',
        'athena:ListQueryExecutions',
        'athena:StartQueryExecution',
        'athena:StopQueryExecution',
      ],
      Resource: auditArn.workGroup(audit),
    },
    {
      Sid: 'ReadTheCatalogue',
      Effect: 'Allow',
      Action: [
        'glue:GetDatabase',
        'glue:GetDatabases',
        'glue:GetPartition',
        'glue:GetPartitions',
        'glue:GetTable',
        'glue:GetTables',
      ],
      Resource: [auditArn.catalog(audit), auditArn.database(audit), auditArn.tables(audit)],
    },
    {
      Sid: 'ReadTheArchive',
      Effect: 'Allow',
      Action: ['s3:GetBucketLocation', 's3:GetObject', 's3:GetObjectVersion', 's3:ListBucket', 's3:ListBucketVersions'],
      Resource: [archiveArn, `${archiveArn}/*`],
    },
    {
      Sid: 'KeepResults',
      Effect: 'Allow',
      Action: [
        's3:AbortMultipartUpload',
        's3:GetBucketLocation',
        's3:GetObject',
        's3:ListBucket',
        's3:ListBucketMultipartUploads',
        's3:ListMultipartUploadParts',
        's3:PutObject',
      ],
      Resource: [queriesArn, `${queriesArn}/*`],
    },
    useOf(audit, 'DecryptTheArchive', 'kms:Decrypt', auditNames.archiveKeyAlias),
    useOf(audit, 'EncryptResults', ['kms:Decrypt', 'kms:GenerateDataKey'], auditNames.queriesKeyAlias),
    {
      // Neither list knows a resource.
      Sid: 'SeeTheTrail',
      Effect: 'Allow',
      Action: [
        'athena:ListWorkGroups',
        'cloudtrail:DescribeTrails',
        'cloudtrail:GetEventSelectors',
        'cloudtrail:GetTrailStatus',
      ],
      Resource: '*',
    },
  );
}

/** A key has no ARN by name, so its alias stands in the condition. */
function useOf(audit: AuditAccount, sid: string, action: string | readonly string[], alias: string) {
  return {
    Sid: sid,
    Effect: 'Allow',
    Action: action,
    Resource: auditArn.keys(audit),
    Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': alias } },
  } as const;
}
