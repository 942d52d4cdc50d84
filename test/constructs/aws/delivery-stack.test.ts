import { describe, expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import {
  deliveryBucketPolicy,
  deliveryKeyPolicy,
  type DeliveryPrincipals,
} from '../../../constructs/aws/delivery/delivery-policies';
import { DeliveryStack } from '../../../infra/aws/delivery-stack';
import type { RenderedFile } from '../../../infra/rendered';
import { nagFindings } from '../../support/nag';
import { sampleEnvironment } from '../../support/sample-environment';
import { type Context, judge } from './tenant-policy-request';
import { testApp } from '../../support/app';

const env = sampleEnvironment();
const file = (key: string): RenderedFile => ({
  cluster: 'production',
  key,
  text: 'a: 1\n',
  owner: { kind: 'platform' },
});
function stackOf(cluster: 'production' | 'research'): DeliveryStack {
  return new DeliveryStack(testApp(), `${cluster}-delivery`, {
    env,
    cluster,
    files: [file('platform/pools/objects.yaml')],
    stackEnv: { account: env.accounts[cluster], region: env.region },
  });
}
const template = Template.fromStack(stackOf('production'));

const names: DeliveryPrincipals = {
  account: '222222222222',
  region: 'eu-central-1',
  bucketArn: 'arn:aws:s3:::delivery',
  logGroupArn: 'arn:aws:logs:eu-central-1:222222222222:log-group:/atoll/sample/production/delivery',
  writerArn: 'arn:aws:iam::222222222222:role/writer',
  readerArn: 'arn:aws:iam::222222222222:role/reader',
  deployRoleArn: 'arn:aws:iam::222222222222:role/deploy',
};
const as = (name: string, over: Context = {}): Context => ({
  'aws:SecureTransport': 'true',
  's3:TlsVersion': '1.3',
  'aws:PrincipalIsAWSService': 'false',
  'aws:PrincipalArn': `arn:aws:iam::222222222222:role/${name}`,
  ...over,
});
const bucket = (context: Context, action: string, resource = 'arn:aws:s3:::delivery/index/acme.yaml'): string[] =>
  judge(deliveryBucketPolicy(names, 'arn:key'), { action, resource, context }).denied;

describe("the delivery bucket's policy", () => {
  const here = { 'aws:VpceAccount': '222222222222' };

  test('lets the handler write and not read', () => {
    expect(bucket(as('writer'), 's3:PutObject')).toEqual([]);
    expect(bucket(as('writer'), 's3:DeleteObject')).toEqual([]);
    expect(bucket(as('writer'), 's3:GetObject')).toEqual(['HandlerWritesOnly']);
    expect(bucket(as('writer'), 's3:DeleteObjectVersion')).toEqual(['HandlerWritesOnly']);
  });

  test('lets Flux read from its own endpoint and not write', () => {
    expect(bucket(as('reader', here), 's3:GetObject')).toEqual([]);
    expect(bucket(as('reader'), 's3:GetObject')).toEqual(['FluxFromItsEndpointOnly']);
    expect(bucket(as('reader', here), 's3:PutObject')).toEqual(['FluxReadsOnly']);
  });

  test('refuses everybody else objects, and not administration', () => {
    expect(bucket(as('Admin'), 's3:PutObject')).toEqual(['NobodyElse']);
    expect(bucket(as('Admin'), 's3:GetObject')).toEqual(['NobodyElse']);
    expect(bucket(as('Admin'), 's3:PutBucketPolicy')).toEqual([]);
    expect(bucket(as('Admin'), 's3:ListBucket', names.bucketArn)).toEqual(['NobodyElseLists']);
    expect(bucket(as('deploy'), 's3:ListBucket', names.bucketArn)).toEqual([]);
    expect(bucket(as('deploy'), 's3:GetObject')).toEqual(['NobodyElse']);
    expect(bucket(as('writer', { 'aws:SecureTransport': 'false' }), 's3:PutObject')).toEqual(['TlsOnly']);
  });
});

test("the key encrypts for the handler and decrypts for Flux, through S3, and nobody else's", () => {
  const via = { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' };
  const key = (context: Context, action: string): { denied: string[]; allowed: string[] } =>
    judge(deliveryKeyPolicy(names), { action, resource: '*', context });
  expect(key(as('writer', via), 'kms:GenerateDataKey')).toEqual({ denied: [], allowed: ['HandlerWrites'] });
  expect(key(as('writer', via), 'kms:Decrypt').allowed).toEqual([]);
  expect(key(as('reader', via), 'kms:Decrypt')).toEqual({ denied: [], allowed: ['FluxReads'] });
  expect(key(as('reader', via), 'kms:GenerateDataKey').allowed).toEqual([]);
  expect(key(as('Admin', via), 'kms:Decrypt')).toEqual({ denied: ['NobodyElseUses'], allowed: [] });
  expect(key(as('Admin'), 'kms:CreateGrant')).toEqual({ denied: ['NobodyGrants'], allowed: [] });
});

test('bucket, key, policy and log group are retained; the bucket is versioned under its own key', () => {
  for (const type of ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::KMS::Key', 'AWS::Logs::LogGroup']) {
    template.allResources(type, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  }
  template.hasResourceProperties('AWS::S3::Bucket', {
    BucketName: 'atoll-sample-delivery-production-222222222222',
    VersioningConfiguration: { Status: 'Enabled' },
  });
  template.hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/atoll/sample/production/delivery' });
});

test('the function has the name that tenants call, a runtime of today, and nobody is given the right to invoke it', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    FunctionName: 'atoll-sample-production-delivery',
    Runtime: 'nodejs24.x',
    Timeout: 120,
    Environment: {
      Variables: { ATOLL_ENVIRONMENT: 'sample', ATOLL_PLATFORM_STACK: 'sample-production-delivery' },
    },
  });
  template.resourceCountIs('AWS::Lambda::Permission', 0);
  template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 0 });
});

test('the platform files are delivered after the bucket, its policy and the function', () => {
  const [delivery] = Object.values(template.findResources('Custom::AtollDelivery')) as {
    DependsOn: string[];
    Properties: { Files: { TargetKey: string }[] };
  }[];
  expect(delivery?.Properties.Files.map((entry) => entry.TargetKey)).toEqual(['platform/pools/objects.yaml']);
  const types = (delivery?.DependsOn ?? []).map(
    (id) => (template.toJSON() as { Resources: Record<string, { Type: string }> }).Resources[id]?.Type,
  );
  expect(types).toEqual(expect.arrayContaining(['AWS::S3::BucketPolicy', 'AWS::Lambda::Function', 'AWS::IAM::Role']));
});

test('no rule of the packs finds anything, on either cluster', () => {
  expect(nagFindings(stackOf('production'), stackOf('research')).findings).toEqual([]);
});
