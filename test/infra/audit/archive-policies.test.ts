import { describe, expect, test } from '@jest/globals';
import { archivePolicy } from '../../../infra/audit/archive-policy';
import { archiveKeyPolicy, queriesKeyPolicy } from '../../../infra/audit/key-policies';
import { type Context, judge } from '../../constructs/aws/tenant-policy-request';
import { auditOf, ORGANIZATION } from './sample-audit';

const audit = auditOf();
const KEY = 'arn:aws:kms:eu-central-1:444444444444:key/11111111-2222-3333-4444-555555555555';
const bucketPolicy = archivePolicy(audit, KEY);
const keyPolicy = archiveKeyPolicy(audit);
const ARCHIVE = 'arn:aws:s3:::atoll-audit-archive-444444444444';
const TRAIL = 'arn:aws:cloudtrail:eu-central-1:111111111111:trail/atoll-audit-444444444444';

const principal = (roleArn: string, more: Context = {}): Context => ({
  'aws:PrincipalArn': roleArn,
  'aws:PrincipalIsAWSService': 'false',
  'aws:SecureTransport': 'true',
  ...more,
});
const service = (more: Context): Context => ({
  'aws:PrincipalIsAWSService': 'true',
  'aws:SecureTransport': 'true',
  ...more,
});
const role = (account: string, name: string): string => `arn:aws:iam::${account}:role/${name}`;
const READER = role('444444444444', 'atoll-audit-reader');
const DEPLOYER = role('444444444444', 'atoll-audit-deployer');
const ADMIN = role('222222222222', 'sign-in/platform-admin');

const object = (action: string, key: string, context: Context) =>
  judge(bucketPolicy, { action, resource: `${ARCHIVE}/${key}`, context });

/** Every role of the platform that writes, and where. */
const WRITERS = [
  ['kubernetes/sample/production/', role('222222222222', 'atoll-sample-production-log-delivery')],
  ['kubernetes/sample/research/', role('333333333333', 'atoll-sample-research-log-delivery')],
  ['ledger/sample/', role('333333333333', 'atoll-sample-research-ledger')],
  ['receipts/sample/', role('222222222222', 'atoll-sample-eraser')],
  ['kubernetes/second/production/', role('777777777777', 'atoll-second-production-log-delivery')],
  ['kubernetes/second/research/', role('888888888888', 'atoll-second-research-log-delivery')],
  ['ledger/second/', role('888888888888', 'atoll-second-research-ledger')],
  ['receipts/second/', role('777777777777', 'atoll-second-eraser')],
] as const;

