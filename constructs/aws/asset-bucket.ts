import { DefaultStackSynthesizer, type Stack } from 'aws-cdk-lib';

/** The bucket of the account's CDK bootstrap, to which a deploy uploads; its name is the bootstrap's own convention. */
export function assetBucketName(stack: Stack): string {
  const qualifier = stack.synthesizer.bootstrapQualifier ?? DefaultStackSynthesizer.DEFAULT_QUALIFIER;
  return `cdk-${qualifier}-assets-${stack.account}-${stack.region}`;
}
