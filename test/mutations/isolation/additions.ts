import { addResource, editResource, editStack, editStatement, type Fields, type Mutation } from '../edits';
import { role } from './resources';

const TENANT = 'tenant-acme';
const BUCKET = 'arn:aws:s3:::atoll-sample-acme-222222222222';
const SOMEBODY = { AWS: 'arn:aws:iam::999999999999:root' };

/** Faults that add to a policy, or put one where none was. */
export const additionMutations = (): Mutation[] => [
  ...statements(),
  ...federations(),
  ...unread(),
  ...boundaries(),
  ...endpoints(),
];

/** A provider that IAM knows without a resource: whoever has an account there has a token. */
function federations(): Mutation[] {
  const statement: Fields = {
    Effect: 'Allow',
    Principal: { Federated: 'accounts.google.com' },
    Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'],
  };
  const trust = (stack: string, role: RegExp): Mutation => ({
    id: `${stack}/${role.source}: a trust in an identity provider`,
    description: 'a federated principal',
    apply: (output) =>
      editResource(
        output,
        stack,
        'AWS::IAM::Role',
        (properties) => {
          (properties['AssumeRolePolicyDocument'] as { Statement: Fields[] }).Statement.push(statement);
        },
        ({ RoleName }) => role.test(String(RoleName)),
      ),
    expects: /^open .+lets in whoever accounts.google.com vouches for/,
  });
  return [
    trust(TENANT, /tenant-acme/),
    trust('production-ingest', /ingest/),
    trust('research-data-access', /grant-notes-quality$/),
    trust('production-cluster', /karpenter/),
  ];
}

/** One statement more: what it lets in changes or tells of a configuration, which is no data. */
function statements(): Mutation[] {
  const added = (type: string, field: string, who: string, statement: Fields): Mutation => ({
    id: `${TENANT}/${type}: ${String(statement['Action'])} for ${who}`,
    description: 'a statement more',
    apply: (output) =>
      editResource(output, TENANT, type, (properties) => {
        (properties[field] as { Statement: Fields[] }).Statement.push({ Effect: 'Allow', ...statement });
      }),
    expects: /^one-lock-left .+(?:of another account|somebody|anybody|nobody|without a signature|999999999999)/i,
  });
  const everyone = (type: string, field: string, statement: Fields): Mutation[] => [
    added(type, field, 'another account', { Principal: SOMEBODY, ...statement }),
    added(type, field, 'everyone', { Principal: '*', ...statement }),
  ];
  return [
    ...['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:PutInventoryConfiguration'].flatMap((Action) =>
      everyone('AWS::S3::BucketPolicy', 'PolicyDocument', { Action, Resource: BUCKET }),
    ),
    ...['kms:DescribeKey', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'].flatMap((Action) =>
      everyone('AWS::KMS::Key', 'KeyPolicy', { Action, Resource: '*' }),
    ),
    ...['sqs:GetQueueAttributes', 'sqs:SetQueueAttributes'].flatMap((Action) =>
      everyone('AWS::SQS::QueuePolicy', 'PolicyDocument', { Action, Resource: '*' }),
    ),
    ...everyone('AWS::SNS::TopicPolicy', 'PolicyDocument', { Action: 'sns:SetTopicAttributes', Resource: '*' }),
  ];
}

/** A template that could become another one, or that holds what is not read. */
function unread(): Mutation[] {
  const changed = (id: string, edit: (draft: Record<string, unknown>) => void, expects: RegExp): Mutation => ({
    id: `${TENANT}: ${id}`,
    description: 'something that the proof does not know',
    apply: (output) =>
      editStack(output, TENANT, (draft) => {
        edit(draft as unknown as Record<string, unknown>);
      }),
    expects,
  });
  return [
    changed('a transform', (draft) => (draft['Transform'] = 'AWS::LanguageExtensions'), /^not-understood .+Transform/),
    changed('conditions', (draft) => (draft['Conditions'] = {}), /^not-understood .+Conditions/),
    ...['AWS::CloudFormation::Stack', 'AWS::Budgets::BudgetsAction', 'AWS::Oam::Link', 'Custom::AWS'].map(
      (Type): Mutation => ({
        id: `production-operations: ${Type}`,
        description: 'something that the proof does not know',
        apply: (output) => addResource(output, 'production-operations', { Type, Properties: {} }),
        expects: new RegExp(`^not-understood .+${Type}`),
      }),
    ),
  ];
}

