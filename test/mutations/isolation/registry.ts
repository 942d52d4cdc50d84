import type { Output } from '../../../assurance/output/output';
import { addResource, editResource, type Fields, type Mutation, removeResource, set } from '../edits';
import { role } from './resources';

const REGISTRIES = ['production-registry', 'research-registry'] as const;
const REPOSITORY = 'AWS::ECR::Repository';
const PUSH = ['ecr:CompleteLayerUpload', 'ecr:InitiateLayerUpload', 'ecr:PutImage', 'ecr:UploadLayerPart'];

/** Faults by which somebody else writes, or reads, what every pod is made of. */
export const registryMutations = (): Mutation[] => [...policies(), ...settings(), ...roles(), ...nodes(), ...types()];

const named = (properties: Fields, name: string): boolean => String(properties['RepositoryName']).endsWith(name);

function changed(
  stack: string,
  id: string,
  edit: (properties: Fields) => void,
  expects: RegExp,
  of = 'flux-cli',
): Mutation {
  return {
    id: `${stack}/${of}: ${id}`,
    description: 'a repository',
    apply: (output) => editResource(output, stack, REPOSITORY, edit, (properties) => named(properties, of)),
    expects,
  };
}

const statementsOf = (properties: Fields): Fields[] =>
  (properties['RepositoryPolicyText'] as { Statement: Fields[] }).Statement;

function policies(): Mutation[] {
  const allowed = (stack: string, who: string, Principal: unknown, expects: RegExp, more: Fields = {}): Mutation =>
    changed(
      stack,
      `pushed by ${who}`,
      (properties) => {
        const all = statementsOf(properties).filter(({ Sid }) => Sid !== 'NobodyElsePushes');
        set(properties, 'RepositoryPolicyText.Statement', [
          ...all,
          { Effect: 'Allow', Principal, Action: PUSH, ...more },
        ]);
      },
      expects,
    );
  const without = (stack: string, sid: string, of = 'flux-cli'): Mutation =>
    changed(
      stack,
      `without ${sid}`,
      (properties) => {
        set(
          properties,
          'RepositoryPolicyText.Statement',
          statementsOf(properties).filter(({ Sid }) => Sid !== sid),
        );
      },
      /^(?:open|one-lock-left) .+by the resource's policy alone .+ecr:/,
      of,
    );
  const widened = (stack: string, sid: string, arns: unknown): Mutation =>
    changed(
      stack,
      `${sid} but for one more`,
      (properties) => {
        const found = statementsOf(properties).find(({ Sid }) => Sid === sid);
        set(found, 'Condition.ArnNotEquals', { 'aws:PrincipalArn': arns });
      },
      /^(?:open|one-lock-left|closed) .+ecr:/,
    );
  const alone = /^(?:open|one-lock-left) .+by the resource's policy alone .+ecr:/;
  return REGISTRIES.flatMap((stack) => [
    allowed(stack, 'another account', { AWS: 'arn:aws:iam::999999999999:root' }, alone),
    allowed(stack, 'everybody', '*', alone),
    allowed(stack, 'the organisation', '*', alone, {
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg01' } },
    }),
    allowed(stack, 'a service', { Service: 'codebuild.amazonaws.com' }, alone),
    changed(
      stack,
      'read by another account',
      (properties) => {
        statementsOf(properties).push({
          Effect: 'Allow',
          Principal: { AWS: '999999999999' },
          Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:ListImages'],
        });
      },
      alone,
    ),
    ...['NobodyElsePushes', 'NobodyElsePulls', 'NobodyDeletes'].map((sid) => without(stack, sid)),
    without(stack, 'NobodyElsePulls', 'charts/flux2'),
    widened(stack, 'NobodyElsePushes', 'arn:aws:iam::*:role/*'),
    widened(stack, 'NobodyElsePulls', 'arn:aws:iam::*:role/another'),
    {
      id: `${stack}/flux-cli: without a policy`,
      description: 'a repository',
      apply: (output: Output) =>
        editResource(
          output,
          stack,
          REPOSITORY,
          (properties) => {
            set(properties, 'RepositoryPolicyText', undefined);
          },
          (properties) => named(properties, 'flux-cli'),
        ),
      expects: alone,
    },
  ]);
}

function settings(): Mutation[] {
  const setting = (stack: string, path: string, value: unknown, expects: RegExp): Mutation =>
    changed(
      stack,
      `${path} ${value === undefined ? 'gone' : JSON.stringify(value)}`,
      (properties) => {
        set(properties, path, value);
      },
      expects,
    );
  const filters = [{ ImageTagMutabilityExclusionFilterType: 'WILDCARD', ImageTagMutabilityExclusionFilterValue: 'v*' }];
  return REGISTRIES.flatMap((stack) => [
    ...['MUTABLE', 'IMMUTABLE_WITH_EXCLUSION', undefined].map((value) =>
      setting(stack, 'ImageTagMutability', value, /^open .+ImageTagMutability: got .+allowed "IMMUTABLE"/),
    ),
    setting(
      stack,
      'ImageTagMutabilityExclusionFilters',
      filters,
      /^open .+ImageTagMutabilityExclusionFilters: got one/,
    ),
    setting(stack, 'EmptyOnDelete', true, /^open .+EmptyOnDelete: got one/),
    setting(stack, 'EncryptionConfiguration', undefined, /^open .+EncryptionType: got nothing, allowed "KMS"/),
    setting(stack, 'EncryptionConfiguration.EncryptionType', 'AES256', /^open .+EncryptionType: got "AES256"/),
    setting(
      stack,
      'EncryptionConfiguration.KmsKey',
      'arn:aws:kms:eu-central-1:999999999999:key/added',
      /^open .+encryption: got the key/,
    ),
  ]);
}

