import { describe, expect, test } from '@jest/globals';
import { templateFaults } from '../../../constructs/guards/templates/template-faults';
import { jsonLength } from '../../../constructs/guards/templates/text';
import { ACCOUNT, faultsOf, KEY, policy, queuePolicy, type Resources, RETAINED } from './templates-support';

const thing = { Type: 'Custom::Thing' };
const filled = (length: number): object => ({ Effect: 'Deny', Action: 's3:GetObject', Resource: 'r'.repeat(length) });
const document = (...statements: object[]): object => ({ Version: '2012-10-17', Statement: statements });
const SHELL = JSON.stringify(document(filled(0))).length;
const MERGE = 'merge statements or test names by a pattern in a condition';

describe('a template', () => {
  test('has fewer than 400 resources', () => {
    const many = (count: number): Resources =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`R${i}`, thing]));
    expect(faultsOf(many(399))).toEqual([]);
    expect(faultsOf(many(400))).toEqual([
      'dev-acme/Resources: got 400 resources, allowed fewer than 400 (resources per template: 500); split the stack',
    ]);
  });

  test('has fewer than 800 KB as it is written to disk', () => {
    const sized = (length: number): string[] => faultsOf({ A: { ...thing, Properties: { Text: 'x'.repeat(length) } } });
    const rest = JSON.stringify({ Resources: { A: { ...thing, Properties: { Text: '' } } } }, undefined, 1).length;
    expect(sized(799_999 - rest)).toEqual([]);
    expect(sized(800_000 - rest)).toEqual([
      'dev-acme/Resources: got 800000 bytes, allowed fewer than 800000 (template size: 1000000); split the stack',
    ]);
  });

  test('has at most 200 outputs', () => {
    const Outputs = Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`O${i}`, { Value: 'v' }]));
    expect(templateFaults({ Resources: { A: thing }, Outputs }, { stackName: 'dev-acme' })).toEqual([
      'dev-acme/Outputs: got 201 outputs, allowed 200 (outputs per template); leave out what nobody reads',
    ]);
  });
});

describe('a policy', () => {
  const kinds: [string, number, string, string, (document: object) => Resources][] = [
    [
      'trust policy',
      2048,
      'characters',
      'AssumeRolePolicyDocument',
      (d) => ({
        R: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: d } },
      }),
    ],
    [
      'managed policy',
      6144,
      'characters',
      'PolicyDocument',
      (d) => ({
        R: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: d } },
      }),
    ],
    [
      'bucket policy',
      20_480,
      'bytes',
      'PolicyDocument',
      (d) => ({
        R: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'elsewhere', PolicyDocument: d } },
      }),
    ],
    [
      'key policy',
      32_768,
      'bytes',
      'KeyPolicy',
      (d) => ({
        R: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: d }, ...RETAINED },
      }),
    ],
    [
      'queue policy',
      8192,
      'bytes',
      'PolicyDocument',
      (d) => ({
        R: { Type: 'AWS::SQS::QueuePolicy', Properties: { PolicyDocument: d } },
      }),
    ],
    [
      'VPC endpoint policy',
      20_480,
      'characters',
      'PolicyDocument',
      (d) => ({
        R: { Type: 'AWS::EC2::VPCEndpoint', Properties: { PolicyDocument: d } },
      }),
    ],
  ];
  test.each(kinds)(
    'that is a %s may have its quota and not one character more',
    (name, quota, unit, property, make) => {
      expect(faultsOf(make(document(filled(quota - SHELL))))).toEqual([]);
      expect(faultsOf(make(document(filled(quota - SHELL + 1))))).toEqual([
        `dev-acme/R: Properties.${property}: got ${quota + 1} characters, allowed ${quota} ${unit} (${name}); ${MERGE}`,
      ]);
    },
  );

  test("of a role counts together with the role's other inline policies", () => {
    const halves = (extra: number): Resources => ({
      Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: document(filled(5120 - SHELL)) }] } },
      More: {
        Type: 'AWS::IAM::Policy',
        Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: document(filled(5120 - SHELL + extra)) },
      },
    });
    expect(faultsOf(halves(0))).toEqual([]);
    expect(faultsOf(halves(1))).toEqual([
      'dev-acme/Role: Properties.Policies: got 10241 characters in Role, More, ' +
        `allowed 10240 characters (inline policies of a role together); ${MERGE}`,
    ]);
  });

  test('is counted as compact JSON with its references filled in', () => {
    const template = { Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'calls' } } } };
    const context = { stackName: 'dev-acme', account: ACCOUNT };
    const plain = { Version: '2012-10-17', Statement: [{ a: [], b: {}, c: [1, true, 'x'] }] };
    expect(jsonLength(plain, template, context)).toBe(JSON.stringify(plain).length);
    const arn = 'arn:aws:sqs:${AWS::Region}:222222222222:calls';
    expect(jsonLength({ R: { 'Fn::GetAtt': ['Q', 'Arn'] } }, template, context)).toBe(
      JSON.stringify({ R: arn }).length,
    );
    const sub = { 'Fn::Sub': 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${Q.QueueName}' };
    expect(jsonLength(sub, template, context)).toBe(JSON.stringify(arn).length);
  });
});

