import { describe, expect, test } from '@jest/globals';
import {
  storeBucketPolicy,
  storeKeyPolicy,
  type StorePrincipals,
} from '../../../../constructs/aws/data-access/team-store-policies';
import { grantRoleArns, teamStoreNames } from '../../../../schema/access-names';
import { sampleEnvironment, sampleGrants } from '../../../support/sample-environment';
import { type Context, judge } from '../tenant-policy-request';
import { pod, RESEARCH, without } from './grant-requests';

/** The sample with both grants in one team: `notes-quality` and `speech-eval`. */
const env = sampleEnvironment({ grants: sampleGrants.map((grant) => ({ ...grant, team: 'language' })) });
const ERASER = 'arn:aws:iam::222222222222:role/atoll-sample-eraser';
const STORE = teamStoreNames.bucketArn(env, 'language');
const KEY = `arn:aws:kms:eu-central-1:${RESEARCH}:key/k`;
const principals: StorePrincipals = {
  account: RESEARCH,
  region: 'eu-central-1',
  bucketArn: STORE,
  eraserArn: ERASER,
  deployRoleArn: `arn:aws:iam::${RESEARCH}:role/cdk-hnb659fds-cfn-exec-role-${RESEARCH}-eu-central-1`,
  grants: env.grants.map((grant) => ({ grant, roleArns: grantRoleArns(env, grant) })),
};
const policy = storeBucketPolicy(principals, KEY);
const own = `${STORE}/results/notes-quality/1.csv`;
const denied = (context: Context, resource: string, action: string): string[] =>
  judge(policy, { action, resource, context }).denied;

describe('the bucket of a team', () => {
  test('lets a grant use its own folders, itself and by Athena', () => {
    const byAthena = { ...without(pod(), 'aws:VpceAccount'), 'aws:CalledVia': 'athena.amazonaws.com' };
    for (const context of [pod(), byAthena]) {
      for (const action of ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'])
        expect(denied(context, own, action)).toEqual([]);
      expect(denied({ ...context, 's3:prefix': 'datasets/notes-quality/' }, STORE, 's3:ListBucket')).toEqual([]);
    }
  });

  test('refuses a grant the folder of another of the same team', () => {
    const other = `${STORE}/results/speech-eval/1.csv`;
    for (const action of ['s3:GetObject', 's3:GetObjectVersion', 's3:ListMultipartUploadParts', 's3:PutObject'])
      expect(denied(pod(), other, action)).toEqual(['GrantnotesXqualityOwnFolders']);
    for (const prefix of ['results/speech-eval/', 'results/', ''])
      expect(denied({ ...pod(), 's3:prefix': prefix }, STORE, 's3:ListBucket')).toEqual([
        'GrantnotesXqualityListsOwnFolders',
      ]);
  });

  test('refuses a grant what is neither reading nor writing, in its own folders too', () => {
    for (const action of ['s3:DeleteObject', 's3:PutObjectAcl', 's3:PutObjectRetention'])
      expect(denied(pod(), own, action)).toEqual(['GrantsReadAndWriteOnly']);
    for (const action of ['s3:ListBucketVersions', 's3:ListBucketMultipartUploads'])
      expect(denied({ ...pod(), 's3:prefix': 'results/notes-quality/' }, STORE, action)).toEqual([
        'GrantsReadAndWriteOnly',
      ]);
  });

  test('refuses a grant everything after its end, and from another network', () => {
    expect(denied(pod({ 'aws:CurrentTime': '2027-01-16T00:00:00Z' }), own, 's3:GetObject')).toEqual([
      'GrantnotesXqualityEnds',
    ]);
    expect(denied(without(pod(), 'aws:VpceAccount'), own, 's3:GetObject')).toEqual(['GrantsFromResearchOnly']);
  });

  test('refuses everybody else, the deploy included, whatever IAM allows', () => {
    const others = ['role/admin', `role/cdk-hnb659fds-cfn-exec-role-${RESEARCH}-eu-central-1`, 'role/sign-in/team'];
    for (const name of others) {
      const context = pod({ 'aws:PrincipalArn': `arn:aws:iam::${RESEARCH}:${name}` });
      expect(denied(context, own, 's3:GetObject')).toEqual(['NobodyElse']);
    }
  });

  test('lets the eraser of the production account delete versions, and read nothing', () => {
    const eraser = pod({ 'aws:PrincipalArn': ERASER });
    const deletes = judge(policy, { action: 's3:DeleteObjectVersion', resource: own, context: eraser });
    expect(deletes).toEqual({ denied: [], allowed: ['EraserErases'] });
    expect(judge(policy, { action: 's3:GetObject', resource: own, context: eraser }).allowed).toEqual([]);
  });
});

test('the key of a team is used by its grants until they end, through S3, and by nobody else', () => {
  const key = storeKeyPolicy(principals);
  const through = { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' };
  const uses = (context: Context): boolean => {
    const { allowed, denied: refused } = judge(key, { action: 'kms:GenerateDataKey', resource: '*', context });
    return allowed.length > 0 && refused.length === 0;
  };
  expect(uses(pod(through))).toBe(true);
  expect(uses(pod())).toBe(false);
  expect(uses(pod({ ...through, 'aws:CurrentTime': '2027-01-16T00:00:00Z' }))).toBe(false);
  expect(uses(pod({ ...through, 'aws:PrincipalArn': `arn:aws:iam::${RESEARCH}:role/admin` }))).toBe(false);
});
