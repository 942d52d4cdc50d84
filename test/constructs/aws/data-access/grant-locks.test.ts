import { describe, expect, test } from '@jest/globals';
import { type Context, judge } from '../tenant-policy-request';
import {
  bucket,
  bucketPolicyOf,
  env,
  keyPolicyOf,
  pod,
  podPolicy,
  RESEARCH,
  scopeOf,
  session,
  sessionPolicy,
  withTenant,
  without,
} from './grant-requests';

const TEXT = `${bucket('acme')}/raw/text/2026/mail.json`;
const read = (context: Context, resource = TEXT, action = 's3:GetObject') => ({ action, resource, context });
const AFTER: Context = { 'aws:CurrentTime': '2027-01-16T00:00:00Z' };
const LAST_MOMENT: Context = { 'aws:CurrentTime': '2027-01-15T23:59:59Z' };

/** Whether a lock lets a request through: somebody allows and nobody denies. */
const opens = (policy: unknown, request: ReturnType<typeof read>): boolean => {
  const { allowed, denied } = judge(policy, request);
  return allowed.length > 0 && denied.length === 0;
};

describe.each([
  ['pods', pod, podPolicy()],
  ['sessions', session, sessionPolicy()],
] as const)('the %s of a grant', (_, as, rolePolicy) => {
  const role = (request: ReturnType<typeof read>): boolean => opens(rolePolicy, request);
  const tenant = (request: ReturnType<typeof read>): boolean => opens(bucketPolicyOf('acme'), request);

  test('read the granted class by both locks, raw and derived, by version and by list', () => {
    const lists = { ...as(), 's3:prefix': 'raw/text/2026/' };
    const requests = [
      read(as()),
      read(as(LAST_MOMENT)),
      read(as(), `${bucket('acme')}/derived/text/records/day=2026-11-01/a.json`),
      read(as(), TEXT, 's3:GetObjectVersion'),
      read(lists, bucket('acme'), 's3:ListBucket'),
      read(lists, bucket('acme'), 's3:ListBucketVersions'),
      read(as(), bucket('acme'), 's3:GetBucketLocation'),
    ];
    for (const request of requests)
      expect({ request, role: role(request), tenant: tenant(request) }).toEqual({ request, role: true, tenant: true });
  });

  test('are refused everything else by each lock alone', () => {
    const requests = [
      read(as(), `${bucket('acme')}/raw/audio/2026/call.wav`),
      read(as(), `${bucket('acme')}/models/head/1.onnx`),
      read(as(), `${bucket('acme')}/exports/text/a.json`),
      read(as(), `${bucket('acme')}/models/raw/text/a.json`),
      read({ ...as(), 's3:prefix': 'raw/' }, bucket('acme'), 's3:ListBucket'),
      read(as(), bucket('acme'), 's3:ListBucket'),
      read(as(), TEXT, 's3:PutObject'),
      read(as(), TEXT, 's3:DeleteObjectVersion'),
      read(as(), TEXT, 's3:PutObjectTagging'),
      read(as(), bucket('acme'), 's3:PutBucketPolicy'),
      read(as(AFTER)),
      read({ ...as(AFTER), 's3:prefix': 'raw/text/' }, bucket('acme'), 's3:ListBucket'),
      read(as(AFTER), bucket('acme'), 's3:GetBucketLocation'),
    ];
    for (const request of requests)
      expect({ request, role: role(request), tenant: tenant(request) }).toEqual({
        request,
        role: false,
        tenant: false,
      });
  });

  test('are refused another tenant by each lock alone', () => {
    const resource = `${bucket('cedar-health')}/raw/audio/call.wav`;
    expect(role(read(as(), resource))).toBe(false);
    expect(opens(bucketPolicyOf('cedar-health'), read(as(), resource))).toBe(false);
    expect(judge(bucketPolicyOf('cedar-health'), read(as(), resource)).denied).toContain('NobodyElse');
  });

  test('decrypt through S3 alone, until the end', () => {
    const key = 'arn:aws:kms:eu-central-1:222222222222:key/k';
    const through = (over: Context = {}): Context => ({
      ...as(),
      'kms:ViaService': 's3.eu-central-1.amazonaws.com',
      'kms:ResourceAliases': 'alias/atoll/sample/tenant/acme',
      ...over,
    });
    const decrypt = (context: Context) => read(context, key, 'kms:Decrypt');
    const both = (context: Context) => [
      opens(rolePolicy, decrypt(context)),
      opens(keyPolicyOf('acme'), decrypt(context)),
    ];
    expect(both(through())).toEqual([true, true]);
    expect(both(through(AFTER))).toEqual([false, false]);
    expect(both(through({ 'kms:ViaService': 'athena.eu-central-1.amazonaws.com' }))).toEqual([false, false]);
    expect(opens(keyPolicyOf('acme'), read(through(), key, 'kms:GenerateDataKey'))).toBe(false);
    expect(opens(rolePolicy, decrypt(through({ 'kms:ResourceAliases': 'alias/atoll/sample/tenant/cedar' })))).toBe(
      false,
    );
    expect(opens(keyPolicyOf('cedar-health'), decrypt(through()))).toBe(false);
  });

  test('come from research’s endpoint or by Athena, and by no other service', () => {
    const elsewhere = without(as(), 'aws:VpceAccount');
    expect(tenant(read(elsewhere))).toBe(false);
    expect(tenant(read({ ...elsewhere, 'aws:VpceAccount': '222222222222' }))).toBe(false);
    expect(tenant(read({ ...elsewhere, 'aws:CalledVia': 'athena.amazonaws.com' }))).toBe(true);
    expect(tenant(read({ ...elsewhere, 'aws:CalledVia': 'glue.amazonaws.com' }))).toBe(false);
  });

  test('ask Athena by an endpoint of research, in the workgroup of the grant, and the catalogue by Athena', () => {
    const athena = (context: Context, group = 'atoll-sample-grant-notes-quality') =>
      role(read(context, `arn:aws:athena:eu-central-1:${RESEARCH}:workgroup/${group}`, 'athena:StartQueryExecution'));
    expect(athena(as())).toBe(true);
    expect(athena(without(as(), 'aws:VpceAccount'))).toBe(true);
    expect(athena(as({ 'aws:VpceAccount': '999999999999' }))).toBe(false);
    expect(athena(without(without(as(), 'aws:VpceAccount'), 'aws:SourceVpce'))).toBe(false);
    expect(athena(as(), 'atoll-sample-grant-speech-eval')).toBe(false);
    expect(athena(as(), 'primary')).toBe(false);
    const table = (name: string, over: Context = {}) =>
      role(read(as(over), `arn:aws:glue:eu-central-1:${RESEARCH}:table/${name}/records`, 'glue:GetTable'));
    const viaAthena = { 'aws:CalledVia': 'athena.amazonaws.com' };
    expect(table('atoll_sample_acme_text', viaAthena)).toBe(true);
    expect(table('atoll_sample_acme_text')).toBe(false);
    expect(table('atoll_sample_acme_audio', viaAthena)).toBe(false);
  });
});