describe('the archive', () => {
  test.each(WRITERS)('below %s is written by %s, and by no other writer', (prefix, writer) => {
    for (const [, each] of WRITERS) {
      const { allowed, denied } = object('s3:PutObject', `${prefix}2026/11/25/a.gz`, principal(each));
      expect([each, allowed.length, denied]).toEqual([each, each === writer ? 1 : 0, []]);
    }
  });

  test.each([...WRITERS.map(([, writer]) => writer), DEPLOYER, ADMIN])('%s reads nothing', (each) => {
    for (const action of ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectTagging'])
      expect(object(action, 'ledger/sample/a.json', principal(each)).denied).toEqual(['NobodyElseReads']);
  });

  test('auditors read and do nothing else', () => {
    expect(object('s3:GetObject', 'ledger/sample/a.json', principal(READER)).denied).toEqual([]);
    expect(object('s3:PutObject', 'ledger/sample/a.json', principal(READER)).denied).toEqual(['NobodyElsePuts']);
  });

  test.each([...WRITERS.map(([, writer]) => writer), READER, DEPLOYER, ADMIN])(
    '%s deletes nothing, and neither lifts nor sets a lock',
    (each) => {
      for (const action of [
        's3:DeleteObject',
        's3:DeleteObjectVersion',
        's3:PutObjectRetention',
        's3:PutObjectLegalHold',
        's3:BypassGovernanceRetention',
      ])
        expect([action, object(action, 'trail/a.gz', principal(each)).denied]).toEqual([
          action,
          ['NobodyDeletesOrUnlocks'],
        ]);
    },
  );

  test('Firehose hands over what it puts, as the header says that it sends to another account, and nobody sets another ACL', () => {
    const [[prefix, writer]] = WRITERS;
    const acl = (who: string, header: string) =>
      object('s3:PutObjectAcl', `${prefix}a.gz`, principal(who, { 's3:x-amz-acl': header }));
    expect(acl(writer, 'bucket-owner-full-control')).toEqual({
      allowed: ['SampleProductionKubernetesHandsOver'],
      denied: [],
    });
    expect(acl(writer, 'public-read').allowed).toEqual([]);
    expect(acl(ADMIN, 'bucket-owner-full-control').denied).toEqual(['NobodyElsePuts']);
  });

  test('nobody else puts, an administrator of a cluster and the deployer of the archive among them', () => {
    for (const each of [ADMIN, DEPLOYER, role('222222222222', 'atoll-sample-tenant-acme')])
      expect(object('s3:PutObject', 'ledger/sample/a.json', principal(each))).toEqual({
        denied: ['NobodyElsePuts'],
        allowed: [],
      });
  });

  test('CloudTrail puts for the one trail alone, of the organisation and of its management account', () => {
    const acl = { 's3:x-amz-acl': 'bucket-owner-full-control' };
    const put = (key: string, more: Context) => object('s3:PutObject', key, service({ ...acl, ...more }));
    for (const whose of [ORGANIZATION, '111111111111']) {
      const key = `trail/AWSLogs/${whose}/222222222222/CloudTrail/a.gz`;
      expect(put(key, { 'aws:SourceArn': TRAIL })).toEqual({ allowed: ['TrailPuts'], denied: [] });
      expect(put(key, { 'aws:SourceArn': TRAIL, 'aws:SourceOrgID': 'o-otherorg001' }).allowed).toEqual([]);
      expect(put(key, { 'aws:SourceArn': TRAIL.replace('111111111111', '999999999999') }).allowed).toEqual([]);
      expect(put(key, {}).allowed).toEqual([]);
    }
    expect(put('ledger/sample/a.json', { 'aws:SourceArn': TRAIL }).allowed).toEqual([]);
  });

  test('nothing is written without TLS, or under another key', () => {
    const [[prefix, writer]] = WRITERS;
    const put = (more: Context) => object('s3:PutObject', `${prefix}a.gz`, principal(writer, more)).denied;
    const [algorithm, keyId] = ['s3:x-amz-server-side-encryption', 's3:x-amz-server-side-encryption-aws-kms-key-id'];
    expect(put({ 'aws:SecureTransport': 'false' })).toEqual(['TlsOnly']);
    expect(put({ [algorithm]: 'AES256' })).toEqual(['NoOtherAlgorithm', 'NoDefaultAccountKey']);
    expect(put({ [algorithm]: 'aws:kms' })).toEqual(['NoDefaultAccountKey']);
    expect(put({ [algorithm]: 'aws:kms', [keyId]: KEY.replace('key/1', 'key/2') })).toEqual(['NoOtherKey']);
    expect(put({ [algorithm]: 'aws:kms', [keyId]: KEY })).toEqual([]);
  });
});

describe('the archive’s key', () => {
  const use = (action: string, context: Context) => judge(keyPolicy, { action, resource: '*', context });
  const throughS3 = { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' };

  test.each(WRITERS)('encrypts what is written below %s, through S3 alone', (prefix, writer) => {
    expect(use('kms:GenerateDataKey', principal(writer, throughS3))).toEqual({
      allowed: ['WritersEncrypt'],
      denied: [],
    });
    expect(use('kms:GenerateDataKey', principal(writer)).allowed).toEqual([]);
    // Firehose alone joins parts, for which S3 decrypts.
    const joins = prefix.startsWith('kubernetes/') ? ['WritersJoinParts'] : [];
    expect(use('kms:Decrypt', principal(writer, throughS3)).allowed).toEqual(joins);
  });

  test('decrypts for auditors through S3, and for nobody else', () => {
    expect(use('kms:Decrypt', principal(READER, throughS3))).toEqual({ allowed: ['AuditorsDecrypt'], denied: [] });
    expect(use('kms:GenerateDataKey', principal(READER, throughS3)).allowed).toEqual([]);
    for (const each of [ADMIN, DEPLOYER])
      for (const action of ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom'])
        expect(use(action, principal(each, throughS3)).denied).toEqual(['NobodyElseUses']);
  });

  test('encrypts for the one trail', () => {
    const encrypt = (arn: string) =>
      use('kms:GenerateDataKey', service({ 'aws:SourceArn': arn, 'kms:EncryptionContext:aws:cloudtrail:arn': arn }));
    expect(encrypt(TRAIL)).toEqual({ allowed: ['TrailEncrypts'], denied: [] });
    expect(encrypt(TRAIL.replace('atoll-audit', 'other')).allowed).toEqual([]);
  });

  test.each([keyPolicy, queriesKeyPolicy(audit)])('is disabled, deleted and lent by nobody', (policy) => {
    for (const action of ['kms:DisableKey', 'kms:ScheduleKeyDeletion', 'kms:CreateGrant']) {
      const { allowed, denied } = judge(policy, { action, resource: '*', context: principal(DEPLOYER) });
      expect([action, denied.length, allowed]).toEqual([action, 1, []]);
    }
    // Its administrators keep what mends it.
    const mends = judge(policy, { action: 'kms:PutKeyPolicy', resource: '*', context: principal(DEPLOYER) });
    expect(mends).toEqual({ allowed: ['AccountAdministersWithoutUse'], denied: [] });
  });
});
