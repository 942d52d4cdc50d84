import type { PolicyText, Statement } from '../statement';

/** Refuses whatever is not over TLS 1.2 or newer. `s3:*` is safe here: no deploy speaks without TLS. */
export function insecureTransportDenials(bucketArn: string): Statement[] {
  const base = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [bucketArn, `${bucketArn}/*`] } as const;
  return [
    { Sid: 'TlsOnly', ...base, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    { Sid: 'Tls12OrNewer', ...base, Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } },
  ];
}

const ALGORITHM = 's3:x-amz-server-side-encryption';
const KEY_ID = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const CUSTOMER_ALGORITHM = 's3:x-amz-server-side-encryption-customer-algorithm';

/**
 * Refuses every write that asks for another encryption than the bucket's own. A write without a header is right: the bucket's
 * default applies. So each statement asks with `Null` whether the header is there; `StringNotEqualsIfExists` would refuse that write.
 */
export function encryptionDenials(bucketArn: string, keyArn: PolicyText): Statement[] {
  const base = { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: `${bucketArn}/*` } as const;
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
