import * as kms from '@pulumi/aws/kms';
import type { CustomResourceOptions } from '@pulumi/pulumi';
import type { PolicyDocument } from './statement';

/** Days between the request to delete a key and its deletion: the longest that KMS has. */
const PENDING_WINDOW_DAYS = 30;

export interface KeptKeyArgs {
  readonly alias: string;
  readonly description: string;
  readonly policy: PolicyDocument;
}

/** A key and its alias. Neither a replacement nor `pulumi destroy` takes it away: with a key goes all that it encrypts. */
export function keptKey(name: string, args: KeptKeyArgs, options: CustomResourceOptions): kms.Key {
  const key = new kms.Key(
    `${name}-key`,
    {
      description: args.description,
      enableKeyRotation: true,
      deletionWindowInDays: PENDING_WINDOW_DAYS,
      policy: JSON.stringify(args.policy),
    },
    { ...options, protect: true, retainOnDelete: true },
  );
  new kms.Alias(`${name}-key-alias`, { name: args.alias, targetKeyId: key.keyId }, options);
  return key;
}
