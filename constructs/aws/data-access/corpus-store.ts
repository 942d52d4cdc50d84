import type { CfnTag } from 'aws-cdk-lib';
import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { corpusNames } from '../../../schema/access-names';
import { GRANT_MAX_DAYS } from '../../../schema/grant';
import type { Environment } from '../../../schema/model';
import { tags } from '../../../schema/names';
import type { Corpus } from '../../../schema/source';
import { explain } from '../acknowledge';
import { acknowledgeLockedBucket, lockedBucket } from '../locked-bucket';
import { retain } from '../retention';
import { corpusBucketPolicy, corpusKeyPolicy, corpusPrincipals } from './corpus-policies';

export interface CorpusProps {
  readonly env: Environment;
  readonly corpus: Corpus;
}

/**
 * Where a shared corpus lies: a bucket under a key of its own. No tenant's data is in it, so that no eraser comes here; what its licence
 * withdraws, the import role takes out. A version that was replaced or taken out stays as long as a grant may last.
 */
export class CorpusStore extends Construct {
  constructor(scope: Construct, id: string, props: CorpusProps) {
    super(scope, id);
    const { env, corpus } = props;
    const principals = corpusPrincipals(env, corpus);
    const ownTags = tagsOf(env);
    const key = retain(
      new CfnKey(this, 'Key', {
        description: `Corpus ${corpus.id} of ${env.name}`,
        enableKeyRotation: true,
        keyPolicy: corpusKeyPolicy(principals),
        tags: ownTags,
      }),
    );
    new CfnAlias(this, 'KeyAlias', { aliasName: corpusNames.keyAlias(env, corpus.id), targetKeyId: key.ref });
    const bucketName = corpusNames.bucket(env, corpus.id);
    const bucket = retain(
      new CfnBucket(this, 'Bucket', {
        bucketName,
        ...lockedBucket(key.attrArn),
        lifecycleConfiguration: {
          rules: [
            {
              id: 'everything',
              status: 'Enabled',
              noncurrentVersionExpiration: { noncurrentDays: GRANT_MAX_DAYS },
              abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
              expiredObjectDeleteMarker: true,
            },
          ],
        },
        tags: ownTags,
      }),
    );
    explain(
      bucket,
      "holds no tenant's data, so that nothing here is erased with one: a shared corpus, under its licence",
    );
    acknowledgeLockedBucket(bucket, 'a corpus is a copy of what its licensor has, and is imported again');
    const policy = new CfnBucketPolicy(this, 'BucketPolicy', {
      bucket: bucketName,
      policyDocument: corpusBucketPolicy(principals, key.attrArn),
    });
    retain(policy).addResourceDependency(bucket);
  }
}

const tagsOf = (env: Environment): CfnTag[] => [
  { key: tags.environment, value: env.name },
  { key: tags.owner, value: 'platform' },
  { key: tags.room, value: 'corpora' },
];
