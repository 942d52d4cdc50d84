import { describe, expect, test } from '@jest/globals';
import { tenantBucketPolicy } from '../../../constructs/aws/tenant/bucket-policy';
import { tenantKeyPolicy } from '../../../constructs/aws/tenant/key-policy';
import { pipelineQueuePolicy } from '../../../constructs/aws/tenant/queue-policy';
import { tenantRolePolicy, tenantTrustPolicy } from '../../../constructs/aws/tenant/role-policy';
import { tenantScope } from '../../../constructs/aws/tenant/tenant-scope';
import { QUOTAS } from '../../../schema/quotas';
import { sampleEnvironment } from '../../support/sample-environment';
import { type Context, judge } from './tenant-policy-request';
import { BUCKET, QUEUE, TOPIC, env, https, pod, role, scope, scopeIn, service } from './tenant-requests';

const KEY = `arn:aws:kms:${env.region}:222222222222:key/own`;

const bucket = (context: Context, action: string, key?: string, own = scope): string[] =>
  judge(tenantBucketPolicy(own, KEY), { action, resource: key === undefined ? BUCKET : `${BUCKET}/${key}`, context })
    .denied;
const roleAllows = (context: Context, action: string, resource: string): boolean => {
  const { allowed, denied } = judge(tenantRolePolicy(scope, KEY), { action, resource, context });
  return allowed.length > 0 && denied.length === 0;
};

/** [service account, action, key below the bucket]: all that is open, and nothing else of the product of them is. */
const OPEN = [
  ['pipeline', 's3:GetObject', 'raw/video/1'],
  ['pipeline', 's3:PutObject', 'derived/1'],
  ['training', 's3:GetObject', 'derived/1'],
  ['training', 's3:PutObject', 'models/1'],
  ['inference', 's3:GetObject', 'models/1'],
].map((way) => way.join(' '));

describe('the rights of a service account', () => {
  for (const account of ['pipeline', 'training', 'inference', 'default']) {
    for (const action of ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:GetObjectVersion']) {
      for (const key of ['raw/video/1', 'derived/1', 'models/1', 'exports/1', 'other']) {
        const open = OPEN.includes(`${account} ${action} ${key}`);
        test(`${account} ${open ? 'may' : 'may not'} ${action} ${key}, by the role and by the bucket alone`, () => {
          expect(roleAllows(pod(account), action, `${BUCKET}/${key}`)).toBe(open);
          expect(bucket(pod(account), action, key).length === 0).toBe(open);
        });
      }
    }
  }

  test('training alone lists, and derived/ alone, by the role and by the bucket alone', () => {
    const derived = { 's3:prefix': 'derived/a' };
    for (const [account, over, open] of [
      ['training', derived, true],
      ['training', { 's3:prefix': 'raw/' }, false],
      ['training', {}, false],
      ['pipeline', derived, false],
      ['inference', derived, false],
    ] as const) {
      expect(roleAllows(pod(account, over), 's3:ListBucket', BUCKET)).toBe(open);
      expect(bucket(pod(account, over), 's3:ListBucket').length === 0).toBe(open);
    }
  });

  test('a session of another namespace, of another cluster or without tags has no right', () => {
    const object = `${BUCKET}/raw/video/1`;
    expect(
      roleAllows(pod('pipeline', { 'aws:PrincipalTag/kubernetes-namespace': 'tenant-birch' }), 's3:GetObject', object),
    ).toBe(false);
    expect(
      roleAllows(pod('pipeline', { 'aws:PrincipalTag/eks-cluster-arn': 'arn:other' }), 's3:GetObject', object),
    ).toBe(false);
    expect(roleAllows(role('atoll-sample-tenant-acme'), 's3:GetObject', object)).toBe(false);
  });

  test('the pipeline alone receives from its own queues alone', () => {
    expect(roleAllows(pod('pipeline'), 'sqs:ReceiveMessage', QUEUE)).toBe(true);
    expect(roleAllows(pod('training'), 'sqs:ReceiveMessage', QUEUE)).toBe(false);
    expect(roleAllows(pod('pipeline'), 'sqs:ReceiveMessage', QUEUE.replace('acme', 'birch'))).toBe(false);
    expect(roleAllows(pod('pipeline'), 'sqs:SendMessage', QUEUE)).toBe(false);
  });

  test('the key is used through S3 and SQS only, and inference only decrypts', () => {
    const via = (name: string): Context => ({ 'kms:ViaService': `${name}.eu-central-1.amazonaws.com` });
    expect(roleAllows(pod('pipeline', via('sqs')), 'kms:Decrypt', KEY)).toBe(true);
    expect(roleAllows(pod('training', via('s3')), 'kms:GenerateDataKey', KEY)).toBe(true);
    expect(roleAllows(pod('training', via('sqs')), 'kms:Decrypt', KEY)).toBe(false);
    expect(roleAllows(pod('inference', via('s3')), 'kms:Decrypt', KEY)).toBe(true);
    expect(roleAllows(pod('inference', via('s3')), 'kms:GenerateDataKey', KEY)).toBe(false);
    expect(roleAllows(pod('pipeline'), 'kms:Decrypt', KEY)).toBe(false);
  });
});

