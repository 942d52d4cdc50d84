import { describe, expect, test } from '@jest/globals';
import { teamStoreNames } from '../../../schema/access-names';
import { tenantNames } from '../../../schema/names';
import { ask } from './ask';
import type { Row } from './athena/archive';
import type { Evidence } from './fixtures/evidence';
import { copyRequest, objectRequest } from './fixtures/objects';
import { identityOf, session } from './fixtures/sessions';
import { ada, at, env, goodDay, grantPod, production } from './fixtures/story';

const STORE = teamStoreNames.bucket(env, 'speech');
const ACME = tenantNames.bucket(env, 'acme');
const BIRCH = tenantNames.bucket(env, 'birch');
const KEY = 'raw/audio/2026/11/24/call-9.wav';

const last = async (evidence: Evidence): Promise<Row | undefined> => (await ask(evidence, 'who-accessed')).at(-1);
const reasons = async (evidence: Evidence): Promise<unknown[]> =>
  (await ask(evidence, 'access-without-a-live-grant')).map(({ tenant, reasons: why }) => [tenant, why]);

/** A copy by a pod of the speech grant into the folder of its datasets. */
function copied(from: string, more: { action?: 'UploadPartCopy'; errorCode?: string } = {}): Evidence {
  const evidence = goodDay();
  const pod = grantPod(evidence, at('13:00'), ada, { name: 'copy' });
  copyRequest(evidence, at('13:01'), pod, { from, bucket: STORE, key: 'datasets/speech-eval/x', ...more });
  return evidence;
}

describe('a copy of a tenant’s object to elsewhere', () => {
  test.each<[string, string, { action?: 'UploadPartCopy' }]>([
    ['as a bucket and a key', `${ACME}/${KEY}`, {}],
    ['with a slash before it', `/${ACME}/${KEY}`, {}],
    ['with a version', `${ACME}/${KEY}?versionId=3HL4kqtJlcpXroDTDmJ`, {}],
    ['escaped', encodeURIComponent(`${ACME}/${KEY}`), {}],
    ['part by part', `${ACME}/${KEY}`, { action: 'UploadPartCopy' }],
  ])('is an access to its source, which is named %s', async (_, from, more) => {
    expect(await last(copied(from, more))).toMatchObject({
      action: `${more.action ?? 'CopyObject'} (source)`,
      object: KEY,
      outcome: 'done',
      person: 'ada@example.com',
      grant_id: 'speech-eval',
      ticket: 'DATA-123',
    });
  });

  test('is covered by a grant of the source, and not by one of another tenant', async () => {
    expect(await reasons(copied(`${ACME}/${KEY}`))).toEqual([]);
    expect(await reasons(copied(`${BIRCH}/${KEY}`, { errorCode: 'AccessDenied' }))).toEqual([
      ['birch', 'a tenant outside of the grant'],
    ]);
  });

  test('within and between tenants is seen from both sides, once each', async () => {
    const evidence = goodDay();
    const admin = session(evidence, production, 'platform-admin', 'x');
    copyRequest(evidence, at('13:00'), admin, { from: `${ACME}/${KEY}`, bucket: BIRCH, key: 'raw/text/y' });
    copyRequest(evidence, at('13:01'), admin, { from: `${ACME}/${KEY}`, bucket: ACME, key: 'raw/text/z' });
    const rows = await ask(evidence, 'access-without-a-live-grant');
    expect(rows.map(({ tenant, action, object }) => [tenant, action, object]).sort()).toEqual([
      ['acme', 'CopyObject (source)', KEY],
      ['acme', 'CopyObject (source)', KEY],
      ['acme', 'CopyObject', 'raw/text/z'],
      ['birch', 'CopyObject', 'raw/text/y'],
    ]);
  });

  test('of something else is none of a tenant’s', async () => {
    expect(await last(copied(`${STORE}/results/x`))).toMatchObject({ object: 'raw/audio/2026/08/01/call-0.wav' });
  });
});

describe('what names its object in another way', () => {
  test('is seen where a refused request has no parameters, but resources', async () => {
    const evidence = goodDay();
    const admin = session(evidence, production, 'platform-admin', 'x');
    evidence.cloudTrail(at('13:00'), [production], {
      userIdentity: identityOf(admin),
      eventSource: 's3.amazonaws.com',
      eventName: 'GetObject',
      eventCategory: 'Data',
      errorCode: 'AccessDenied',
      requestParameters: null,
      resources: [
        { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${ACME}/${KEY}` },
        { accountId: production, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${ACME}` },
      ],
    });
    expect(await last(evidence)).toMatchObject({ action: 'GetObject', object: KEY, outcome: 'AccessDenied' });
    expect(await reasons(evidence)).toEqual([['acme', 'a principal that no grant names']]);
  });

  test.each([
    ['reads', 's3.amazonaws.com', 'GetObject'],
    ['reads a version', 's3.amazonaws.com', 'GetObjectVersion'],
    ['deletes, and is not S3', 'backup.amazonaws.com', 'DeleteObject'],
  ])('is asked about where a service by itself %s', async (_, invokedBy, eventName) => {
    const evidence = goodDay();
    evidence.cloudTrail(at('13:00'), [production], {
      userIdentity: { type: 'AWSService', invokedBy },
      eventSource: 's3.amazonaws.com',
      eventName,
      eventCategory: 'Data',
      requestParameters: { bucketName: ACME, key: KEY },
    });
    expect(await reasons(evidence)).toEqual([['acme', 'a principal that no grant names']]);
  });

  test('is nothing more where requests are as they always were', async () => {
    const evidence = goodDay();
    const pod = grantPod(evidence, at('13:00'), ada, { name: 'list' });
    objectRequest(evidence, at('13:01'), pod, { tenant: 'acme', key: 'raw/audio/', action: 'ListObjects' });
    expect(await last(evidence)).toMatchObject({ action: 'ListObjects', object: 'raw/audio/' });
    expect(await reasons(evidence)).toEqual([]);
  });
});
