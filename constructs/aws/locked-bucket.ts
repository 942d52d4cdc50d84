import type { CfnBucket, CfnBucketProps } from 'aws-cdk-lib/aws-s3';
import { acknowledge } from './acknowledge';

/**
 * What no bucket of ours goes without: versions, encryption by its own KMS key with a bucket key, its owner's ownership of every
 * object, and no public access of any kind. None of it is a choice of the bucket's, so that it is not a prop either.
 */
export function lockedBucket(
  keyArn: string,
): Pick<
  CfnBucketProps,
  'versioningConfiguration' | 'bucketEncryption' | 'ownershipControls' | 'publicAccessBlockConfiguration'
> {
  return {
    versioningConfiguration: { status: 'Enabled' },
    bucketEncryption: {
      serverSideEncryptionConfiguration: [
        {
          bucketKeyEnabled: true,
          serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn },
        },
      ],
    },
    ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
    publicAccessBlockConfiguration: {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
  };
}

/**
 * Accepts what cdk-nag finds of every bucket of ours: no access log of its own, and no copy elsewhere.
 * @param noReplica why there is none
 */
export function acknowledgeLockedBucket(bucket: CfnBucket, noReplica: string): void {
  acknowledge(
    bucket,
    ['AwsSolutions-S1', 'NIST.800.53.R5-S3BucketLoggingEnabled'],
    "the organisation trail's data events record every object request in the audit account, with the session that made it",
  );
  acknowledge(bucket, ['NIST.800.53.R5-S3BucketReplicationEnabled'], noReplica);
}
