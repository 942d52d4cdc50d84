import { addObject, editResource, editStack, type Fields, type Mutation, set } from './edits';

const STACK = 'tenant-acme';
/** A text of this many characters. */
const long = (characters: number): string => 'x'.repeat(characters);
const statement = (characters: number): Fields => ({ Sid: 'Long', Effect: 'Deny', Resource: long(characters) });

const many = (
  id: string,
  description: string,
  [stack, type, count]: readonly [stack: string, type: string, count: number],
  expects: RegExp,
): Mutation => ({
  id,
  description,
  apply: (output) =>
    editStack(output, stack, ({ Resources }) => {
      for (let i = 0; i < count; i++) Resources[`Added${i}`] = { Type: type, Properties: {} };
    }),
  expects,
});

const longer = (
  id: string,
  description: string,
  [stack, type, path]: readonly [stack: string, type: string, path: string],
  value: unknown,
  expects: RegExp,
): Mutation => ({
  id,
  description,
  apply: (output) =>
    editResource(
      output,
      stack,
      type,
      (properties) => {
        set(properties, path, value);
      },
      type === 'AWS::EC2::VPCEndpoint' ? ({ PolicyDocument }) => PolicyDocument !== undefined : undefined,
    ),
  expects,
});

/** Faults of limits in the sample environment. */
export const LIMITS_MUTATIONS: readonly Mutation[] = [
  many(
    'template-of-too-many-resources',
    'a template has more resources than CloudFormation takes',
    ['production-network', 'AWS::SSM::Parameter', 500],
    /over production-network: resources per template: got \d+ resources, expected at most 500, which nobody raises/,
  ),
  {
    id: 'template-too-big',
    description: 'a template is bigger than CloudFormation takes',
    apply: (output) =>
      editStack(output, 'production-network', (draft) => {
        draft.Resources['Added'] = { Type: 'AWS::SSM::Parameter', Properties: { Value: long(1_000_000) } };
      }),
    expects: /over production-network: template size: got \d+ bytes, expected at most 1000000, which nobody raises/,
  },
  {
    id: 'template-of-too-many-outputs',
    description: 'a template has more outputs than CloudFormation takes',
    apply: (output) =>
      editStack(output, 'production-network', (draft) => {
        set(draft, 'Outputs', Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`O${i}`, { Value: 'v' }])));
      }),
    expects: /over production-network: outputs per template: got 201 outputs, expected at most 200/,
  },
  many(
    'too-many-access-entries',
    'a cluster has more access entries than EKS takes',
    ['production-cluster', 'AWS::EKS::AccessEntry', 3000],
    /over production account: EKS access entries per cluster: got \d+ entries, expected at most 3000/,
  ),
  many(
    'too-many-associations',
    'a cluster has more Pod Identity associations than EKS takes',
    [STACK, 'AWS::EKS::PodIdentityAssociation', 5000],
    /over production account: Pod Identity associations per cluster: got \d+ associations, expected at most 5000/,
  ),
  many(
    'too-many-managed-policies',
    'an account has more managed policies than AWS raises to',
    ['production-cluster', 'AWS::IAM::ManagedPolicy', 5000],
    /over production account: customer managed policies per account: got \d+ policies, expected at most 1500, raised to 5000 at most/,
  ),
  longer(
    'bucket-policy-too-long',
    "a tenant's bucket policy is longer than S3 takes",
    [STACK, 'AWS::S3::BucketPolicy', 'PolicyDocument.Statement.0'],
    statement(20_480),
    /over tenant-acme\/BucketPolicy: bucket policy: got \d+ bytes, expected at most 20480/,
  ),
  longer(
    'key-policy-too-long',
    "a tenant's key policy is longer than KMS takes",
    [STACK, 'AWS::KMS::Key', 'KeyPolicy.Statement.0'],
    statement(32_768),
    /over tenant-acme\/Key: key policy: got \d+ bytes, expected at most 32768/,
  ),
  longer(
    'queue-policy-too-long',
    "a queue's policy is longer than SQS takes",
    [STACK, 'AWS::SQS::QueuePolicy', 'PolicyDocument.Statement.0'],
    statement(8_192),
    /over tenant-acme\/\w+QueuePolicy: queue policy: got \d+ bytes, expected at most 8192/,
  ),
  longer(
    'endpoint-policy-too-long',
    "an endpoint's policy is longer than a VPC takes",
    ['production-network', 'AWS::EC2::VPCEndpoint', 'PolicyDocument.Statement.0'],
    statement(20_480),
    /over production-network\/\w+: VPC endpoint policy: got \d+ characters, expected at most 20480/,
  ),
  longer(
    'inline-policies-too-long',
    "a tenant's role has longer inline policies than IAM takes",
    [STACK, 'AWS::IAM::Role', 'Policies.0.PolicyDocument.Statement.0'],
    statement(10_240),
    /over tenant-acme\/Role: inline policies of a role together: got \d+ characters, expected at most 10240/,
  ),
  longer(
    'managed-policy-too-long',
    'a managed policy is longer than IAM takes',
    ['production-cluster', 'AWS::IAM::ManagedPolicy', 'PolicyDocument.Statement'],
    [statement(6_144)],
    /over production-cluster\/\w+: managed policy: got \d+ characters, expected at most 6144/,
  ),
  longer(
    'trust-policy-too-long',
    "a tenant's trust policy is longer than IAM raises to",
    [STACK, 'AWS::IAM::Role', 'AssumeRolePolicyDocument.Statement.0'],
    statement(4_096),
    /over tenant-acme\/Role: trust policy: got \d+ characters, expected at most 2048, raised to 4096 at most/,
  ),
  longer(
    'role-name-too-long',
    'a role has a longer name than IAM takes',
    [STACK, 'AWS::IAM::Role', 'RoleName'],
    long(65),
    /over tenant-acme\/Role: IAM role name: got 65 characters, expected at most 64/,
  ),
  {
    id: 'tenant-stack-gone',
    description: 'a tenant has no stack',
    apply: (output) => ({ ...output, stacks: output.stacks.filter(({ id }) => id !== STACK) }),
    expects: /not-understood tenant-acme: got no stack/,
  },
  {
    id: 'objects-unreadable',
    description: 'a file of objects is no YAML',
    apply: (output) => addObject(output, 'research/speech.yaml', { apiVersion: 'v1', kind: 'Namespace' }),
    expects: /not-understood research\/research\/speech.yaml: got a document without apiVersion, kind or metadata.name/,
  },
  {
    ...longer(
      'trust-policy-longer',
      "a tenant's trust policy is longer than a fresh account takes",
      [STACK, 'AWS::IAM::Role', 'AssumeRolePolicyDocument.Statement.0'],
      statement(2_048),
      /^$/,
    ),
    noChange: 'AWS raises it on request: the row says `raise`, and no finding follows',
  },
];