test('the trust policy admits EKS for this cluster, account, namespace and service accounts only', () => {
  const right: Context = {
    'aws:SourceArn': scope.clusterArn,
    'aws:SourceAccount': '222222222222',
    'aws:RequestTag/eks-cluster-arn': scope.clusterArn,
    'aws:RequestTag/kubernetes-namespace': 'tenant-acme',
    'aws:RequestTag/kubernetes-service-account': 'pipeline',
  };
  const trusts = (context: Context): string[] =>
    judge(tenantTrustPolicy(scope), { action: 'sts:AssumeRole', resource: '', context }).allowed;
  expect(trusts(right)).toEqual(['PodsOfTheTenant']);
  for (const key of Object.keys(right)) expect(trusts({ ...right, [key]: 'other' })).toEqual([]);
  expect(tenantTrustPolicy(scope).Statement.map((statement) => statement.Principal)).toEqual([
    { Service: 'pods.eks.amazonaws.com' },
  ]);
});

describe("the bucket's policy", () => {
  test('refuses a principal that is not listed each object and list action, and no administration', () => {
    const admin = role('Admin');
    for (const action of [
      's3:GetObject',
      's3:GetObjectVersion',
      's3:PutObject',
      's3:DeleteObject',
      's3:RestoreObject',
    ]) {
      expect(bucket(admin, action, 'raw/video/1')).toEqual(['NobodyElse']);
    }
    expect(bucket(admin, 's3:ListBucket')).toEqual(['NobodyElseLists']);
    expect(bucket(admin, 's3:ListBucketVersions')).toEqual(['NobodyElse']);
    const deploy = role('cdk-hnb659fds-cfn-exec-role-222222222222-eu-central-1');
    expect(bucket(deploy, 's3:ListBucket')).toEqual([]);
    expect(bucket(deploy, 's3:ListBucketVersions')).toEqual(['NobodyElse']);
    expect(bucket(deploy, 's3:GetObject', 'raw/video/1')).toEqual(['NobodyElse']);
    for (const action of ['s3:PutBucketPolicy', 's3:GetBucketPolicy', 's3:PutLifecycleConfiguration']) {
      expect(bucket(admin, action)).toEqual([]);
    }
    expect(bucket(https, 's3:GetObject', 'raw/video/1')).toEqual(['NobodyElse']);
  });

  test('refuses the tenant role from another account endpoint and from none, and not a service that acts for it', () => {
    const other = { 'aws:VpceAccount': '333333333333' };
    const none = Object.fromEntries(Object.entries(pod('pipeline')).filter(([key]) => key !== 'aws:VpceAccount'));
    expect(bucket(pod('pipeline', other), 's3:GetObject', 'raw/video/1')).toEqual(['TenantFromItsEndpointOnly']);
    expect(bucket(none, 's3:GetObject', 'raw/video/1')).toEqual(['TenantFromItsEndpointOnly']);
    expect(bucket({ ...none, 'aws:ViaAWSService': 'true' }, 's3:GetObject', 'raw/video/1')).toEqual([]);
  });

  test('lets ingest put into the classes of the tenant and do nothing else', () => {
    const ingest = role('atoll-sample-ingest');
    expect(bucket(ingest, 's3:PutObject', 'raw/video/1')).toEqual([]);
    expect(bucket(ingest, 's3:PutObject', 'raw/other/1')).toEqual(['IngestIntoItsClassesOnly']);
    expect(bucket(ingest, 's3:PutObject', 'derived/1')).toEqual(['IngestIntoItsClassesOnly']);
    expect(bucket(ingest, 's3:GetObject', 'raw/video/1')).toEqual(['IngestPutsOnly']);
    expect(bucket(ingest, 's3:ListBucket')).toEqual(['IngestPutsOnly']);
  });

  test('refuses what is not over TLS 1.2', () => {
    expect(bucket(pod('pipeline', { 'aws:SecureTransport': 'false' }), 's3:GetObject', 'raw/video/1')).toEqual([
      'TlsOnly',
    ]);
    expect(bucket(pod('pipeline', { 's3:TlsVersion': '1.1' }), 's3:GetObject', 'raw/video/1')).toEqual([
      'Tls12OrNewer',
    ]);
  });

  test('takes a write without a header or with its own key, and refuses every other encryption', () => {
    const sse = 's3:x-amz-server-side-encryption';
    const id = `${sse}-aws-kms-key-id`;
    const put = (over: Context): string[] => bucket(role('atoll-sample-ingest', over), 's3:PutObject', 'raw/video/1');
    expect(put({})).toEqual([]);
    expect(put({ [sse]: 'aws:kms', [id]: KEY })).toEqual([]);
    expect(put({ [sse]: 'AES256' })).toEqual(['NoOtherAlgorithm', 'NoDefaultAccountKey']);
    expect(put({ [sse]: 'aws:kms' })).toEqual(['NoDefaultAccountKey']);
    expect(put({ [sse]: 'aws:kms', [id]: `${KEY}2` })).toEqual(['NoOtherKey']);
    expect(put({ [`${sse}-customer-algorithm`]: 'AES256' })).toEqual(['NoCustomerKey']);
  });

  test('admits the eraser alone while the tenant is erased, not even a service', () => {
    const erasing = scopeIn('erasing');
    expect(bucket(role('atoll-sample-eraser'), 's3:DeleteObjectVersion', 'raw/video/1', erasing)).toEqual([]);
    expect(bucket(role('atoll-sample-ingest'), 's3:PutObject', 'raw/video/1', erasing)).toEqual(['NobodyElse']);
    expect(bucket(pod('pipeline'), 's3:GetObject', 'raw/video/1', erasing)).toEqual(['NobodyElse']);
    expect(bucket(service(), 's3:GetObject', 'raw/video/1', erasing)).toEqual(['NobodyElse']);
    expect(bucket(service(), 's3:GetObject', 'raw/video/1')).toEqual([]);
  });

  test('refuses the pods of a suspended tenant and keeps taking recordings', () => {
    const suspended = scopeIn('suspended');
    expect(bucket(pod('pipeline'), 's3:GetObject', 'raw/video/1', suspended)).toEqual(['NobodyElse']);
    expect(bucket(role('atoll-sample-ingest'), 's3:PutObject', 'raw/video/1', suspended)).toEqual([]);
  });
});

