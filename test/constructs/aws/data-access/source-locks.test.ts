import { describe, expect, test } from '@jest/globals';
import {
  corpusBucketPolicy,
  corpusKeyPolicy,
  corpusPrincipals,
} from '../../../../constructs/aws/data-access/corpus-policies';
import { secretKeyStatements, secretPolicy } from '../../../../constructs/aws/data-access/relational-policies';
import type { Environment } from '../../../../schema/model';
import { isCorpus, isRelational } from '../../../../schema/open-sources';
import { environmentWithSources } from '../../../support/sample-sources';
import { type Context, judge } from '../tenant-policy-request';
import { pod, podPolicy, RESEARCH, scopeOf, session, sessionPolicy, without } from './grant-requests';

const env = environmentWithSources();
const BUCKET = `arn:aws:s3:::atoll-sample-corpus-dialects-${RESEARCH}`;
const KEY = `arn:aws:kms:eu-central-1:${RESEARCH}:key/k`;
const FILE = `${BUCKET}/objects/bavarian/1.flac`;
const AFTER: Context = { 'aws:CurrentTime': '2027-01-16T00:00:00Z' };
const IMPORTER = `arn:aws:iam::${RESEARCH}:role/atoll-sample-corpus-dialects-import`;
/** As the same role that opens the corpus, in the account where the corpus lies. */
const here = (context: Context): Context => ({ ...context, 's3:ResourceAccount': RESEARCH });

function corpusOf(environment: Environment) {
  const [corpus] = environment.sources.filter(isCorpus);
  if (corpus === undefined) throw new Error('the sample has no corpus');
  return corpusPrincipals(environment, corpus);
}
function relationalOf(environment: Environment) {
  const [source] = environment.sources.filter(isRelational);
  if (source === undefined) throw new Error('the sample has no relational source');
  return source;
}
const bucketPolicy = corpusBucketPolicy(corpusOf(env), KEY);
const opens = (policy: unknown, action: string, resource: string, context: Context): boolean => {
  const { allowed, denied } = judge(policy, { action, resource, context });
  return allowed.length > 0 && denied.length === 0;
};
const denied = (action: string, resource: string, context: Context): string[] =>
  judge(bucketPolicy, { action, resource, context }).denied;

describe.each([
  ['pods', (over?: Context) => here(pod(over)), podPolicy(scopeOf('notes-quality', env))],
  ['sessions', (over?: Context) => here(session(over)), sessionPolicy(scopeOf('notes-quality', env))],
] as const)('the %s of a grant that names a corpus', (_, as, role) => {
  test('read it whole until the end, and change nothing, by each lock', () => {
    for (const [action, resource] of [
      ['s3:GetObject', FILE],
      ['s3:GetObjectVersion', `${BUCKET}/table/a.parquet`],
      ['s3:ListBucket', BUCKET],
      ['s3:ListBucketVersions', BUCKET],
      ['s3:GetBucketLocation', BUCKET],
    ] as const) {
      expect([action, opens(role, action, resource, as())]).toEqual([action, true]);
      expect([action, denied(action, resource, as())]).toEqual([action, []]);
      expect([action, opens(role, action, resource, as(AFTER))]).toEqual([action, false]);
      expect([action, denied(action, resource, as(AFTER))]).toEqual([action, ['GrantnotesXqualityEnds']]);
    }
    for (const action of ['s3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObjectTagging']) {
      expect([action, opens(role, action, FILE, as())]).toEqual([action, false]);
      expect([action, denied(action, FILE, as())]).toEqual([action, ['GrantsReadOnly']]);
    }
  });

  test('come from research’s endpoint or by Athena', () => {
    const elsewhere = without(as(), 'aws:VpceAccount');
    expect(denied('s3:GetObject', FILE, elsewhere)).toEqual(['GrantsFromResearchOnly']);
    expect(denied('s3:GetObject', FILE, { ...elsewhere, 'aws:CalledVia': 'athena.amazonaws.com' })).toEqual([]);
  });

  test('decrypt by its key’s alias through S3, until the end', () => {
    const through = {
      'kms:ViaService': 's3.eu-central-1.amazonaws.com',
      'kms:ResourceAliases': 'alias/atoll/sample/corpus/dialects',
    };
    const both = (over: Context): boolean[] =>
      [role, corpusKeyPolicy(corpusOf(env))].map((policy) =>
        opens(policy, 'kms:Decrypt', KEY, as({ ...through, ...over })),
      );
    expect(both({})).toEqual([true, true]);
    expect(both(AFTER)).toEqual([false, false]);
    expect(both({ 'kms:ViaService': 'athena.eu-central-1.amazonaws.com' })).toEqual([false, false]);
  });

  test('see its table by Athena', () => {
    const table = (database: string, over: Context): boolean =>
      opens(role, 'glue:GetTable', `arn:aws:glue:eu-central-1:${RESEARCH}:table/${database}/dialects`, as(over));
    const viaAthena = { 'aws:CalledVia': 'athena.amazonaws.com' };
    expect(table('atoll_sample_corpus_dialects', viaAthena)).toBe(true);
    expect(table('atoll_sample_corpus_dialects', {})).toBe(false);
    expect(table('atoll_sample_corpus_other', viaAthena)).toBe(false);
  });

  test('get the secret of their replica from inside, until the end, and no other', () => {
    const { secretArn, keyArn } = relationalOf(env);
    const get = (resource: string, context: Context): boolean[] =>
      [role, secretPolicy(env, relationalOf(env))].map((policy) =>
        opens(policy, 'secretsmanager:GetSecretValue', resource, context),
      );
    expect(get(secretArn, as())).toEqual([true, true]);
    expect(get(secretArn, as(AFTER))).toEqual([false, false]);
    expect(get(secretArn, without(as(), 'aws:SourceVpce'))).toEqual([false, false]);
    expect(get(secretArn.replace('Ab12Cd', 'Ab12Ce'), as())[0]).toBe(false);
    const key = { Statement: secretKeyStatements(env, relationalOf(env)) };
    const decrypt = (over: Context, resource = keyArn): boolean[] =>
      [role, key].map((policy) => opens(policy, 'kms:Decrypt', resource, as(over)));
    const through = { 'kms:ViaService': 'secretsmanager.eu-central-1.amazonaws.com' };
    expect(decrypt(through)).toEqual([true, true]);
    expect(decrypt({})).toEqual([false, false]);
    expect(decrypt({ ...through, ...AFTER })).toEqual([false, false]);
    expect(decrypt(through, keyArn.replace('key/1', 'key/2'))[0]).toBe(false);
  });
});

