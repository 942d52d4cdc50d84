import { editProperty, type Fields, type Mutation } from '../edits';

/** Faults in how what holds data is kept, whosever it is. */
export const heldMutations = (): Mutation[] => [...kept(), ...logGroups()];

const named = (
  stack: string,
  type: string,
  path: string,
  value: unknown,
  expects: RegExp,
  fits?: (properties: Fields) => boolean,
): Mutation => ({
  id: `${stack}: ${type} with ${path} ${JSON.stringify(value)}`,
  description: 'how it is kept',
  apply: (output) => editProperty(output, stack, type, [path, value], fits),
  expects,
});

function kept(): Mutation[] {
  const [BUCKET, KEY] = ['AWS::S3::Bucket', 'AWS::KMS::Key'];
  return [
    ...['tenant-acme', 'research-data-access', 'research-corpora', 'production-delivery'].flatMap((stack) => [
      named(
        stack,
        BUCKET,
        'VersioningConfiguration.Status',
        'Suspended',
        /^open .+ VersioningConfiguration\.Status: got/,
      ),
      named(
        stack,
        BUCKET,
        'VersioningConfiguration',
        undefined,
        /^open .+ VersioningConfiguration\.Status: got nothing/,
      ),
    ]),
    ...[
      'tenant-acme',
      'research-data-access',
      'production-delivery',
      'production-cluster',
      'production-registry',
      'production-evidence',
      'research-network',
      'production-operations',
    ].flatMap((stack) => [
      named(stack, KEY, 'EnableKeyRotation', false, /^open .+ EnableKeyRotation: got false, allowed true/),
      named(stack, KEY, 'PendingWindowInDays', 7, /^open .+ PendingWindowInDays: got 7, allowed 30/),
      named(stack, KEY, 'MultiRegion', true, /^open .+ MultiRegion: got one, allowed/),
    ]),
  ];
}

const POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'logs:*', Resource: '*' }],
};

function logGroups(): Mutation[] {
  const GROUP = 'AWS::Logs::LogGroup';
  const escaped = JSON.stringify(POLICY).replace('Statement', '\\u0053tatement');
  return [
    'tenant-acme',
    'production-cluster',
    'production-delivery',
    'research-evidence',
    'production-network',
  ].flatMap((stack) => [
    named(stack, GROUP, 'ResourcePolicyDocument', POLICY, /^not-understood .+: got a policy in/),
    named(stack, GROUP, 'ResourcePolicyDocument', JSON.stringify(POLICY), /^not-understood .+: got a policy in/),
    named(stack, GROUP, 'ResourcePolicyDocument', escaped, /^not-understood .+: got a policy in/),
    named(
      stack,
      GROUP,
      'ResourcePolicyDocument',
      { 'Fn::Join': ['', ['{"Version":"2012-10-17","Sta', 'tement":[]}']] },
      /^open .+ ResourcePolicyDocument: got one, allowed/,
    ),
    named(stack, GROUP, 'DataProtectionPolicy', { Name: 'added' }, /^open .+ DataProtectionPolicy: got one, allowed/),
    named(stack, GROUP, 'KmsKeyId', undefined, /^open .+ KmsKeyId: got none, allowed a key/),
  ]);
}