describe("the key's policy", () => {
  const via: Context = { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' };
  const key = (context: Context, action: string, own = scope): { denied: string[]; allowed: string[] } =>
    judge(tenantKeyPolicy(own), { action, resource: '*', context });

  test('lets the account administer, and neither use the key nor grant it', () => {
    const admin = role('Admin', via);
    expect(key(admin, 'kms:PutKeyPolicy')).toEqual({ denied: [], allowed: ['AccountAdministersWithoutUse'] });
    for (const action of ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom']) {
      expect(key(admin, action)).toEqual({ denied: ['NobodyElseUses'], allowed: [] });
    }
    expect(key(admin, 'kms:CreateGrant')).toEqual({ denied: ['NobodyGrants'], allowed: [] });
  });

  test('lets the named roles use it, through their services only', () => {
    const ingest = role('atoll-sample-ingest', via);
    expect(key(pod('pipeline', via), 'kms:Decrypt')).toEqual({ denied: [], allowed: ['TenantUses'] });
    expect(key(pod('pipeline'), 'kms:Decrypt').allowed).toEqual([]);
    expect(key(pod('pipeline', via), 'kms:Encrypt').allowed).toEqual([]);
    expect(key(ingest, 'kms:GenerateDataKey').allowed).toEqual(['IngestWrites']);
    expect(key(role('atoll-sample-eraser', via), 'kms:Decrypt')).toEqual({ denied: ['NobodyElseUses'], allowed: [] });
  });

  test('lets the notifications of its own bucket, the deliveries of its own topic and its own log group use it', () => {
    const logs = { 'kms:EncryptionContext:aws:logs:arn': scope.logGroupArn };
    expect(key(service(), 'kms:GenerateDataKey')).toEqual({ denied: [], allowed: ['BucketNotifies'] });
    expect(key(service({ 'aws:SourceArn': 'arn:aws:s3:::other' }), 'kms:GenerateDataKey').allowed).toEqual([]);
    expect(key(service({ 'aws:SourceArn': TOPIC }), 'kms:GenerateDataKey').allowed).toEqual(['TopicDelivers']);
    expect(key(service({ 'aws:SourceArn': `${TOPIC}-2` }), 'kms:GenerateDataKey').allowed).toEqual([]);
    expect(key(service({ 'aws:SourceArn': 'arn:x', ...logs }), 'kms:Encrypt').allowed).toEqual(['LogGroupUses']);
  });

  test("is nobody's to use while the tenant is erased, and closed to pods while it is suspended", () => {
    const erasing = scopeIn('erasing');
    expect(key(role('atoll-sample-eraser', via), 'kms:ScheduleKeyDeletion', erasing)).toEqual({
      denied: [],
      allowed: ['AccountAdministersWithoutUse'],
    });
    expect(key(role('atoll-sample-ingest', via), 'kms:GenerateDataKey', erasing)).toEqual({
      denied: ['NobodyElseUses'],
      allowed: [],
    });
    expect(key(service(), 'kms:Decrypt', erasing)).toEqual({ denied: ['NobodyElseUses'], allowed: [] });
    expect(key(pod('pipeline', via), 'kms:Decrypt', scopeIn('suspended'))).toEqual({
      denied: ['NobodyElseUses'],
      allowed: [],
    });
  });
});

test('every policy stays under its quota at the longest names', () => {
  const longest = sampleEnvironment({ input: { name: 'e'.repeat(12), region: 'ap-southeast-1' } });
  const tenant = longest.tenants.find(({ id }) => id === 'acme');
  if (tenant === undefined) throw new Error('the sample has no tenant acme');
  const own = tenantScope(longest, { ...tenant, id: 't'.repeat(24) });
  const arnOfKey = `arn:aws:kms:ap-southeast-1:222222222222:key/${'0'.repeat(36)}`;
  const size = (policy: unknown): number => JSON.stringify(policy).length;
  expect(size(tenantBucketPolicy(own, arnOfKey))).toBeLessThan(QUOTAS.bucketPolicyBytes.value);
  expect(size(tenantKeyPolicy(own))).toBeLessThan(QUOTAS.keyPolicyBytes.value);
  expect(size(pipelineQueuePolicy(own, QUEUE))).toBeLessThan(QUOTAS.queuePolicyBytes.value);
  expect(size(tenantRolePolicy(own, arnOfKey))).toBeLessThan(QUOTAS.inlinePolicyCharacters.value);
  expect(size(tenantTrustPolicy(own))).toBeLessThan(QUOTAS.trustPolicyCharacters.value);
});

test('an erased tenant has no room', () => {
  expect(() => scopeIn('erased')).toThrow(
    "tenants/acme.yaml: state: got 'erased', allowed a tenant with data; an erased tenant has no stack",
  );
});
