import type { CfnTag } from 'aws-cdk-lib';
import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Environment } from '../../../schema/model';
import { servingNames } from '../../../schema/serving-names';
import { acknowledgeLockedBucket, lockedBucket } from '../locked-bucket';
import { retain } from '../retention';
import { modelStoreBucketPolicy, modelStoreKeyPolicy } from './model-store-policies';

export interface ModelStoreProps {
  readonly env: Environment;
  /** Ids of all servers. */
  readonly servers: readonly string[];
  readonly tags: CfnTag[];
}

/** Days that a version stays once something else took its place: long enough to roll back to the release before. */
const NONCURRENT_DAYS = 90;

/**
 * Where released weights of common models lie, in the account of the servers. A common model that grants let train on tenants' data is made of it,
 * so that its lineage names them: the flow of an erasure retires such a release and lists what is to be trained anew.
 */
export class ModelStore extends Construct {
  constructor(scope: Construct, id: string, { env, servers, tags }: ModelStoreProps) {
    super(scope, id);
    const roles = servers.map((server) => servingNames.roleArn(env, server));
    const key = retain(
      new CfnKey(this, 'Key', {
        description: `Common models of ${env.name}`,
        enableKeyRotation: true,
        keyPolicy: modelStoreKeyPolicy(env, roles),
        tags,
      }),
    );
    new CfnAlias(this, 'KeyAlias', { aliasName: servingNames.keyAlias(env), targetKeyId: key.ref });
    const bucketName = servingNames.bucket(env);
    const bucket = retain(
      new CfnBucket(this, 'Bucket', {
        bucketName,
        ...lockedBucket(key.attrArn),
        lifecycleConfiguration: {
          rules: [
            {
              id: 'everything',
              status: 'Enabled',
              noncurrentVersionExpiration: { noncurrentDays: NONCURRENT_DAYS },
              abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
              expiredObjectDeleteMarker: true,
            },
          ],
        },
        tags,
      }),
    );
    acknowledgeLockedBucket(bucket, 'a release lies where it was trained as well, and is copied again by its digest');
    const policy = new CfnBucketPolicy(this, 'BucketPolicy', {
      bucket: bucketName,
      policyDocument: modelStoreBucketPolicy(env, key.attrArn, roles),
    });
    retain(policy).addResourceDependency(bucket);
  }
}
