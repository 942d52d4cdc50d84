import type { TemplateResource } from '../../../assurance/output/cloud-assembly';
import type { Output } from '../../../assurance/output/output';
import { addResource, editResource, editStack, type Fields, type Mutation, removeResource, set } from '../edits';
import { role } from './resources';

/** Faults in teams' stores, workgroups, the catalogue and corpora besides their policies. */
export const storeMutations = (): Mutation[] => [
  ...roles(),
  ...buckets(),
  ...workGroups(),
  ...catalogue(),
  ...withoutPolicies(),
];

const ACCESS = 'research-data-access';
const CATALOGUE = 'research-data-catalogue';

/** A role of research that reaches what grants reach. */
function roles(): Mutation[] {
  const rights: readonly (readonly [name: string, action: string, resource: string])[] = [
    ['asks any workgroup', 'athena:StartQueryExecution', '*'],
    [
      'gets the results of one',
      'athena:GetQueryResults',
      'arn:aws:athena:*:*:workgroup/atoll-sample-grant-notes-quality',
    ],
    ['sees every table', 'glue:GetTable', '*'],
    ['moves tables', 'glue:UpdateTable', 'arn:aws:glue:*:*:table/atoll_sample_acme_text/*'],
    ['opens the catalogue', 'glue:PutResourcePolicy', '*'],
    ['reads every team', 's3:GetObject', 'arn:aws:s3:::atoll-sample-team-*'],
    ['reads every corpus', 's3:GetObject', 'arn:aws:s3:::atoll-sample-corpus-*'],
    ['writes what is delivered', 's3:PutObject', 'arn:aws:s3:::atoll-sample-delivery-research-*'],
  ];
  return rights.map(([name, Action, Resource]) => ({
    id: `${ACCESS}: a role that ${name}`,
    description: 'a principal with a wildcard',
    apply: (output: Output) => addResource(output, ACCESS, role('added', { Action, Resource })),
    expects: /^(?:open|one-lock-left) .+added/,
  }));
}

function changed(
  id: string,
  [stack, type]: readonly [stack: string, type: string],
  edit: (properties: Fields) => void,
  expects: RegExp,
): Mutation {
  return {
    id: `${stack}: ${id}`,
    description: 'a setting',
    apply: (output) => editResource(output, stack, type, edit),
    expects,
  };
}

function buckets(): Mutation[] {
  const bucket = (stack: string, id: string, path: string, value: unknown, expects: RegExp): Mutation =>
    changed(
      `${id} of a bucket`,
      [stack, 'AWS::S3::Bucket'],
      (properties) => {
        set(properties, path, value);
      },
      expects,
    );
  const flag = 'PublicAccessBlockConfiguration.BlockPublicPolicy';
  const encryption =
    'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.KMSMasterKeyID';
  const copies = { Role: 'r', Rules: [] };
  return [ACCESS, 'research-corpora', 'production-delivery'].flatMap((stack) => [
    bucket(stack, 'a public policy', flag, false, /^open .+BlockPublicPolicy: got false, allowed true/),
    bucket(stack, 'a copy', 'ReplicationConfiguration', copies, /^open .+ReplicationConfiguration: got one/),
    bucket(stack, 'the key', encryption, 'arn:aws:kms:eu-central-1:333333333333:key/shared', /^open .+encryption: got/),
  ]);
}

