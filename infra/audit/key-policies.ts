import { auditArn } from '../../schema/audit-arns';
import { arn } from '../../schema/arns';
import type { AuditAccount } from './audit-account';
import { accountsOf, type PolicyDocument, policyDocument, type Statement, unlessPrincipalIs } from './statement';
import { writersOf } from './writers';

/** Every way to use a symmetric key on data. */
const KEY_USE = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'] as const;

/** Administration by name, without the ways to lose the data: `kms:Create*` would include CreateGrant, a way back to Decrypt. */
const KEY_ADMINISTRATION = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DescribeKey',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:RevokeGrant',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
] as const;

/** The archive's key: writers and the trail encrypt, auditors decrypt, and nobody destroys it. */
export function archiveKeyPolicy(audit: AuditAccount): PolicyDocument {
  const writers = writersOf(audit.environments);
  const inParts = writers.filter((writer) => writer.inParts).map(({ roleArn }) => roleArn);
  const reader = auditArn.reader(audit);
  return policyDocument(
    ...nobodyLosesIt(),
    {
      Sid: 'NobodyElseUses',
      Effect: 'Deny',
      Principal: '*',
      Action: KEY_USE,
      Resource: '*',
      Condition: unlessPrincipalIs([...writers.map(({ roleArn }) => roleArn), reader]),
    },
    accountAdministers(audit),
    ...trailUses(audit),
    throughS3(
      audit,
      'WritersEncrypt',
      'kms:GenerateDataKey',
      writers.map(({ roleArn }) => roleArn),
    ),
    // S3 asks for it when it joins the parts of an upload; the bucket refuses the roles every read.
    throughS3(audit, 'WritersJoinParts', 'kms:Decrypt', inParts),
    throughS3(audit, 'AuditorsDecrypt', 'kms:Decrypt', [reader]),
  );
}

/** The key of the queries' results: auditors alone, through S3. */
export function queriesKeyPolicy(audit: AuditAccount): PolicyDocument {
  const reader = auditArn.reader(audit);
  return policyDocument(
    ...nobodyLosesIt(),
    {
      Sid: 'NobodyElseUses',
      Effect: 'Deny',
      Principal: '*',
      Action: KEY_USE,
      Resource: '*',
      Condition: unlessPrincipalIs([reader]),
    },
    accountAdministers(audit),
    throughS3(audit, 'AuditorsUse', ['kms:Decrypt', 'kms:GenerateDataKey'], [reader]),
  );
}

/** The key of the topic of alarms, which CloudWatch writes to by itself. */
export function silenceKeyPolicy(audit: AuditAccount): PolicyDocument {
  return policyDocument(...nobodyLosesIt(), accountAdministers(audit), {
    Sid: 'AlarmsPublish',
    Effect: 'Allow',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    Resource: '*',
    Condition: { StringEquals: { 'aws:SourceAccount': audit.account } },
  });
}

/**
 * Locked objects outlive everybody who would delete them, but not their key. Whoever may write this policy may take the lock off; the
 * guard rails of the organisation are the other.
 */
function nobodyLosesIt(): Statement[] {
  return [
    {
      Sid: 'NobodyDestroys',
      Effect: 'Deny',
      Principal: '*',
      Action: ['kms:DisableKey', 'kms:DisableKeyRotation', 'kms:ScheduleKeyDeletion'],
      Resource: '*',
    },
    { Sid: 'NobodyGrants', Effect: 'Deny', Principal: '*', Action: 'kms:CreateGrant', Resource: '*' },
  ];
}

function accountAdministers({ account }: AuditAccount): Statement {
  return {
    Sid: 'AccountAdministersWithoutUse',
    Effect: 'Allow',
    Principal: { AWS: arn.root(account) },
    Action: KEY_ADMINISTRATION,
    Resource: '*',
  };
}

/**
 * CloudTrail decrypts when it makes a trail whose bucket has a bucket key; the context is the bucket's then, so that none is asked for
 * (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html, 2026-11-25).
 */
function trailUses(audit: AuditAccount): Statement[] {
  const base = { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Resource: '*' } as const;
  const ofTheTrail = { 'aws:SourceArn': auditArn.trail(audit) };
  return [
    {
      Sid: 'TrailEncrypts',
      ...base,
      Action: 'kms:GenerateDataKey*',
      Condition: {
        StringEquals: ofTheTrail,
        StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': auditArn.everyTrail(audit) },
      },
    },
    {
      Sid: 'TrailLooks',
      ...base,
      Action: ['kms:Decrypt', 'kms:DescribeKey'],
      Condition: { StringEquals: ofTheTrail },
    },
  ];
}

/** Lets roles use the key through S3 in the archive's region, and not by themselves. Their own policies must allow it as well. */
function throughS3(
  { region }: AuditAccount,
  sid: string,
  action: string | readonly string[],
  roleArns: readonly string[],
): Statement {
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: accountsOf(roleArns),
    Action: action,
    Resource: '*',
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': roleArns },
      StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` },
    },
  };
}
