import { isValues } from '../output/values';
import { NotUnderstood } from './not-understood';
import { type Policy, policyOf } from './policy';
import type { Reader } from './read-made';
import { wiringOf } from './read-wiring';
import type { Resource, ResourceKind } from './world';

const KINDS: Readonly<Record<string, ResourceKind>> = {
  'AWS::S3::Bucket': 's3:bucket',
  'AWS::KMS::Key': 'kms:key',
  'AWS::SQS::Queue': 'sqs:queue',
  'AWS::SNS::Topic': 'sns:topic',
  'AWS::Logs::LogGroup': 'logs:log-group',
  'AWS::ECR::Repository': 'ecr:repository',
  'AWS::Lambda::Function': 'lambda:function',
  'AWS::SecretsManager::Secret': 'secretsmanager:secret',
};

export const isResource = (type: string): boolean => type in KINDS;

/** Without the policies that other resources of the template put on it. @throws NotUnderstood */
export function readResource(reader: Reader): Resource {
  const { made, stack, where, names } = reader;
  const kind = KINDS[made.resource.Type];
  if (kind === undefined) throw new Error(`${where} is no resource of a kind that is asked about`);
  const arn = names.attributes['TopicArn'] ?? reader.arn.replace(/:\*$/, '');
  return {
    kind,
    arn,
    name: kind === 'sqs:queue' ? (names.attributes['QueueName'] ?? '') : names.ref,
    account: stack.account,
    region: kind === 's3:bucket' ? '' : stack.region,
    where,
    policies: ownPolicies(reader),
    tags: reader.tags(),
    encryptedWith: keyOf(reader),
    aliases: [],
    ...wiringOf(reader),
  };
}

/** The key that a bucket, a queue, a topic, a log group or a repository names. */
function keyOf(reader: Reader): string | undefined {
  const ofRepository = reader.value('EncryptionConfiguration');
  const name =
    reader.value('KmsMasterKeyId') ??
    reader.value('KmsKeyId') ??
    defaultKey(reader.value('BucketEncryption')) ??
    (isValues(ofRepository) ? ofRepository['KmsKey'] : undefined);
  return typeof name === 'string' ? name : undefined;
}

function defaultKey(encryption: unknown): unknown {
  const rules = isValues(encryption) ? encryption['ServerSideEncryptionConfiguration'] : undefined;
  const [rule] = Array.isArray(rules) ? (rules as unknown[]) : [];
  const byDefault = isValues(rule) ? rule['ServerSideEncryptionByDefault'] : undefined;
  return isValues(byDefault) ? byDefault['KMSMasterKeyID'] : undefined;
}

function ownPolicies(reader: Reader): Policy[] {
  const { made, where, stack } = reader;
  if (made.resource.Type === 'AWS::ECR::Repository')
    return reader.value('RepositoryPolicyText') === undefined ? [] : [repositoryPolicy(reader)];
  if (made.resource.Type !== 'AWS::KMS::Key') return [];
  if (reader.value('KeyPolicy') !== undefined) return [reader.policy('KeyPolicy', 'resource')];
  // Without one, KMS leaves all to the account: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html (2026-11-25).
  const root = { Effect: 'Allow', Principal: { AWS: stack.account }, Action: 'kms:*', Resource: '*' };
  return [policyOf(`${where} (default key policy)`, { Version: '2012-10-17', Statement: root }, 'resource')];
}

/** A repository's statements name no resource: they stand for the repository. */
function repositoryPolicy(reader: Reader): Policy {
  const at = `${reader.where}.RepositoryPolicyText`;
  const document = reader.value('RepositoryPolicyText');
  if (!isValues(document)) return policyOf(at, document, 'resource');
  const { Statement: listed } = document;
  const statements = (Array.isArray(listed) ? (listed as unknown[]) : [listed]).map((one) =>
    isValues(one) && !('Resource' in one) && !('NotResource' in one) ? { ...one, Resource: '*' } : one,
  );
  return policyOf(at, { ...document, Statement: statements }, 'resource');
}

/** Types that put a policy on other resources, the property with it, and the one that names them. */
const PUTS: Readonly<Record<string, readonly [policy: string, on: string]>> = {
  'AWS::S3::BucketPolicy': ['PolicyDocument', 'Bucket'],
  'AWS::SQS::QueuePolicy': ['PolicyDocument', 'Queues'],
  'AWS::SNS::TopicPolicy': ['PolicyDocument', 'Topics'],
  'AWS::SecretsManager::ResourcePolicy': ['ResourcePolicy', 'SecretId'],
};

export const putsPolicy = (type: string): boolean => type in PUTS || type === 'AWS::Lambda::Permission';

/** A policy, and the ARNs of the resources that it is put on. @throws NotUnderstood */
export function readPut(reader: Reader): { readonly policy: Policy; readonly on: readonly string[] } {
  const { made, where, stack } = reader;
  if (made.resource.Type === 'AWS::Lambda::Permission') return lambdaPermission(reader);
  const [property, named] = PUTS[made.resource.Type] ?? ['', ''];
  reader.allow([property, named, 'BlockPublicPolicy']);
  const on = reader.texts(named).map((name) => {
    if (name.startsWith('arn:')) return name;
    const queue = /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com\/(\d{12})\/(.+)$/.exec(name);
    if (queue !== null) return `arn:aws:sqs:${queue[1] ?? ''}:${queue[2] ?? ''}:${queue[3] ?? ''}`;
    if (named === 'Bucket') return `arn:aws:s3:::${name}`;
    throw new NotUnderstood([
      `${where}.${named}: got '${name}', allowed an ARN, a queue's URL or a bucket's name (${stack.name})`,
    ]);
  });
  return { policy: reader.policy(property, 'resource'), on };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html, 2026-11-25. */
function lambdaPermission(reader: Reader): { readonly policy: Policy; readonly on: readonly string[] } {
  const { where, stack } = reader;
  reader.allow(['Action', 'FunctionName', 'Principal', 'PrincipalOrgID', 'SourceAccount', 'SourceArn']);
  const name = reader.required('FunctionName');
  const arn = name.startsWith('arn:') ? name : `arn:aws:lambda:${stack.region}:${stack.account}:function:${name}`;
  const principal = reader.required('Principal');
  const [sourceArn, sourceAccount, org] = ['SourceArn', 'SourceAccount', 'PrincipalOrgID'].map((one) =>
    reader.text(one),
  );
  const statement = {
    Effect: 'Allow',
    Principal:
      principal === '*' ? '*' : principal.endsWith('.amazonaws.com') ? { Service: principal } : { AWS: principal },
    Action: reader.required('Action'),
    Resource: arn,
    Condition: {
      ...(sourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': sourceArn } }),
      ...(sourceAccount === undefined && org === undefined
        ? {}
        : {
            StringEquals: {
              ...(sourceAccount === undefined ? {} : { 'aws:SourceAccount': sourceAccount }),
              ...(org === undefined ? {} : { 'aws:PrincipalOrgID': org }),
            },
          }),
    },
  };
  return { policy: policyOf(where, { Version: '2012-10-17', Statement: statement }, 'resource'), on: [arn] };
}
