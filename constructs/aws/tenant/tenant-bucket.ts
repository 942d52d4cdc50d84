import { CfnBucket, CfnBucketPolicy, type CfnBucketProps } from 'aws-cdk-lib/aws-s3';
import type { CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { tenantNames } from '../../../schema/names';
import { CHECKPOINT_DAYS } from '../../../schema/pipeline-job';
import { TRAINING_CHECKPOINT_DAYS } from '../../../schema/training-job';
import { BUCKET_PREFIXES } from '../../../schema/vocabulary';
import { acknowledgeLockedBucket, lockedBucket } from '../locked-bucket';
import { type Attribute, resolvedJson } from '../resolved-json';
import { tenantBucketPolicy } from './bucket-policy';
import { retain } from '../retention';
import { rawPrefix } from './tenant-events';
import type { TenantScope } from './tenant-scope';

/** Days that an overwritten or deleted version stays: long enough to undo a bad job, short against every retention. */
const NONCURRENT_DAYS = 7;
/** Days that a version stays after retention has expired it: S3's shortest, so that retention means what it says. */
const EXPIRED_VERSION_DAYS = 1;
const ABORT_MULTIPART_DAYS = 7;

/**
 * The bucket of one tenant and its policy. The topic's policy must exist first: S3 checks on every change of the notifications that it
 * may publish.
 */
export function tenantBucket(
  parent: Construct,
  scope: TenantScope,
  props: { readonly keyArn: Attribute; readonly topicPolicy: CfnTopicPolicy | undefined },
): CfnBucket {
  const bucketName = tenantNames.bucket(scope.env, scope.tenant.id);
  const bucket = retain(
    new CfnBucket(parent, 'Bucket', {
      bucketName,
      ...lockedBucket(props.keyArn.text),
      lifecycleConfiguration: { rules: lifecycleRules(scope) },
      ...notifications(scope),
      tags: scope.tags,
    }),
  );
  if (props.topicPolicy !== undefined) bucket.addResourceDependency(props.topicPolicy);
  acknowledgeLockedBucket(
    bucket,
    "a tenant's contract names one region and an erasure must find every copy: versions protect against a bad job instead",
  );
  const policy = new CfnBucketPolicy(parent, 'BucketPolicy', {
    bucket: bucketName,
    policyDocument: resolvedJson(tenantBucketPolicy(scope, props.keyArn.json)),
  });
  // By name, so that the template resolves nothing; the order has to be said then.
  retain(policy).addResourceDependency(bucket);
  return bucket;
}

function lifecycleRules(scope: TenantScope): CfnBucket.RuleProperty[] {
  const raw = scope.tenant.data.map(({ class: name, retentionDays }) => ({
    id: `raw-${name}`,
    status: 'Enabled',
    prefix: `${BUCKET_PREFIXES.raw}${name}/`,
    expirationInDays: retentionDays,
    noncurrentVersionExpiration: { noncurrentDays: EXPIRED_VERSION_DAYS },
  }));
  const everything = {
    id: 'everything',
    status: 'Enabled',
    noncurrentVersionExpiration: { noncurrentDays: NONCURRENT_DAYS },
    abortIncompleteMultipartUpload: { daysAfterInitiation: ABORT_MULTIPART_DAYS },
    expiredObjectDeleteMarker: true,
  };
  const checkpoints = {
    id: 'checkpoints',
    status: 'Enabled',
    prefix: BUCKET_PREFIXES.checkpoints,
    expirationInDays: CHECKPOINT_DAYS,
    noncurrentVersionExpiration: { noncurrentDays: EXPIRED_VERSION_DAYS },
  };
  const trainings = {
    ...checkpoints,
    id: 'trainings',
    prefix: BUCKET_PREFIXES.trainings,
    expirationInDays: TRAINING_CHECKPOINT_DAYS,
  };
  return [...raw, checkpoints, trainings, everything];
}

/** One filter for each pipeline, so that what no pipeline reads publishes nothing. */
function notifications(scope: TenantScope): Pick<CfnBucketProps, 'notificationConfiguration'> {
  if (!scope.notifies) return {};
  return {
    notificationConfiguration: {
      topicConfigurations: scope.pipelines.map((pipeline) => ({
        event: 's3:ObjectCreated:*',
        topic: scope.eventsTopicArn,
        filter: { s3Key: { rules: [{ name: 'prefix', value: rawPrefix(pipeline) }] } },
      })),
    },
  };
}
