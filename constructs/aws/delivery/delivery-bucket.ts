import type { CfnTag } from 'aws-cdk-lib';
import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledgeLockedBucket, lockedBucket } from '../locked-bucket';
import { retain } from '../retention';
import { deliveryBucketPolicy, deliveryKeyPolicy, type DeliveryPrincipals } from './delivery-policies';

export interface DeliveryBucketProps {
  readonly bucketName: string;
  readonly keyAlias: string;
  readonly principals: DeliveryPrincipals;
  readonly tags: CfnTag[];
}

/** Days that a replaced or deleted version of rendered objects stays, to see what a cluster was told. */
const NONCURRENT_DAYS = 365;

/** The bucket from which Flux applies a cluster's objects: versioned, under its own key, retained. */
export class DeliveryBucket extends Construct {
  /** ARN of the key, as a reference. */
  readonly keyArn: string;

  constructor(scope: Construct, id: string, props: DeliveryBucketProps) {
    super(scope, id);
    const { bucketName, principals, tags } = props;
    const key = retain(
      new CfnKey(this, 'Key', {
        description: `Rendered Kubernetes objects in ${bucketName}`,
        enableKeyRotation: true,
        keyPolicy: deliveryKeyPolicy(principals),
        tags,
      }),
    );
    new CfnAlias(this, 'KeyAlias', { aliasName: props.keyAlias, targetKeyId: key.ref });
    this.keyArn = key.attrArn;
    const bucket = retain(
      new CfnBucket(this, 'Bucket', {
        bucketName,
        ...lockedBucket(this.keyArn),
        lifecycleConfiguration: {
          rules: [
            {
              id: 'everything',
              status: 'Enabled',
              noncurrentVersionExpiration: { noncurrentDays: NONCURRENT_DAYS },
              abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
            },
          ],
        },
        tags,
      }),
    );
    acknowledgeLockedBucket(
      bucket,
      'every object is rendered again from the repository by a deploy; its versions are history, not the only copy',
    );
    const policy = new CfnBucketPolicy(this, 'BucketPolicy', {
      bucket: bucketName,
      policyDocument: deliveryBucketPolicy(principals, this.keyArn),
    });
    retain(policy).addResourceDependency(bucket);
  }
}
