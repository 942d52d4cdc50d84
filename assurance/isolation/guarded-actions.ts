import { arn } from '../../schema/arns';
import type { Environment } from '../../schema/model';
import { bootstrapNames, roleNames } from '../../schema/names';
import type { ConditionBlock } from '../iam/condition';
import type { ActionOn } from '../iam/knowledge';
import type { ResourceKind } from '../iam/world';

/** Actions that the organisation's policies keep for a few, whatever the policies of the account say. */
export interface Guarded {
  readonly actions: (action: ActionOn) => boolean;
  /** ARNs of those who may, where the resource is of an account. */
  readonly by: (env: Environment, account: string) => readonly string[];
  /** Those of the actions with which somebody has to be let through by everything. @default - none */
  readonly needed?: readonly string[];
  /** Who needs them. @default - each of those who may */
  readonly who?: (env: Environment, account: string) => readonly string[];
  /** What is left to the account. @default - nothing */
  readonly except?: ConditionBlock;
}

/** CloudFormation's role in an account. @default - the production account */
export const deploysOf = ({ accounts, region }: Environment, account = accounts.production): string =>
  arn.role(account, bootstrapNames.deployRole(account, region));

const deploys = (env: Environment, account: string): string[] => [deploysOf(env, account)];
/** The eraser's role, which no template makes yet. */
export const eraserOf = (env: Environment): string => arn.role(env.accounts.production, roleNames.eraser(env));

const karpenter = (env: Environment, account: string): string =>
  arn.role(account, roleNames.karpenter(env, account === env.accounts.production ? 'production' : 'research'));

const named = (service: string, names: string): ((action: ActionOn) => boolean) => {
  const all = new Set(names.split(' ').map((name) => `${service}:${name}`));
  return ({ action }) => all.has(action);
};
/** Of the access level that iam-data gives what changes who may: one more of them is asked about as soon as it is known. */
const permissions =
  (except = ''): ((action: ActionOn) => boolean) =>
  ({ action, level }) =>
    level.includes('Permissions management') && !except.split(' ').includes(action);
const either =
  (...some: readonly ((action: ActionOn) => boolean)[]) =>
  (action: ActionOn): boolean =>
    some.some((one) => one(action));

/** By kind and type of resource. */
const GUARDED: Readonly<Record<string, readonly Guarded[]>> = {
  's3:bucket bucket': [
    {
      actions: either(
        permissions(),
        // What takes objects, or their names, elsewhere, or ends the bucket.
        named(
          's3',
          'CreateBucketMetadataTableConfiguration DeleteBucket PutBucketLogging PutBucketNotification ' +
            'PutBucketObjectLockConfiguration PutBucketVersioning ' +
            'PutBucketWebsite PutEncryptionConfiguration PutInventoryConfiguration PutLifecycleConfiguration PutReplicationConfiguration',
        ),
      ),
      by: deploys,
      needed: [
        's3:DeleteBucket',
        's3:DeleteBucketPolicy',
        's3:PutBucketNotification',
        's3:PutBucketOwnershipControls',
        's3:PutBucketPolicy',
        's3:PutBucketPublicAccessBlock',
        's3:PutBucketVersioning',
        's3:PutEncryptionConfiguration',
        's3:PutLifecycleConfiguration',
      ],
    },
  ],
  'kms:key key': [
    {
      // Retiring and revoking take a way away. Aliases and tags are what policies know a key by.
      actions: either(
        permissions('kms:CreateGrant kms:RetireGrant kms:RevokeGrant'),
        named('kms', 'CreateAlias DeleteAlias ReplicateKey TagResource UntagResource UpdateAlias UpdatePrimaryRegion'),
      ),
      by: deploys,
      needed: ['kms:CreateAlias', 'kms:DeleteAlias', 'kms:PutKeyPolicy'],
    },
    {
      actions: named('kms', 'CreateGrant'),
      by: deploys,
      // Services make theirs for volumes.
      except: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
    {
      actions: named('kms', 'CancelKeyDeletion DisableKey EnableKey ScheduleKeyDeletion'),
      by: (env, account) => [...deploys(env, account), eraserOf(env)],
      needed: ['kms:ScheduleKeyDeletion'],
      // What the eraser needs is said of the keys that it ends.
      who: deploys,
    },
  ],
  'sqs:queue queue': [
    {
      actions: either(permissions(), named('sqs', 'DeleteQueue StartMessageMoveTask')),
      by: deploys,
      needed: ['sqs:DeleteQueue', 'sqs:SetQueueAttributes'],
    },
  ],
  'sns:topic topic': [
    {
      actions: either(permissions(), named('sns', 'DeleteTopic SetSubscriptionAttributes Subscribe')),
      by: deploys,
      needed: ['sns:DeleteTopic', 'sns:SetTopicAttributes'],
    },
  ],
  'iam:role role': [
    {
      actions: either(permissions(), named('iam', 'CreateRole DeleteRole TagRole UntagRole UpdateRole')),
      by: deploys,
      needed: ['iam:DeleteRole', 'iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy'],
    },
    {
      actions: named('iam', 'PassRole'),
      // Karpenter hands nodes their role; by its own policy no other.
      by: (env, account) => [...deploys(env, account), karpenter(env, account)],
      needed: ['iam:PassRole'],
    },
  ],
  'ecr:repository repository': [
    {
      actions: permissions(),
      by: deploys,
      needed: ['ecr:DeleteRepositoryPolicy', 'ecr:SetRepositoryPolicy'],
    },
  ],
  'logs:log-group log-group': logs(),
  'logs:log-group log-stream': logs(),
};

/** A log group has no policy of its own: this is its second lock. */
function logs(): readonly Guarded[] {
  const shows = either(
    // All that reads but what tells of a group and not of what is in it.
    ({ action, level }) =>
      level.includes('Read') &&
      !['logs:GetDataProtectionPolicy', 'logs:GetLogGroupFields', 'logs:GetTransformer'].includes(action),
    named(
      'logs',
      'CreateExportTask CreateLogAnomalyDetector IntegrateWithDataset IntegrateWithS3Table ProcessWithPipeline',
    ),
  );
  return [
    {
      actions: shows,
      by: (env) => env.clusters.production.administrators,
      needed: ['logs:FilterLogEvents', 'logs:GetLogEvents'],
    },
    {
      actions: named('logs', 'AssociateKmsKey DeleteLogGroup DeleteLogStream DisassociateKmsKey PutSubscriptionFilter'),
      by: deploys,
      needed: ['logs:AssociateKmsKey', 'logs:DeleteLogGroup'],
    },
  ];
}

/** What the organisation's policies keep for a few on a type of a kind of resource. */
export const guardedOn = (kind: ResourceKind, type: string): readonly Guarded[] => GUARDED[`${kind} ${type}`] ?? [];