function workGroups(): Mutation[] {
  const group = (id: string, path: string, value: unknown, expects: RegExp): Mutation =>
    changed(
      id,
      [ACCESS, 'AWS::Athena::WorkGroup'],
      (properties) => {
        set(properties, `WorkGroupConfiguration.${path}`, value);
      },
      expects,
    );
  const results = 'ResultConfiguration';
  return [
    group('a workgroup that askers overrule', 'EnforceWorkGroupConfiguration', false, /^open .+Enforce\w+: got false/),
    group(
      'a workgroup without a limit',
      'BytesScannedCutoffPerQuery',
      undefined,
      /^open .+BytesScanned\w+: got nothing/,
    ),
    group(
      'results of one grant with those of another',
      `${results}.OutputLocation`,
      's3://b/results/',
      /^open .+OutputLocation/,
    ),
    group(
      'results in a bucket of somebody else',
      `${results}.ExpectedBucketOwner`,
      undefined,
      /^open .+ExpectedBucketOwner/,
    ),
    group(
      'results under no key',
      `${results}.EncryptionConfiguration`,
      undefined,
      /^open .+encryption: got the key undefined/,
    ),
    group(
      'results that Athena keeps',
      'ManagedQueryResultsConfiguration',
      { Enabled: true },
      /^open .+Managed\w+: got one/,
    ),
    group('a workgroup with a role', 'ExecutionRole', 'r', /^open .+ExecutionRole: got one/),
  ];
}

function catalogue(): Mutation[] {
  const of = (id: string, type: 'Database' | 'Table', path: string, value: unknown, expects: RegExp): Mutation =>
    changed(
      id,
      [CATALOGUE, `AWS::Glue::${type}`],
      (properties) => {
        set(properties, path, value);
      },
      expects,
    );
  const storage = 'TableInput.StorageDescriptor.Location';
  return [
    of(
      "a table of another tenant's files",
      'Table',
      storage,
      's3://atoll-sample-birch-222222222222/',
      /^open .+Location: got/,
    ),
    of(
      'a table that is a view',
      'Table',
      'TableInput.ViewOriginalText',
      'select 1',
      /^not-understood .+ViewOriginalText/,
    ),
    of('a table that is a link', 'Table', 'TableInput.TargetTable', {}, /^not-understood .+TargetTable/),
    of(
      'a table in another database',
      'Table',
      'DatabaseName',
      'atoll_sample_birch_text',
      /^not-understood .+got the ARN/,
    ),
    of(
      'a database with rights',
      'Database',
      'DatabaseInput.CreateTableDefaultPermissions',
      [],
      /^not-understood .+CreateTable/,
    ),
    of('a database of another catalogue', 'Database', 'CatalogId', '999999999999', /^not-understood .+CatalogId/),
    {
      id: `${CATALOGUE}: no database`,
      description: 'a database that is not there',
      apply: (output) => removeResource(output, CATALOGUE, 'AWS::Glue::Database'),
      expects: /^closed .+got no glue:database/,
    },
    {
      id: `${CATALOGUE}: another table in a granted database`,
      description: 'a table that nobody declared',
      apply: (output) => addResource(output, CATALOGUE, anotherTable),
      expects: /^open .+ may glue:Get/,
    },
  ];
}

const anotherTable: TemplateResource = {
  Type: 'AWS::Glue::Table',
  Properties: {
    CatalogId: '333333333333',
    DatabaseName: 'atoll_sample_acme_text',
    TableInput: { Name: 'mails', StorageDescriptor: { Location: 's3://atoll-sample-birch-222222222222/raw/' } },
  },
};

/** A resource whose whole policy is not there. */
function withoutPolicies(): Mutation[] {
  const places = [
    ['tenant-acme', 'AWS::S3::BucketPolicy'],
    ['tenant-acme', 'AWS::SQS::QueuePolicy'],
    [ACCESS, 'AWS::S3::BucketPolicy'],
    ['research-corpora', 'AWS::S3::BucketPolicy'],
    ['production-delivery', 'AWS::S3::BucketPolicy'],
  ] as const;
  return [
    ...places.map(([stack, type]): Mutation => ({
      id: `${stack}: no ${type}`,
      description: 'a missing policy',
      apply: (output) => removeResource(output, stack, type),
      expects: /^one-lock-left .+anybody of account/,
    })),
    {
      id: `${ACCESS}: a key without a policy`,
      description: 'a missing policy',
      apply: (output) =>
        editStack(output, ACCESS, (draft) => {
          const key = Object.values(draft.Resources).find(({ Type }) => Type === 'AWS::KMS::Key');
          Reflect.deleteProperty(key?.Properties ?? {}, 'KeyPolicy');
        }),
      expects: /^one-lock-left .+anybody of account/,
    },
  ];
}