describe('a pod of a grant', () => {
  test.each([
    ['aws:PrincipalTag/kubernetes-service-account', 'research'],
    ['aws:PrincipalTag/kubernetes-namespace', 'research-speech'],
    ['aws:PrincipalTag/eks-cluster-arn', 'arn:aws:eks:eu-central-1:222222222222:cluster/atoll-sample-production'],
  ])('with another %s is refused', (tag, value) => {
    expect(opens(podPolicy(), read(pod({ [tag]: value })))).toBe(false);
    expect(opens(podPolicy(), read(without(pod(), tag)))).toBe(false);
  });
});

describe('a session of a grant', () => {
  test.each([
    ['aws:SourceIdentity', 'ada@example.com'],
    ['aws:PrincipalTag/purpose', 'model-training'],
    ['aws:PrincipalTag/ticket', 'DATA-1'],
  ])('without its %s, or with another, is refused', (key, value) => {
    expect(opens(sessionPolicy(), read(session({ [key]: value })))).toBe(false);
    expect(opens(sessionPolicy(), read(without(session(), key)))).toBe(false);
  });
});

test('a suspended tenant is open by no lock, and open again when it is active', () => {
  const suspended = withTenant('acme', { state: 'suspended' });
  expect(opens(podPolicy(scopeOf('notes-quality', suspended)), read(pod()))).toBe(false);
  expect(opens(bucketPolicyOf('acme', suspended), read(pod()))).toBe(false);
  expect(judge(bucketPolicyOf('acme', suspended), read(pod())).denied).toContain('NobodyElse');
  const birch = `${bucket('birch')}/raw/text/note.json`;
  expect(opens(podPolicy(scopeOf('notes-quality', suspended)), read(pod(), birch))).toBe(true);
});

test('a grant without active tenants has a role that reads nothing, and no empty statement', () => {
  const closed = withTenant('acme', { state: 'suspended' });
  const scope = scopeOf('speech-eval', closed);
  const policy = podPolicy(scope);
  expect(scope.tenants).toEqual([]);
  expect(opens(policy, read(pod(), `${bucket('acme')}/raw/audio/a.wav`))).toBe(false);
  for (const { Resource } of policy.Statement) expect(Resource).not.toEqual([]);
});

test('ids that differ in a hyphen have statements of their own', () => {
  const ids = env.grants.map(({ id }) => id);
  const sids = bucketPolicyOf('acme').Statement.map(({ Sid }) => Sid);
  expect(new Set(sids).size).toBe(sids.length);
  expect(sids.filter((sid) => sid.startsWith('Grant') && /Reads$/.test(sid))).toHaveLength(ids.length);
});
