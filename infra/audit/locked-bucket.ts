import * as s3 from '@pulumi/aws/s3';
import type { CustomResourceOptions, Input } from '@pulumi/pulumi';

export interface LockedBucketArgs {
  readonly bucket: string;
  readonly keyArn: Input<string>;
  /** The bucket's policy as JSON. */
  readonly policy: Input<string>;
  /**
   * Days for which nobody, the root user included, deletes a version or shortens this for one that is there. Object Lock in compliance
   * mode cannot be lifted (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html, 2026-11-25).
   * @default - no Object Lock
   */
  readonly lockDays?: number;
  readonly lifecycleRules: s3.BucketLifecycleConfigurationArgs['rules'];
}

export interface LockedBucket {
  readonly bucket: s3.Bucket;
  /** Everything that makes the bucket what it is: who writes to it waits for these. */
  readonly parts: readonly (s3.Bucket | s3.BucketPolicy | s3.BucketObjectLockConfiguration)[];
}

/**
 * A bucket with versions, its own key, its owner's ownership of every object and no public access of any kind; retained, whatever is
 * destroyed.
 */
export function lockedBucket(name: string, args: LockedBucketArgs, options: CustomResourceOptions): LockedBucket {
  const kept = { ...options, protect: true, retainOnDelete: true };
  const { bucket: bucketName } = args;
  const bucket = new s3.Bucket(name, { bucket: bucketName, objectLockEnabled: args.lockDays !== undefined }, kept);
  const after = { ...kept, dependsOn: bucket };
  const versioning = new s3.BucketVersioning(
    `${name}-versioning`,
    { bucket: bucketName, versioningConfiguration: { status: 'Enabled' } },
    after,
  );
  new s3.BucketServerSideEncryptionConfiguration(
    `${name}-encryption`,
    {
      bucket: bucketName,
      rules: [
        {
          bucketKeyEnabled: true,
          applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: args.keyArn },
        },
      ],
    },
    after,
  );
  new s3.BucketOwnershipControls(
    `${name}-ownership`,
    { bucket: bucketName, rule: { objectOwnership: 'BucketOwnerEnforced' } },
    after,
  );
  const closed = new s3.BucketPublicAccessBlock(
    `${name}-public-access`,
    {
      bucket: bucketName,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    after,
  );
  // S3 answers one change of a bucket's access at a time (OperationAborted), so the policy follows the block.
  const policy = new s3.BucketPolicy(
    `${name}-policy`,
    { bucket: bucketName, policy: args.policy },
    { ...kept, dependsOn: [bucket, closed] },
  );
  new s3.BucketLifecycleConfiguration(
    `${name}-lifecycle`,
    { bucket: bucketName, ...(args.lifecycleRules === undefined ? {} : { rules: args.lifecycleRules }) },
    { ...after, dependsOn: versioning },
  );
  const lock =
    args.lockDays === undefined
      ? []
      : [objectLock(name, bucketName, args.lockDays, { ...kept, dependsOn: versioning })];
  return { bucket, parts: [bucket, policy, ...lock] };
}

function objectLock(
  name: string,
  bucket: string,
  days: number,
  options: CustomResourceOptions,
): s3.BucketObjectLockConfiguration {
  return new s3.BucketObjectLockConfiguration(
    `${name}-lock`,
    { bucket, objectLockEnabled: 'Enabled', rule: { defaultRetention: { mode: 'COMPLIANCE', days } } },
    options,
  );
}
