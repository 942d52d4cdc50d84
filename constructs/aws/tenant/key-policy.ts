import {
  type Conditions,
  accountPrincipal,
  type PolicyDocument,
  policyDocument,
  type Statement,
  unlessPrincipalIs,
  unlessPrincipalIsExactly,
} from './statement';
import type { TenantScope } from './tenant-scope';

/** Administration by name: `kms:Create*` would include CreateGrant, a way back to Decrypt. */
export const KEY_ADMINISTRATION = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:RevokeGrant',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
] as const;

/** Every way to use a symmetric key on data. */
const KEY_USE = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'] as const;

/** Refuses every use of the data to whom the condition matches, so that no wide statement elsewhere opens it. */
export function nobodyElseUses(condition: Conditions): Statement {
  return {
    Sid: 'NobodyElseUses',
    Effect: 'Deny',
    Principal: '*',
    Action: KEY_USE,
    Resource: '*',
    Condition: condition,
  };
}

/** A statement by which the account administers a key and cannot use it. */
export function administerWithoutUse(account: string): Statement {
  return {
    Sid: 'AccountAdministersWithoutUse',
    Effect: 'Allow',
    Principal: accountPrincipal(account),
    Action: KEY_ADMINISTRATION,
    Resource: '*',
  };
}

/** No service that uses this key works by grants, so nobody makes one. */
export function noGrants(): Statement {
  return { Sid: 'NobodyGrants', Effect: 'Deny', Principal: '*', Action: 'kms:CreateGrant', Resource: '*' };
}

/** Lets one role use the key through named services only; its own policy must allow it as well. */
export function useByRole(
  sid: string,
  props: { account: string; region: string; roleArn: string; actions: readonly string[]; services: readonly string[] },
): Statement {
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: accountPrincipal(props.account),
    Action: props.actions,
    Resource: '*',
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': props.roleArn },
      StringEquals: { 'kms:ViaService': props.services.map((service) => `${service}.${props.region}.amazonaws.com`) },
    },
  };
}

/** Lets CloudWatch Logs encrypt one log group; the encryption context names its account, so no source account is asked for. */
export function useByLogGroup(region: string, logGroupArn: string): Statement {
  return {
    Sid: 'LogGroupUses',
    Effect: 'Allow',
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: [
      'kms:Decrypt',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
      'kms:DescribeKey',
    ],
    Resource: '*',
    Condition: { ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': logGroupArn } },
  };
}

/**
 * The policy of a tenant's key. Data use is not delegated to IAM: it is allowed to the named roles and services alone, and denied to
 * everybody else, so that neither a wide IAM policy nor a wide statement added here opens the data.
 */
export function tenantKeyPolicy(scope: TenantScope): PolicyDocument {
  const { account, region, admitted } = scope;
  const erasing = scope.tenant.state === 'erasing';
  const role = (sid: string, roleArn: string, actions: readonly string[], services: readonly string[]): Statement[] =>
    admitted.includes(roleArn) ? [useByRole(sid, { account, region, roleArn, actions, services })] : [];
  return policyDocument(
    noGrants(),
    nobodyElseUses(erasing ? unlessPrincipalIsExactly(admitted) : unlessPrincipalIs(admitted)),
    administerWithoutUse(account),
    ...role('TenantUses', scope.roleArn, ['kms:Decrypt', 'kms:GenerateDataKey'], ['s3', 'sqs']),
    // S3 asks for Decrypt when it joins the parts of an upload; the bucket refuses the ingest role every read.
    ...role('IngestWrites', scope.ingestArn, ['kms:Decrypt', 'kms:GenerateDataKey'], ['s3']),
    ...role('EraserUses', scope.eraserArn, ['kms:Decrypt', 'kms:GenerateDataKey'], ['s3', 'sqs']),
    ...(scope.notifies ? notificationsUse(scope) : []),
    ...(erasing ? [] : [useByLogGroup(region, scope.logGroupArn)]),
  );
}

/**
 * The bucket's events reach an encrypted topic only if S3 may use its key, and encrypted queues only if SNS may use theirs. SQS itself
 * acts as the caller's role.
 */
function notificationsUse(scope: TenantScope): Statement[] {
  const use = (Sid: string, service: string, Condition: Conditions): Statement => ({
    Sid,
    Effect: 'Allow',
    Principal: { Service: `${service}.amazonaws.com` },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: '*',
    Condition,
  });
  return [
    use('BucketNotifies', 's3', {
      ArnEquals: { 'aws:SourceArn': scope.bucketArn },
      StringEquals: { 'aws:SourceAccount': scope.account },
    }),
    // The condition that CDK writes for an encrypted queue of a topic (aws/aws-cdk#20521).
    use('TopicDelivers', 'sns', { ArnEquals: { 'aws:SourceArn': scope.eventsTopicArn } }),
  ];
}
