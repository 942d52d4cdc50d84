import type { CfnBucketProps } from 'aws-cdk-lib/aws-s3';

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