/** A boundary that leaves out what a role needs. */
function boundaries(): Mutation[] {
  const policy = {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: {
      ManagedPolicyName: 'narrow',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: ['s3:PutObject', 'kms:*', 'sqs:*'], Resource: '*' }],
      },
    },
  };
  return [
    {
      id: `${TENANT}/Role: a boundary without reading`,
      description: 'a boundary',
      apply: (output) =>
        editStack(addResource(output, TENANT, policy), TENANT, (draft) => {
          const own = Object.values(draft.Resources).find(({ Type }) => Type === 'AWS::IAM::Role');
          Object.assign(own?.Properties ?? {}, { PermissionsBoundary: { Ref: 'Added' } });
        }),
      expects: /^closed .+s3:GetObject/,
    },
    {
      id: `${TENANT}: a role with every right under a boundary that has some`,
      description: 'a boundary',
      apply: (output) =>
        editStack(addResource(output, TENANT, policy), TENANT, (draft) => {
          const wide = structuredClone(role('wide', { Action: '*', Resource: '*' })) as unknown as {
            Properties: Fields;
          };
          wide.Properties['PermissionsBoundary'] = { Ref: 'Added' };
          draft.Resources['Wide'] = { Type: 'AWS::IAM::Role', ...wide };
        }),
      expects: /^one-lock-left .+wide/,
    },
  ];
}

/** An endpoint of a VPC whose policy leaves out what its pods do, or lets out more. */
function endpoints(): Mutation[] {
  const edited =
    (stack: string, service: string, edit: (policy: { readonly Statement: Fields[] }) => void): Mutation['apply'] =>
    (output) =>
      editResource(
        output,
        stack,
        'AWS::EC2::VPCEndpoint',
        ({ PolicyDocument }) => {
          edit(PolicyDocument as { Statement: Fields[] });
        },
        ({ ServiceName }) => JSON.stringify(ServiceName).includes(`.${service}"`),
      );
  const without = (stack: string, service: string, action: string): Mutation => ({
    id: `${stack}: the endpoint of ${service} without ${action}`,
    description: 'an endpoint that is too narrow',
    apply: edited(stack, service, (policy) => {
      for (const statement of policy.Statement)
        statement['Action'] = [statement['Action']].flat().map((one) => (one === action ? `${service}:Nothing` : one));
    }),
    expects: new RegExp(`^closed .+${action}`),
  });
  const wide = (stack: string, id: string, edit: (statement: Fields) => void): Mutation => ({
    id: `${stack}: the endpoint of s3 ${id}`,
    description: 'an endpoint that is too wide',
    apply: edited(stack, 's3', (policy) => {
      editStatement(policy, 'OwnPrincipalsToOwnBuckets', edit);
    }),
    expects: /^one-lock-left .+by the policy of the endpoint alone/,
  });
  const equals = (statement: Fields): Fields => (statement['Condition'] as { StringEquals: Fields }).StringEquals;
  return [
    ...['production-network', 'research-network'].flatMap((stack) => [
      wide(stack, 'to every bucket of everybody', (statement) => {
        statement['Resource'] = '*';
        Reflect.deleteProperty(equals(statement), 'aws:ResourceAccount');
      }),
      wide(stack, 'without aws:ResourceAccount', (statement) => {
        Reflect.deleteProperty(equals(statement), 'aws:ResourceAccount');
      }),
      wide(stack, 'without aws:PrincipalAccount', (statement) => {
        Reflect.deleteProperty(equals(statement), 'aws:PrincipalAccount');
      }),
    ]),
    wide('production-network', "to research's buckets", (statement) => {
      equals(statement)['aws:ResourceAccount'] = ['222222222222', '333333333333'];
    }),
    without('production-network', 's3', 's3:GetObject'),
    without('production-network', 's3', 's3:PutObject'),
    without('production-network', 'sqs', 'sqs:ReceiveMessage'),
    without('production-network', 'sqs', 'sqs:GetQueueAttributes'),
    without('production-network', 'logs', 'logs:PutLogEvents'),
    without('research-network', 'secretsmanager', 'secretsmanager:GetSecretValue'),
    without('research-network', 's3', 's3:GetObjectVersion'),
    without('research-network', 's3', 's3:ListBucketVersions'),
  ];
}
