import { auditArn } from '../../../schema/audit-arns';
import { auditNames } from '../../../schema/audit-names';
import { arn } from '../../../schema/arns';
import { bootstrapNames } from '../../../schema/names';
import type { AuditAccount } from '../audit-account';
import { type PolicyDocument, policyDocument } from '../statement';
import { denied } from './guard-rail';

/**
 * The audit account itself: `pulumi up` changes what it made, by its own role, and nobody at all ends the trail or the keys. An account
 * of evidence has nothing else in it, so most of this names no resource.
 */
export function auditAccountRails(audit: AuditAccount): PolicyDocument {
  const deployer = [auditArn.deployer(audit)];
  const archive = auditNames.archiveBucketArn(audit.account);
  return policyDocument(
    denied('NobodyEndsTheTrail', ['cloudtrail:DeleteTrail', 'cloudtrail:StopLogging'], '*'),
    // The archive's locks outlive everything but its key.
    denied('NobodyEndsAKey', ['kms:CreateGrant', 'kms:DisableKey', 'kms:ScheduleKeyDeletion'], '*'),
    denied(
      'NobodyDeletesEvidence',
      ['s3:DeleteBucket', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention'],
      [archive, `${archive}/*`],
    ),
    denied('NobodyLeaves', ['account:CloseAccount', 'organizations:LeaveOrganization'], '*'),
    denied('NobodyBootstraps', ['iam:Create*', 'iam:Update*'], arn.role('*', bootstrapNames.ownRoles)),
    denied(
      'NobodyChangesTheDeployer',
      ['iam:Attach*', 'iam:Create*', 'iam:Delete*', 'iam:Detach*', 'iam:Put*', 'iam:Update*'],
      deployer,
    ),
    denied(
      'ChangedByPulumiOnly',
      [
        'athena:CreateNamedQuery',
        'athena:CreateWorkGroup',
        'athena:DeleteNamedQuery',
        'athena:DeleteWorkGroup',
        'athena:UpdateNamedQuery',
        'athena:UpdateWorkGroup',
        'cloudtrail:CreateTrail',
        'cloudtrail:PutEventSelectors',
        'cloudtrail:PutInsightSelectors',
        'cloudtrail:UpdateTrail',
        'cloudwatch:DeleteAlarms',
        'cloudwatch:DisableAlarmActions',
        'cloudwatch:PutMetricAlarm',
        'glue:CreateTable',
        'glue:DeleteDatabase',
        'glue:DeleteTable',
        'glue:UpdateDatabase',
        'glue:UpdateTable',
        'kms:CreateAlias',
        'kms:DeleteAlias',
        'kms:PutKeyPolicy',
        'kms:UpdateAlias',
        's3:CreateAccessPoint',
        's3:DeleteBucketPolicy',
        's3:PutAccessPointPolicy',
        's3:PutAccountPublicAccessBlock',
        's3:PutBucketAcl',
        's3:PutBucketObjectLockConfiguration',
        's3:PutBucketOwnershipControls',
        's3:PutBucketPolicy',
        's3:PutBucketPublicAccessBlock',
        's3:PutBucketVersioning',
        's3:PutEncryptionConfiguration',
        's3:PutLifecycleConfiguration',
        's3:PutReplicationConfiguration',
        'sns:DeleteTopic',
        'sns:SetTopicAttributes',
        'sns:Unsubscribe',
      ],
      '*',
      deployer,
    ),
    denied(
      'AuditorsRoleByPulumiOnly',
      ['iam:Attach*', 'iam:Create*', 'iam:Delete*', 'iam:Detach*', 'iam:PassRole', 'iam:Put*', 'iam:Update*'],
      auditArn.reader(audit),
      deployer,
    ),
  );
}