test('a grant that does not name a corpus is refused by each lock', () => {
  const other = here(pod({ 'aws:PrincipalArn': `arn:aws:iam::${RESEARCH}:role/atoll-sample-grant-speech-eval` }));
  expect(denied('s3:GetObject', FILE, other)).toEqual(['GrantsThatNameIt']);
  expect(opens(podPolicy(scopeOf('speech-eval', env)), 's3:GetObject', FILE, other)).toBe(false);
  expect(opens(secretPolicy(env, relationalOf(env)), 'secretsmanager:GetSecretValue', 'x', other)).toBe(false);
});

test('a corpus that no grant names is closed to all of them', () => {
  const lonely = environmentWithSources({ grants: env.grants.map((grant) => ({ ...grant, sources: [] })) });
  const policy = corpusBucketPolicy(corpusOf(lonely), KEY);
  const { denied: refused } = judge(policy, { action: 's3:GetObject', resource: FILE, context: here(pod()) });
  expect(refused).toEqual(['NobodyElse']);
});

test('the import role puts and withdraws below two folders, reads nothing, and nobody else does either', () => {
  const importer = here(pod({ 'aws:PrincipalArn': IMPORTER }));
  for (const action of ['s3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'])
    expect([action, denied(action, FILE, importer)]).toEqual([action, []]);
  expect(denied('s3:PutObject', `${BUCKET}/secret/1`, importer)).toEqual(['ImporterIntoItsFoldersOnly']);
  for (const action of ['s3:GetObject', 's3:DeleteObjectVersion', 's3:PutObjectTagging'])
    expect([action, denied(action, FILE, importer)]).toEqual([action, ['ImporterPutsOnly']]);
  for (const name of ['role/admin', `role/cdk-hnb659fds-cfn-exec-role-${RESEARCH}-eu-central-1`])
    expect(denied('s3:GetObject', FILE, here(pod({ 'aws:PrincipalArn': `arn:aws:iam::${RESEARCH}:${name}` })))).toEqual(
      ['NobodyElse'],
    );
});

test.each(['suspended', 'erasing'] as const)(
  'a relational source is closed as a whole while a tenant of it is %s',
  (state) => {
    const closed = environmentWithSources({ tenant: { id: 'acme', state } });
    expect(scopeOf('notes-quality', closed).relational).toEqual([]);
    const policy = podPolicy(scopeOf('notes-quality', closed));
    expect(opens(policy, 'secretsmanager:GetSecretValue', relationalOf(env).secretArn, pod())).toBe(false);
    expect(secretPolicy(closed, relationalOf(closed)).Statement).toEqual([]);
    expect(secretKeyStatements(closed, relationalOf(closed))).toEqual([]);
  },
);

test('a grant of sources alone has rights on them and on no tenant', () => {
  const [first] = env.grants.filter(({ id }) => id === 'notes-quality');
  if (first === undefined) throw new Error('the sample has no grant');
  const alone = environmentWithSources({ grants: [{ ...first, tenants: [], classes: [], sources: ['dialects'] }] });
  const policy = podPolicy(scopeOf('notes-quality', alone));
  expect(opens(policy, 's3:GetObject', FILE, here(pod()))).toBe(true);
  expect(opens(policy, 's3:GetObject', 'arn:aws:s3:::atoll-sample-acme-222222222222/raw/text/a', pod())).toBe(false);
  for (const { Resource } of policy.Statement) expect(Resource).not.toEqual([]);
  expect(JSON.stringify(policy)).not.toContain('"s3:prefix":[]');
});
