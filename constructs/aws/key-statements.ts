import { accountPrincipal, type Conditions, type Statement } from './statement';

/** Administration by name: `kms:Create*` would include CreateGrant, a way back to Decrypt. */
const KEY_ADMINISTRATION = [
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

/** Refuses every use of the data to whom the condition matches, so that no wide statement elsewhere opens it. @param condition none: everybody */
export function nobodyElseUses(condition: Conditions | undefined): Statement {
  return {
    Sid: 'NobodyElseUses',
    Effect: 'Deny',
    Principal: '*',
    Action: KEY_USE,
    Resource: '*',
    ...(condition === undefined ? {} : { Condition: condition }),
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

/** Lets a role, or each of several of one account, use the key through named services only; its own policy must allow it as well. */
export function useByRole(
  sid: string,
  props: {
    readonly account: string;
    readonly region: string;
    readonly roleArn: string | readonly string[];
    readonly actions: readonly string[];
    readonly services: readonly string[];
  },
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
