import { beforeAll, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { questions } from '../../../infra/audit/questions';
import { readerPolicy, readerTrust } from '../../../infra/audit/reader-policies';
import { auditTables } from '../../../infra/audit/tables';
import { judge } from '../../constructs/aws/tenant-policy-request';
import { temporaryFolder } from '../../support/temporary';
import { AUDIT, auditOf, auditSample, environmentPair, type Find, ORGANIZATION } from './sample-audit';

const audit = auditOf();
let find: Find;
beforeAll(async () => {
  ({ find } = await auditSample());
});

const SIGN_IN = 'arn:aws:iam::444444444444:role/aws-reserved/sso.amazonaws.com';

test('people of the sign-in with the auditors’ permission set become the auditor, by name; nobody else does', () => {
  const known: Record<string, string> = {
    'aws:PrincipalArn': `${SIGN_IN}/eu-west-1/AWSReservedSSO_AtollAuditor_0123456789abcdef`,
    'aws:PrincipalOrgID': ORGANIZATION,
    'aws:PrincipalAccount': AUDIT,
    'sts:SourceIdentity': 'ada@example.com',
  };
  const assume = (more: Readonly<Record<string, string>>) =>
    judge(readerTrust(audit), { action: 'sts:AssumeRole', resource: '*', context: { ...known, ...more } }).allowed;
  expect(assume({})).toEqual(['AuditorsOfTheSignIn']);
  expect(assume({ 'aws:PrincipalArn': `${SIGN_IN}/AWSReservedSSO_AtollAuditor_0123456789abcdef` })).toHaveLength(1);
  expect(assume({ 'aws:PrincipalArn': `${SIGN_IN}/AWSReservedSSO_AtollAuditorToo_0123456789abcdef` })).toEqual([]);
  expect(assume({ 'aws:PrincipalArn': 'arn:aws:iam::444444444444:role/AWSReservedSSO_AtollAuditor_x' })).toEqual([]);
  expect(assume({ 'aws:PrincipalOrgID': 'o-otherorg001' })).toEqual([]);
  expect(assume({ 'aws:PrincipalAccount': '222222222222' })).toEqual([]);
  const anonymous = { ...known };
  delete anonymous['sts:SourceIdentity'];
  expect(judge(readerTrust(audit), { action: 'sts:AssumeRole', resource: '*', context: anonymous }).allowed).toEqual(
    [],
  );
});

test('auditors read, and write the results of their questions and nothing else', () => {
  const actions = readerPolicy(audit).Statement.flatMap(({ Action, Resource }) =>
    [Action].flat().map((action) => [action, Resource] as const),
  );
  const writes = actions.filter(
    ([action]) => !/:(Batch)?(Get|List|Describe)|^athena:(Start|Stop)Query|^kms:/.test(action),
  );
  const results = ['arn:aws:s3:::atoll-audit-queries-444444444444', 'arn:aws:s3:::atoll-audit-queries-444444444444/*'];
  expect(writes).toEqual([
    ['s3:AbortMultipartUpload', results],
    ['s3:PutObject', results],
  ]);
  expect(actions.filter(([action]) => action.includes('*'))).toEqual([]);
  expect(find('Role', 'reader').inputs).toMatchObject({ name: 'atoll-audit-reader', maxSessionDuration: 3600 });
  expect(find('RolePolicy', 'reader-policy').inputs['policy']).toEqual(readerPolicy(audit));
});

test('questions are asked in one workgroup, whose results are encrypted and kept apart, within a limit that nobody lifts', () => {
  expect(find('Workgroup', 'questions').inputs).toMatchObject({
    name: 'atoll-audit',
    forceDestroy: false,
    configuration: {
      enforceWorkgroupConfiguration: true,
      bytesScannedCutoffPerQuery: 1_099_511_627_776,
      resultConfiguration: {
        outputLocation: 's3://atoll-audit-queries-444444444444/results/',
        expectedBucketOwner: AUDIT,
        encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKeyArn: '${queries-key.arn}' },
      },
    },
  });
  const policy = find('BucketPolicy', 'queries-policy').inputs['policy'];
  const read = (role: string) =>
    judge(policy, {
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::atoll-audit-queries-444444444444/results/a.csv',
      context: { 'aws:PrincipalArn': `arn:aws:iam::444444444444:role/${role}`, 'aws:SecureTransport': 'true' },
    }).denied;
  expect(read('atoll-audit-reader')).toEqual([]);
  expect(read('atoll-audit-deployer')).toEqual(['AuditorsOnly']);
});

test('every file of questions/ is a saved query, with what the head of the file says', async () => {
  const { all } = await auditSample();
  const saved = all.filter(({ type }) => type.endsWith(':NamedQuery')).map(({ inputs }) => inputs);
  expect(saved.length).toBeGreaterThan(0);
  expect(saved).toEqual(
    questions().map(({ name, description, query }) => ({
      name,
      description,
      query,
      database: 'atoll_audit',
      workgroup: 'atoll-audit',
    })),
  );
});

test('questions are in the order of their names, and each says in its head what it answers', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'b.sql'), '-- What is\n-- the time?\nSELECT now()\n');
  writeFileSync(join(folder, 'a.sql'), '-- Which day is it?\n\nSELECT current_date -- today\n');
  writeFileSync(join(folder, 'README.md'), 'no question');
  expect(questions(folder).map(({ name, description }) => [name, description])).toEqual([
    ['a', 'Which day is it?'],
    ['b', 'What is the time?'],
  ]);
  writeFileSync(join(folder, 'c.sql'), 'SELECT 1\n');
  writeFileSync(join(folder, 'd.sql'), `-- ${'x'.repeat(1025)}\nSELECT 1\n`);
  const fault = (name: string, got: number): string =>
    `infra/audit/questions/${name}.sql: comment: got ${String(got)} characters, allowed 1 to 1024; ` +
    'say at the head of the file, behind --, what it answers';
  expect(() => questions(folder)).toThrow(new Error([fault('c', 0), fault('d', 1025)].join('\n')));
});

test('every table is projected, lies in the archive, and is in the one database', async () => {
  const { all } = await auditSample();
  const tables = all.filter(({ type }) => type.endsWith(':CatalogTable')).map(({ inputs }) => inputs);
  expect(tables.map(({ name }) => name)).toEqual(
    auditTables(environmentPair(), AUDIT)
      .map(({ name }) => name)
      .sort(),
  );
  for (const { databaseName, tableType, parameters, storageDescriptor } of tables) {
    expect([databaseName, tableType]).toEqual(['atoll_audit', 'EXTERNAL_TABLE']);
    expect(parameters).toMatchObject({ EXTERNAL: 'TRUE', 'projection.enabled': 'true' });
    expect(storageDescriptor).toMatchObject({
      location: expect.stringMatching(/^s3:\/\/atoll-audit-archive-444444444444\/.*\/$/) as unknown,
    });
  }
});
