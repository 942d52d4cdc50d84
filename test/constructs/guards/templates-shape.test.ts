import { describe, expect, test } from '@jest/globals';
import { templateFaults } from '../../../constructs/guards/templates/template-faults';
import { templateShape, TENANT_QUANTITIES } from '../../../constructs/guards/templates/shape';
import { ACCOUNT, KEY, RETAINED } from './templates-support';

const statement = (id: string, i: number): object => ({
  Sid: `Only${i}`,
  Effect: 'Deny',
  Principal: '*',
  Action: ['s3:GetObject', 's3:PutObject'],
  Resource: [{ 'Fn::Join': ['', ['arn:aws:s3:::', { Ref: 'Bucket' }, `/raw/${i}/*`]] }],
  Condition: { StringNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/atoll-dev-tenant-${id}` } },
});

/** A template of about the size of a tenant's: 20 resources, five policies. */
function tenantTemplate(id: string, hash = '0'.repeat(64)): { Resources: Record<string, never> } {
  const ByDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY };
  const policy = { Version: '2012-10-17', Statement: Array.from({ length: 8 }, (_, i) => statement(id, i)) };
  const resources: Record<string, object> = {
    Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policy }, ...RETAINED },
    Bucket: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        BucketName: `atoll-dev-${id}-${ACCOUNT}`,
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: ByDefault }] },
      },
      ...RETAINED,
    },
    Policy: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: policy },
      ...RETAINED,
    },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { RoleName: `atoll-dev-tenant-${id}`, Policies: [{ PolicyName: 'data', PolicyDocument: policy }] },
    },
    Objects: { Type: 'Custom::Upload', Properties: { Key: `tenants/${id}/objects.yaml`, Source: `${hash}.zip` } },
  };
  for (let i = 0; i < 15; i++) {
    resources[`Queue${i}`] = {
      Type: 'AWS::SQS::Queue',
      Properties: { QueueName: `atoll-dev-${id}-${i}`, KmsMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
      DependsOn: ['Policy'],
    };
  }
  return { Resources: resources as Record<string, never> };
}

describe('the shape', () => {
  test('is equal for tenants that differ by name and by content hash only', () => {
    const acme = templateShape(tenantTemplate('acme'), { id: 'acme' });
    expect(templateShape(tenantTemplate('zebra-nord', 'f'.repeat(64)), { id: 'zebra-nord' })).toBe(acme);
    expect(acme).not.toContain('acme');
  });

  test('differs where a tenant has one thing more, or names another tenant', () => {
    const acme = templateShape(tenantTemplate('acme'), { id: 'acme' });
    const more = tenantTemplate('beta');
    const fewer = Object.fromEntries(Object.entries(more.Resources).filter(([id]) => id !== 'Queue1'));
    expect(templateShape({ Resources: fewer }, { id: 'beta' })).not.toBe(acme);
    const stray = JSON.parse(
      JSON.stringify(more).replace('role/atoll-dev-tenant-beta', 'role/atoll-dev-tenant-acme'),
    ) as object;
    expect(templateShape(stray, { id: 'beta' })).not.toBe(acme);
  });

  test('does not depend on the order of keys', () => {
    expect(templateShape({ b: { y: [1, null], x: true }, a: 'k' }, { id: 't' })).toBe(
      templateShape({ a: 'k', b: { x: true, y: [1, null] } }, { id: 't' }),
    );
  });

  test('is equal for tenants of other quantities only where the caller says so', () => {
    const rule = (days: number): object => ({ Rules: [{ ExpirationInDays: days, NoncurrentDays: 1 }] });
    const id = { id: 'acme' };
    expect(templateShape(rule(30), id)).not.toBe(templateShape(rule(90), id));
    expect(templateShape(rule(30), id, TENANT_QUANTITIES)).toBe(templateShape(rule(90), id, TENANT_QUANTITIES));
    expect(templateShape({ NoncurrentDays: 1 }, id, TENANT_QUANTITIES)).toBe('{"NoncurrentDays":1}');
  });

  test('replaces whole words, the longest name first, in keys as in values', () => {
    const shape = templateShape(
      { 'x/acme': 'acmeal acme-east Acme Ltd acme' },
      { id: 'acme', sister: 'acme-east', name: 'Acme Ltd' },
    );
    expect(shape).toBe('{"x/\uE000id\uE001":"acmeal \uE000sister\uE001 \uE000name\uE001 \uE000id\uE001"}');
  });
});

test('a thousand templates of tenants have no fault', () => {
  const templates = Array.from({ length: 1000 }, (_, i) => tenantTemplate(`tenant-${i}`));
  const judge = (): string[] =>
    templates.flatMap((template) => templateFaults(template, { stackName: 'dev-tenant', account: ACCOUNT }));
  expect(judge()).toEqual([]);
});
