import { arn } from '../../../schema/arns';
import type { Environment } from '../../../schema/model';
import { bootstrapNames, bucketPatterns, ownPatterns, roleNames } from '../../../schema/names';
import { CLUSTERS } from '../../../schema/vocabulary';
import { type PolicyDocument, policyDocument } from '../statement';
import { denied } from './guard-rail';
import { deployRoles } from './deploy-roles';

/** What opens a bucket, or lets its objects go elsewhere. */
const BUCKET_CHANGES = [
  's3:CreateBucketMetadataTableConfiguration',
  's3:DeleteBucket',
  's3:DeleteBucketPolicy',
  's3:PutBucketAcl',
  's3:PutBucketLogging',
  's3:PutBucketNotification',
  's3:PutBucketObjectLockConfiguration',
  's3:PutBucketOwnershipControls',
  's3:PutBucketPolicy',
  's3:PutBucketPublicAccessBlock',
  's3:PutBucketVersioning',
  's3:PutBucketWebsite',
  's3:PutEncryptionConfiguration',
  's3:PutInventoryConfiguration',
  's3:PutLifecycleConfiguration',
  's3:PutReplicationConfiguration',
] as const;

/** Ways to a bucket's objects that have a policy of their own, and the switch that keeps all of them from the public. */
const ACCESS_POINTS = [
  's3:CreateAccessGrant',
  's3:CreateAccessGrantsInstance',
  's3:CreateAccessPoint',
  's3:CreateMultiRegionAccessPoint',
  's3:PutAccessPointPolicy',
  's3:PutAccountPublicAccessBlock',
  's3:PutMultiRegionAccessPointPolicy',
] as const;

const KEY_CHANGES = [
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:PutKeyPolicy',
  'kms:ReplicateKey',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdatePrimaryRegion',
] as const;

/** By these an erasure freezes a tenant, takes that back, and ends. */
const KEY_ENDS = ['kms:CancelKeyDeletion', 'kms:DisableKey', 'kms:EnableKey', 'kms:ScheduleKeyDeletion'] as const;

const QUEUE_CHANGES = [
  'sqs:AddPermission',
  'sqs:DeleteQueue',
  'sqs:RemovePermission',
  'sqs:SetQueueAttributes',
  'sqs:StartMessageMoveTask',
] as const;
const TOPIC_CHANGES = [
  'sns:AddPermission',
  'sns:DeleteTopic',
  'sns:RemovePermission',
  'sns:SetSubscriptionAttributes',
  'sns:SetTopicAttributes',
  'sns:Subscribe',
] as const;
const OTHER_POLICIES = [
  'ec2:CreateVpcEndpoint',
  'ec2:DeleteVpcEndpoints',
  'ec2:ModifyVpcEndpoint',
  'ecr:DeleteRepositoryPolicy',
  'ecr:PutRegistryPolicy',
  'ecr:SetRepositoryPolicy',
  'secretsmanager:DeleteResourcePolicy',
  'secretsmanager:PutResourcePolicy',
] as const;

/** Only a deploy changes the policies that are the locks of an environment: of buckets, keys, queues, topics and endpoints. */
export function policyChanges(env: Environment): PolicyDocument {
  const { execution } = deployRoles(env);
  const own = ownPatterns(env);
  const accounts = CLUSTERS.map((cluster) => env.accounts[cluster]);
  const eraser = arn.role(env.accounts.production, roleNames.eraser(env));
  const assets = accounts.map((account) => arn.bucket(bootstrapNames.assetsBucket(account, env.region)));
  return policyDocument(
    denied('BucketsByDeploysOnly', BUCKET_CHANGES, [bucketPatterns.environment(env), ...assets], execution),
    denied('WaysToBucketsByDeploysOnly', ACCESS_POINTS, '*', execution),
    denied('KeysByDeploysOnly', KEY_CHANGES, '*', execution),
    denied('KeysEndByErasureOnly', KEY_ENDS, '*', [...execution, eraser]),
    {
      // A grant is a way to Decrypt that no policy shows. Services make theirs for volumes and registries.
      ...denied('GrantsOnKeysByDeploysOnly', 'kms:CreateGrant', '*', execution),
      Condition: {
        ArnNotLike: { 'aws:PrincipalArn': execution },
        BoolIfExists: { 'kms:GrantIsForAWSResource': 'false' },
      },
    },
    denied(
      'QueuesByDeploysOnly',
      QUEUE_CHANGES,
      CLUSTERS.flatMap((cluster) => own.map((name) => arn.queue(env, cluster, name))),
      execution,
    ),
    denied(
      'TopicsByDeploysOnly',
      TOPIC_CHANGES,
      CLUSTERS.flatMap((cluster) => own.map((name) => arn.topic(env, cluster, name))),
      execution,
    ),
    denied('OtherPoliciesByDeploysOnly', OTHER_POLICIES, '*', execution),
  );
}
