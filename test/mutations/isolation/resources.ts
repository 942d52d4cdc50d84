import type { TemplateResource } from '../../../assurance/output/cloud-assembly';
import type { Output } from '../../../assurance/output/output';
import { addResource, editStack, type Fields, type Mutation, propertiesOf } from '../edits';

const SERVICE = (service: string): Fields => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
});

/** A role of a function with one right, which is of the environment by its name: by another the organisation's policies would not hold it. */
export function role(name: string, statement: Fields): TemplateResource {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: `atoll-sample-${name}`,
      AssumeRolePolicyDocument: SERVICE('lambda.amazonaws.com'),
      Policies: [
        {
          PolicyName: 'all',
          PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] },
        },
      ],
    },
  };
}

const TENANT = 'tenant-acme';

/** Faults in what is there besides policies: a role more, a shared key, an open bucket, another pod with a tenant's role. */
export function resourceMutations(): Mutation[] {
  return [...roles(), ...settings(), ...pods(), ...unread()];
}

function roles(): Mutation[] {
  const rights: readonly (readonly [name: string, action: string, resource: string])[] = [
    ['reads every bucket', 's3:GetObject', '*'],
    ['does everything in S3', 's3:*', '*'],
    ['reads one tenant', 's3:GetObject', 'arn:aws:s3:::atoll-sample-acme-222222222222/*'],
    ['reads tenants by a pattern', 's3:GetObject', 'arn:aws:s3:::atoll-sample-*'],
    ['reads tenants by a part of their names', 's3:GetObject', 'arn:aws:s3:::atoll-sample-b*/*'],
    ['receives from one kind of queue', 'sqs:ReceiveMessage', 'arn:aws:sqs:*:222222222222:atoll-sample-*-text'],
    ['decrypts by every key', 'kms:Decrypt', '*'],
    ['makes grants on every key', 'kms:CreateGrant', '*'],
    ['receives from every queue', 'sqs:ReceiveMessage', '*'],
    ['reads every log', 'logs:GetLogEvents', '*'],
    ['queries every log', 'logs:FilterLogEvents', '*'],
    ['becomes every role', 'sts:AssumeRole', '*'],
    ['changes every trust policy', 'iam:UpdateAssumeRolePolicy', '*'],
    ['changes every bucket policy', 's3:PutBucketPolicy', '*'],
    ['changes every key policy', 'kms:PutKeyPolicy', '*'],
    ['subscribes to every topic', 'sns:Subscribe', '*'],
    ['reads every secret', 'secretsmanager:GetSecretValue', '*'],
    [
      'reads secrets by a part of their names',
      'secretsmanager:GetSecretValue',
      'arn:aws:secretsmanager:*:*:secret:ba*',
    ],
    ['does everything', '*', '*'],
  ];
  return ['production-operations', 'research-operations'].flatMap((stack) =>
    rights.map(([name, Action, Resource]) => ({
      id: `${stack}: a role that ${name}`,
      description: 'a principal with a wildcard',
      apply: (output: Output) => addResource(output, stack, role('added', { Action, Resource })),
      expects: /^(?:one-lock-left|open) .+added/,
    })),
  );
}

