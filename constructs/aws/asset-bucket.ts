import { DefaultStackSynthesizer, type Stack } from 'aws-cdk-lib';

/**
 * The bucket of the account's CDK bootstrap, to which a deploy uploads; its name is the bootstrap's own convention.
 *
 * Whoever reads it needs `s3:GetObject` and no right on its key: the key that `--bootstrap-customer-key` makes lets every principal
 * of the account decrypt through S3 (`lib/api/bootstrap/bootstrap-template.yaml` of aws-cdk; `test/infra/bootstrap.test.ts` holds
 * it), and within an account the key's policy is enough
 * (https://repost.aws/knowledge-center/s3-large-file-encryption-kms-key, 2026-11-25).
 */
export function assetBucketName(stack: Stack): string {
  const qualifier = stack.synthesizer.bootstrapQualifier ?? DefaultStackSynthesizer.DEFAULT_QUALIFIER;
  return `cdk-${qualifier}-assets-${stack.account}-${stack.region}`;
}
