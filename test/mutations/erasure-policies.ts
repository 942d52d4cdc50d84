import { editResource, editStatement, type Fields, type Mutation, removeResource } from './edits';

const STACK = 'tenant-acme';
const ERASER = /role\/atoll-[a-z-]+-eraser$/;

/** Takes the eraser out of a list of exempted principals. */
function withoutEraser(statement: Fields): void {
  const { ArnNotEquals } = statement['Condition'] as { ArnNotEquals: Record<string, string[]> };
  ArnNotEquals['aws:PrincipalArn'] = (ArnNotEquals['aws:PrincipalArn'] ?? []).filter((arn) => !ERASER.test(arn));
}

/** Faults of the policies by which a tenant's bucket, key and queues admit the eraser. */
export const POLICY_MUTATIONS: readonly Mutation[] = [
  {
    id: 'bucket-policy-gone',
    description: 'the bucket has no policy',
    apply: (output) => removeResource(output, STACK, 'AWS::S3::BucketPolicy'),
    expects: /not-understood tenant-acme\/Bucket: got a bucket without a policy/,
  },
  ...(['NobodyElse', 'NobodyElseLists'] as const).map((sid) => ({
    id: `bucket-policy-refuses-eraser-${sid}`,
    description: `the bucket policy's ${sid} does not exempt the eraser`,
    apply: (output: Parameters<Mutation['apply']>[0]) =>
      editResource(output, STACK, 'AWS::S3::BucketPolicy', ({ PolicyDocument }) => {
        editStatement(PolicyDocument, sid, withoutEraser);
      }),
    expects: new RegExp(`closed tenant-acme/Bucket: the bucket policy: ${sid} refuses the eraser s3:`),
  })),
  {
    id: 'bucket-policy-denies-by-unknown-key',
    description: 'a Deny for everybody hangs on a condition key that is not known',
    apply: (output) =>
      editResource(output, STACK, 'AWS::S3::BucketPolicy', ({ PolicyDocument }) => {
        editStatement(PolicyDocument, 'NobodyElse', (statement) => {
          statement['Condition'] = { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } };
        });
      }),
    expects: /not-understood tenant-acme\/Bucket: .*may refuse the eraser .*: condition key aws:SourceVpc is not known/,
  },
  {
    id: 'bucket-policy-denies-by-unknown-operator',
    description: 'a Deny for everybody uses an operator that is not known',
    apply: (output) =>
      editResource(output, STACK, 'AWS::S3::BucketPolicy', ({ PolicyDocument }) => {
        editStatement(PolicyDocument, 'NobodyElse', (statement) => {
          statement['Condition'] = { BinaryEquals: { 'aws:PrincipalArn': 'eA==' } };
        });
      }),
    expects: /not-understood tenant-acme\/Bucket: .*operator BinaryEquals is not known/,
  },
  {
    id: 'key-that-nobody-disables',
    description: 'the key policy refuses the account its administration',
    apply: (output) =>
      editResource(output, STACK, 'AWS::KMS::Key', ({ KeyPolicy }) => {
        editStatement(KeyPolicy, 'AccountAdministersWithoutUse', (statement) => {
          statement['Effect'] = 'Deny';
        });
      }),
    expects: /closed tenant-acme\/Key: the key policy allows the eraser no kms:DisableKey/,
  },
  {
    id: 'key-that-nobody-deletes',
    description: 'nobody may schedule the deletion of the key',
    apply: (output) =>
      editResource(output, STACK, 'AWS::KMS::Key', ({ KeyPolicy }) => {
        editStatement(KeyPolicy, 'AccountAdministersWithoutUse', (statement) => {
          statement['Action'] = (statement['Action'] as string[]).filter((each) => each !== 'kms:ScheduleKeyDeletion');
        });
      }),
    expects: /closed tenant-acme\/Key: the key policy allows the eraser no kms:ScheduleKeyDeletion/,
  },
  {
    id: 'queue-policy-refuses-eraser',
    description: "a queue's policy does not exempt the eraser",
    apply: (output) =>
      editResource(output, STACK, 'AWS::SQS::QueuePolicy', ({ PolicyDocument }) => {
        editStatement(PolicyDocument, 'NobodyElse', withoutEraser);
      }),
    expects: /closed tenant-acme\/\w+Queue: the queue policy: NobodyElse refuses the eraser sqs:PurgeQueue/,
  },
];