describe('a name', () => {
  const named = (Type: string, property: string, value: unknown): string[] => {
    const encrypted = {
      KmsMasterKeyId: KEY,
      KmsKeyId: KEY,
      EncryptionConfiguration: { EncryptionType: 'KMS' },
      DeliveryStreamEncryptionConfigurationInput: { KeyARN: KEY },
    };
    const ByDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY };
    const BucketEncryption = { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: ByDefault }] };
    return faultsOf({ R: { Type, Properties: { ...encrypted, BucketEncryption, [property]: value }, ...RETAINED } });
  };
  test.each([
    ['AWS::IAM::Role', 'RoleName', 64, 'r', 'a role'],
    ['AWS::S3::Bucket', 'BucketName', 63, 'b', 'Bucket'],
    ['AWS::SQS::Queue', 'QueueName', 80, 'q', 'a/queue'],
    ['AWS::Lambda::Function', 'FunctionName', 64, 'f', 'a.function'],
    ['AWS::Logs::LogGroup', 'LogGroupName', 512, 'l', 'aws/mine'],
    ['AWS::SNS::Topic', 'TopicName', 256, 't', 'a topic'],
    ['AWS::ECR::Repository', 'RepositoryName', 256, 'e', 'a//b'],
    ['AWS::Events::Rule', 'Name', 64, 'n', 'a rule'],
    ['AWS::KinesisFirehose::DeliveryStream', 'DeliveryStreamName', 64, 's', 'a stream'],
  ])('of %s has the length and the characters that the service takes', (type, property, max, letter, wrong) => {
    expect(named(type, property, letter.repeat(max))).toEqual([]);
    const [long, ...others] = named(type, property, letter.repeat(max + 1));
    expect(others).toEqual([]);
    expect(long).toContain(
      `dev-acme/R: Properties.${property}: got '${letter.repeat(max + 1)}' of ${max + 1} characters`,
    );
    expect(long).toMatch(/allowed \d to \d+ characters; shorten or correct it in schema\/names\.ts$/);
    expect(named(type, property, wrong)[0]).toContain(`dev-acme/R: Properties.${property}: got '${wrong}', allowed `);
  });

  test('of an alias begins as aliases do', () => {
    expect(named('AWS::KMS::Alias', 'AliasName', 'alias/atoll/dev')).toEqual([]);
    expect(named('AWS::KMS::Alias', 'AliasName', 'alias/aws/s3')).toEqual([
      "dev-acme/R: Properties.AliasName: got 'alias/aws/s3', " +
        "allowed 'alias/' and letters, digits and '/_-', not 'alias/aws/'; shorten or correct it in schema/names.ts",
    ]);
  });

  test('is judged with the account filled in', () => {
    const joined = (length: number): object => ({ 'Fn::Join': ['-', ['b'.repeat(length), { Ref: 'AWS::AccountId' }]] });
    expect(named('AWS::S3::Bucket', 'BucketName', joined(50))).toEqual([]);
    expect(named('AWS::S3::Bucket', 'BucketName', joined(51))[0]).toContain(
      'of 64 characters, allowed 3 to 63 characters',
    );
  });

  test('that the service makes up is not judged', () => {
    expect(faultsOf({ R: policy(filled(1)), Q: queuePolicy(filled(1)) })).toEqual([]);
  });

  test('of a stack is one that CloudFormation takes', () => {
    expect(faultsOf({}, { stackName: 's'.repeat(128) })).toEqual([]);
    expect(faultsOf({}, { stackName: 's'.repeat(129) })[0]).toContain('of 129 characters, allowed 1 to 128 characters');
    expect(faultsOf({}, { stackName: 'dev/tenant-acme' })).toEqual([
      "dev/tenant-acme/stackName: got 'dev/tenant-acme', allowed letters, digits and '-', a letter first; " +
        'shorten or correct it in schema/names.ts',
    ]);
  });
});