function settings(): Mutation[] {
  const bucket = (id: string, edit: (properties: Fields) => void, expects: RegExp): Mutation => ({
    id: `${TENANT}/Bucket: ${id}`,
    description: 'a setting of the bucket',
    apply: (output) =>
      editStack(output, TENANT, (draft) => {
        edit(propertiesOf(draft, 'AWS::S3::Bucket'));
      }),
    expects,
  });
  const flags = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];
  const shared = (type: string, field: string): Mutation => ({
    id: `${TENANT}: ${type} under a key that another stack has`,
    description: 'a shared key',
    apply: (output) =>
      editStack(output, TENANT, (draft) => {
        propertiesOf(draft, type)[field] = 'arn:aws:kms:eu-central-1:222222222222:key/shared';
      }),
    expects: /^open .+encryption: got the key arn:aws:kms:eu-central-1:222222222222:key\/shared/,
  });
  return [
    ...flags.map((flag) =>
      bucket(
        `${flag} off`,
        (properties) => {
          (properties['PublicAccessBlockConfiguration'] as Fields)[flag] = false;
        },
        new RegExp(`^open .+${flag}: got false, allowed true`),
      ),
    ),
    bucket(
      'no public access block',
      (properties) => {
        Reflect.deleteProperty(properties, 'PublicAccessBlockConfiguration');
      },
      /^open .+BlockPublicPolicy: got undefined/,
    ),
    bucket(
      'objects of other owners',
      (properties) => {
        properties['OwnershipControls'] = { Rules: [{ ObjectOwnership: 'ObjectWriter' }] };
      },
      /^open .+ObjectOwnership: got "ObjectWriter"/,
    ),
    bucket(
      'replicated',
      (properties) => {
        properties['ReplicationConfiguration'] = { Role: 'r', Rules: [] };
      },
      /^open .+ReplicationConfiguration: got one/,
    ),
    shared('AWS::SQS::Queue', 'KmsMasterKeyId'),
    shared('AWS::SNS::Topic', 'KmsMasterKeyId'),
    shared('AWS::Logs::LogGroup', 'KmsKeyId'),
  ];
}

/** Another pod gets the tenant's role. */
function pods(): Mutation[] {
  const association = (id: string, edit: (properties: Fields) => void): Mutation => ({
    id: `${TENANT}/pipelineAssociation: ${id}`,
    description: 'a swapped association',
    apply: (output) =>
      editStack(output, TENANT, (draft) => {
        edit(propertiesOf(draft, 'AWS::EKS::PodIdentityAssociation'));
      }),
    expects: /^closed .+pipeline|^closed .+s3:GetObject/,
  });
  return [
    association('another namespace', (properties) => {
      properties['Namespace'] = 'tenant-birch';
    }),
    association('another service account', (properties) => {
      properties['ServiceAccount'] = 'training';
    }),
    association('another cluster', (properties) => {
      properties['ClusterName'] = 'atoll-sample-research';
    }),
    association("another tenant's role", (properties) => {
      properties['RoleArn'] = 'arn:aws:iam::222222222222:role/atoll-sample-tenant-birch';
    }),
  ];
}

/** What the proof does not read gives no pass. */
function unread(): Mutation[] {
  const added = (id: string, resource: TemplateResource, expects: RegExp): Mutation => ({
    id: `${TENANT}: ${id}`,
    description: 'something that the proof does not know',
    apply: (output) => addResource(output, TENANT, resource),
    expects,
  });
  const statement = (id: string, fields: Fields, expects: RegExp): Mutation =>
    added(id, role('added', { Action: 's3:GetObject', Resource: '*', ...fields }), expects);
  return [
    added('a user', { Type: 'AWS::IAM::User', Properties: {} }, /^not-understood .+AWS::IAM::User/),
    added(
      'an access point',
      { Type: 'AWS::S3::AccessPoint', Properties: {} },
      /^not-understood .+AWS::S3::AccessPoint/,
    ),
    statement(
      'an unknown operator',
      { Condition: { StringAlmost: { 'aws:PrincipalArn': 'x' } } },
      /^not-understood .+StringAlmost/,
    ),
    statement('an unknown key', { Condition: { StringEquals: { 'aws:Moon': 'x' } } }, /^not-understood .+aws:Moon/i),
    statement('an unknown intrinsic', { Resource: { 'Fn::Moon': 'x' } }, /^not-understood .+Fn::Moon/),
    statement('an unknown element', { Recource: '*' }, /^not-understood .+Recource/),
    {
      id: `${TENANT}: no stack`,
      description: 'a tenant whose policies are not there',
      apply: (output) => ({ ...output, stacks: output.stacks.filter(({ id }) => id !== TENANT) }),
      expects: /^(?:not-understood|closed) .*tenant-acme/,
    },
  ];
}
