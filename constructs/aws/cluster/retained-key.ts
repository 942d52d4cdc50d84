import { RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

export interface RetainedKeyProps {
  /** Alias with its `alias/` prefix, from `schema/names.ts`. */
  readonly alias: string;
  readonly description: string;
  /** Account whose IAM administers the key. */
  readonly account: string;
  /** Who uses the key besides the account's IAM. @default - nobody */
  readonly statements?: readonly iam.PolicyStatement[];
}

/**
 * A customer-managed key of the platform: rotated every year, kept when its stack goes (what it encrypted would be lost with
 * it), 1 $/month. Actions are spelled out, so that a new KMS action is not granted by a wildcard.
 */
export class RetainedKey extends Construct {
  readonly key: kms.Key;

  constructor(scope: Construct, id: string, props: RetainedKeyProps) {
    super(scope, id);
    this.key = new kms.Key(this, 'Key', {
      description: props.description,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      policy: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({
            sid: 'AccountAdministers',
            principals: [new iam.AccountPrincipal(props.account)],
            actions: ACCOUNT_ACTIONS,
            resources: ['*'],
          }),
          ...(props.statements ?? []),
        ],
      }),
    });
    new kms.CfnAlias(this, 'Alias', { aliasName: props.alias, targetKeyId: this.key.keyId });
  }
}

/** Actions that use a key for data. */
export const USE_ACTIONS = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/**
 * What the account's IAM policies may allow. `kms:CreateGrant` is among them because EKS, EBS and CloudFormation work by grants
 * that the creating role makes.
 */
const ACCOUNT_ACTIONS = [
  ...USE_ACTIONS,
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:CreateGrant',
  'kms:DeleteAlias',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:RevokeGrant',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
];