/** A role of the stacks that writes or reads images. */
function roles(): Mutation[] {
  const own = 'arn:aws:ecr:*:222222222222:repository/atoll/sample/*';
  const rights: readonly (readonly [name: string, action: string | readonly string[], resource: string])[] = [
    ['pushes images', PUSH, '*'],
    ['pushes images of ours', PUSH, own],
    ['pushes images that nobody made yet', PUSH, 'arn:aws:ecr:*:*:repository/another/*'],
    ['does everything in ECR', 'ecr:*', '*'],
    ['pulls every image', ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], '*'],
    ['opens repositories', 'ecr:SetRepositoryPolicy', own],
    ['deletes images', 'ecr:BatchDeleteImage', own],
    ['moves tags', 'ecr:PutImageTagMutability', own],
    ['opens the registry', 'ecr:PutRegistryPolicy', '*'],
    ['brings images from elsewhere', 'ecr:CreatePullThroughCacheRule', '*'],
    ['copies images elsewhere', 'ecr:PutReplicationConfiguration', '*'],
  ];
  return ['production-operations', 'research-operations'].flatMap((stack) =>
    rights.map(([name, Action, Resource]) => ({
      id: `${stack}: a role that ${name}`,
      description: 'a way into every pod',
      apply: (output: Output) => addResource(output, stack, role('added', { Action, Resource })),
      expects: /^(?:one-lock-left|open) .+added.* may ecr:/,
    })),
  );
}

/** Roles that are there, with a right more. */
function nodes(): Mutation[] {
  const more = (stack: string, name: string, statement: Fields): Mutation => ({
    id: `${stack}: ${name} with ${JSON.stringify(statement['Action'])}`,
    description: 'a way into every pod',
    apply: (output) =>
      addResource(output, stack, {
        Type: 'AWS::IAM::RolePolicy',
        Properties: {
          RoleName: `atoll-sample-${name}`,
          PolicyName: 'more',
          PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Resource: '*', ...statement }] },
        },
      }),
    expects: new RegExp(`^(?:one-lock-left|open) .+atoll-sample-${name}(?: opened by \\S+)? may ecr:`),
  });
  return [
    ...[
      'production-node',
      'production-system-node',
      'production-flux-source',
      'production-kubernetes',
      'production-keda',
    ].map((name) => more('production-cluster', name, { Action: PUSH })),
    more('production-cluster', 'production-node', { Action: 'ecr:PutImage' }),
    more('production-cluster', 'production-kubernetes', { Action: 'ecr:BatchGetImage' }),
    more('production-registry', 'production-image-mirror', { Action: 'ecr:SetRepositoryPolicy' }),
    more('production-registry', 'production-image-mirror', { Action: 'ecr:BatchDeleteImage' }),
    more('research-cluster', 'research-node', { Action: PUSH }),
    {
      id: 'production-registry: no mirror',
      description: 'a way that is closed',
      apply: (output) => removeResource(output, 'production-registry', 'AWS::IAM::Role'),
      expects: /^closed .+mirror of images: ecr:.+got no role/,
    },
    {
      id: 'production-registry: a repository less',
      description: 'a way that is closed',
      apply: (output) => removeResource(output, 'production-registry', REPOSITORY),
      expects: /^closed .+repository.+got no ecr:repository/,
    },
    {
      id: 'production-registry: a repository more',
      description: 'images that nobody declared',
      apply: (output) =>
        addResource(output, 'production-registry', {
          Type: REPOSITORY,
          Properties: { RepositoryName: 'atoll/sample/added', ImageTagMutability: 'IMMUTABLE' },
        }),
      expects: /^(?:open|one-lock-left) .+registry\/Added: .+ecr:/,
    },
  ];
}

/** What the registry does by itself. */
const types = (): Mutation[] =>
  [
    'PublicRepository',
    'PullThroughCacheRule',
    'RegistryPolicy',
    'RegistryScanningConfiguration',
    'ReplicationConfiguration',
    'RepositoryCreationTemplate',
  ].map((type) => ({
    id: `production-registry: one more ${type}`,
    description: 'what writes by itself',
    apply: (output) => addResource(output, 'production-registry', { Type: `AWS::ECR::${type}`, Properties: {} }),
    expects: new RegExp(`^not-understood .+got AWS::ECR::${type}`),
  }));
