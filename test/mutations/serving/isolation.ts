import { servingNames } from '../../../schema/serving-names';
import { editResource, type Fields, type Mutation, removeResource, set as setProperty } from '../edits';

const STACK = servingNames.stack;
const named = (text: string) => (properties: Fields) => JSON.stringify(properties).includes(text);

const policies = (
  id: string,
  type: string,
  text: string,
  edit: (properties: Fields) => void,
  expects: RegExp,
): Mutation => ({
  id: `serving: ${id}`,
  description: 'a policy',
  apply: (output) => editResource(output, STACK, type, edit, named(text)),
  expects,
});

/** Faults of the roles and stores of serving, for the proof of isolation. */
export const SERVING_ISOLATION_MUTATIONS: readonly Mutation[] = [
  policies(
    'a server reads a tenant that does not lie on it',
    'AWS::IAM::ManagedPolicy',
    'atoll-sample-birch-',
    (properties) => {
      setProperty(
        properties,
        'PolicyDocument.Statement.0.Resource.1',
        'arn:aws:s3:::atoll-sample-dahlia-222222222222/models/*',
      );
    },
    /(?:one-lock-left|open) .*tenant-dahlia\/Bucket: .*atoll-sample-server-/,
  ),
  policies(
    'a server reads what tenants hand over',
    'AWS::IAM::ManagedPolicy',
    'atoll-sample-acme-',
    (properties) => {
      setProperty(properties, 'PolicyDocument.Statement.0.Resource.1', 'arn:aws:s3:::atoll-sample-acme-222222222222/*');
    },
    /one-lock-left .*tenant-acme\/Bucket: .*atoll-sample-server-/,
  ),
  policies(
    'a server reads nothing of its tenants',
    'AWS::IAM::ManagedPolicy',
    'atoll-sample-acme-',
    (properties) => {
      setProperty(properties, 'PolicyDocument.Statement.0.Action', 's3:GetObjectTagging');
    },
    /closed .*model server/,
  ),
  policies(
    'a pod of another namespace is a server',
    'AWS::IAM::Role',
    'atoll-sample-server-triton-0',
    (properties) => {
      setProperty(properties, 'AssumeRolePolicyDocument.Statement.0.Condition.StringEquals', {
        'aws:SourceAccount': '222222222222',
      });
    },
    /atoll-sample-server-triton-0/,
  ),
  policies(
    'common models are open to the account',
    'AWS::S3::BucketPolicy',
    'NobodyElse',
    (properties) => {
      const statements = (properties['PolicyDocument'] as { Statement: { Sid: string }[] }).Statement;
      setProperty(
        properties,
        'PolicyDocument.Statement',
        statements.filter(({ Sid }) => Sid !== 'NobodyElse'),
      );
    },
    /one-lock-left .*production-serving\/ModelsBucket/,
  ),
  policies(
    'the key of common models is open to the account',
    'AWS::KMS::Key',
    'Common models',
    (properties) => {
      const statements = (properties['KeyPolicy'] as { Statement: { Sid: string }[] }).Statement;
      const rest = statements.filter(({ Sid }) => Sid !== 'NobodyElseUses');
      setProperty(properties, 'KeyPolicy.Statement', [
        ...rest,
        {
          Sid: 'Wide',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::222222222222:root' },
          Action: 'kms:Decrypt',
          Resource: '*',
        },
      ]);
    },
    /one-lock-left .*production-serving\/ModelsKey/,
  ),
  policies(
    'the import of models reads them',
    'AWS::IAM::Role',
    'atoll-sample-model-import',
    (properties) => {
      setProperty(properties, 'Policies.0.PolicyDocument.Statement.0.Action', ['s3:PutObject', 's3:GetObject']);
    },
    /one-lock-left .*production-serving\/ModelsBucket.*model-import|closed .*import of common models/,
  ),
  policies(
    'anybody of the organisation imports models',
    'AWS::IAM::Role',
    'atoll-sample-model-import',
    (properties) => {
      setProperty(properties, 'AssumeRolePolicyDocument.Statement.0.Condition', {
        StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
      });
    },
    /model-import/,
  ),
  {
    id: 'serving: the recorder writes common models',
    description: 'a policy',
    apply: (output) =>
      editResource(output, 'production-ingest', 'AWS::IAM::Role', (properties) => {
        setProperty(
          properties,
          'Policies.0.PolicyDocument.Statement.1.Resource',
          'arn:aws:s3:::atoll-sample-delivery-production-222222222222/*',
        );
      }),
    expects: /one-lock-left .*production-serving\/ModelsBucket.*atoll-sample-ingest/,
  },
  {
    id: 'serving: a tenant admits every server',
    description: 'a policy',
    apply: (output) =>
      editResource(output, 'tenant-birch', 'AWS::KMS::Key', (properties) => {
        const text = JSON.stringify(properties['KeyPolicy']).replaceAll(
          'role/atoll-sample-server-vllm-0',
          'role/atoll-sample-server-*',
        );
        setProperty(properties, 'KeyPolicy', JSON.parse(text) as unknown);
      }),
    expects: /one-lock-left .*tenant-birch\/Key/,
  },
  {
    id: 'serving: the stack delivers nothing',
    description: 'a delivery',
    apply: (output) => removeResource(output, STACK, 'Custom::AtollDelivery'),
    expects: /closed .*production-serving: serving\/objects\.yaml: got no delivery/,
  },
];
