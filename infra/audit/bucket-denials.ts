import type { Statement } from './statement';

/** What is not over TLS is refused to everybody, on whatever the statement names. */
export const TLS_ONLY = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
} as const;

const ALGORITHM = 's3:x-amz-server-side-encryption';
const KEY_ID = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const CUSTOMER_ALGORITHM = 's3:x-amz-server-side-encryption-customer-algorithm';

/**
 * Refuses every write that asks for another encryption than the bucket's own. A write without a header is right: the bucket's default
 * applies; so each statement asks with `Null` whether the header is there.
 */
export function encryptionDenials(objects: string, keyArn: string): Statement[] {
  const base = { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: objects } as const;
  return [
    {
      Sid: 'NoOtherAlgorithm',
      ...base,
      Condition: { Null: { [ALGORITHM]: 'false' }, StringNotEquals: { [ALGORITHM]: 'aws:kms' } },
    },
    // `aws:kms` without a key id means the account's `aws/s3` key, not the bucket's default.
    { Sid: 'NoDefaultAccountKey', ...base, Condition: { Null: { [ALGORITHM]: 'false', [KEY_ID]: 'true' } } },
    { Sid: 'NoOtherKey', ...base, Condition: { Null: { [KEY_ID]: 'false' }, StringNotEquals: { [KEY_ID]: keyArn } } },
    { Sid: 'NoCustomerKey', ...base, Condition: { Null: { [CUSTOMER_ALGORITHM]: 'false' } } },
  ];
}
