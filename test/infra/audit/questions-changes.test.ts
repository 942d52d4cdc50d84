import { describe, expect, test } from '@jest/globals';
import { auditNames, evidenceNames } from '../../../schema/audit-names';
import { arn } from '../../../schema/arns';
import { clusterNames, tenantNames } from '../../../schema/names';
import { CLUSTERS, PIPELINES } from '../../../schema/vocabulary';
import { ask } from './ask';
import type { Row } from './athena/archive';
import { request } from './fixtures/clusters';
import { type Change, change } from './fixtures/changes';
import type { Evidence } from './fixtures/evidence';
import { objectRequest } from './fixtures/objects';
import { ada, at, env, goodDay, grantPod, lin, ownSession, production, research } from './fixtures/story';

const KEY = `arn:aws:kms:eu-central-1:${production}:key/11111111-2222-3333-4444-555555555555`;
const OTHER = `arn:aws:kms:eu-central-1:${production}:key/99999999-2222-3333-4444-555555555555`;
const bucket = (tenant = 'acme'): object => ({ bucketName: tenantNames.bucket(env, tenant) });

describe('who changed a tenant’s locks', () => {
  const changed = (evidence: Evidence): Promise<Row[]> => ask(evidence, 'policy-changes');
  const policy = (over: Partial<Change> = {}): Change => ({
    account: production,
    eventSource: 's3.amazonaws.com',
    eventName: 'PutBucketPolicy',
    requestParameters: { ...bucket(), bucketPolicy: {} },
    ...over,
  });
  const keyPolicy = (key = KEY): Change => ({
    account: production,
    eventSource: 'kms.amazonaws.com',
    eventName: 'PutKeyPolicy',
    requestParameters: { keyId: key.split('/').at(-1), policyName: 'default' },
    resources: [{ accountId: production, type: 'AWS::KMS::Key', ARN: key }],
  });
  const alias = (target = KEY, tenant = 'acme'): Change => ({
    account: production,
    eventSource: 'kms.amazonaws.com',
    eventName: 'CreateAlias',
    requestParameters: { aliasName: tenantNames.keyAlias(env, tenant), targetKeyId: target.split('/').at(-1) },
    resources: [],
    byPipeline: true,
  });
  const encrypts = (tenant = 'acme'): Change => ({
    account: production,
    eventSource: 'kms.amazonaws.com',
    eventName: 'Decrypt',
    requestParameters: { encryptionContext: { 'aws:s3:arn': tenantNames.bucketArn(env, tenant) } },
    resources: [{ accountId: production, type: 'AWS::KMS::Key', ARN: KEY }],
    readOnly: true,
  });

  test('is nobody on a good day', async () => {
    expect(await changed(goodDay())).toEqual([]);
  });

  test('is told of the bucket, with the person, and whether the pipeline did it', async () => {
    const evidence = goodDay();
    change(evidence, at('13:00'), policy());
    change(evidence, at('13:01'), policy({ byPipeline: true }));
    change(evidence, at('13:02'), policy({ errorCode: 'AccessDenied' }));
    change(evidence, at('13:03'), policy({ requestParameters: bucket('birch') }));
    change(evidence, at('13:04'), policy({ eventName: 'GetBucketPolicy', readOnly: true }));
    expect(
      (await changed(evidence)).map(({ action, outcome, person, by_pipeline: own }) => [action, outcome, person, own]),
    ).toEqual([
      ['s3.amazonaws.com PutBucketPolicy', 'done', 'mallory@example.com', false],
      ['s3.amazonaws.com PutBucketPolicy', 'done', null, true],
      ['s3.amazonaws.com PutBucketPolicy', 'AccessDenied', 'mallory@example.com', false],
    ]);
  });

  test.each([
    ['its alias', alias()],
    ['what it encrypts', encrypts()],
  ])('is told of the key, which is known by %s', async (_, known) => {
    const evidence = goodDay();
    change(evidence, '2026-11-20T08:00:00Z', known);
    change(evidence, at('13:00'), keyPolicy());
    change(evidence, at('13:01'), keyPolicy(OTHER));
    const rows = await changed(evidence);
    expect(rows.map(({ action, target }) => [action, target])).toEqual([['kms.amazonaws.com PutKeyPolicy', KEY]]);
  });

  test('is not told of a key that is another tenant’s', async () => {
    const evidence = goodDay();
    change(evidence, '2026-11-20T08:00:00Z', alias(KEY, 'birch'));
    change(evidence, '2026-11-20T08:00:00Z', encrypts('birch'));
    change(evidence, at('13:00'), keyPolicy());
    expect(await changed(evidence)).toEqual([]);
  });

  test('is told of every queue, the topic and the role', async () => {
    const evidence = goodDay();
    const queues = PIPELINES.map((pipeline) => tenantNames.queueUrl(env, 'acme', pipeline));
    for (const queueUrl of [...queues, tenantNames.queueUrl(env, 'birch', 'text')])
      change(
        evidence,
        at('13:00'),
        policy({ eventSource: 'sqs.amazonaws.com', eventName: 'SetQueueAttributes', requestParameters: { queueUrl } }),
      );
    const topicArn = tenantNames.eventsTopicArn(env, 'acme');
    change(
      evidence,
      at('13:01'),
      policy({ eventSource: 'sns.amazonaws.com', eventName: 'SetTopicAttributes', requestParameters: { topicArn } }),
    );
    const roleName = tenantNames.role(env, 'acme');
    const iam = { eventSource: 'iam.amazonaws.com', eventName: 'UpdateAssumeRolePolicy', region: 'us-east-1' };
    change(evidence, at('13:02'), policy({ ...iam, requestParameters: { roleName } }));
    expect((await changed(evidence)).map(({ target }) => target)).toEqual([...queues, topicArn, roleName]);
  });
});

describe('who touched the evidence', () => {
  const touched = (evidence: Evidence): Promise<Row[]> => ask(evidence, 'evidence-changes');
  const { audit } = env.accounts;

  test('is nobody on a good day', async () => {
    expect(await touched(goodDay())).toEqual([]);
  });

  const group = (logGroupName: string): object => ({ logGroupName });
  test.each<[string, Partial<Change>]>([
    [
      'the trail',
      {
        account: audit,
        eventSource: 'cloudtrail.amazonaws.com',
        eventName: 'StopLogging',
        requestParameters: { name: 'x' },
      },
    ],
    [
      'the archive',
      {
        account: audit,
        eventSource: 's3.amazonaws.com',
        eventName: 'PutBucketPolicy',
        requestParameters: { bucketName: auditNames.archiveBucket(audit) },
      },
    ],
    ...CLUSTERS.flatMap((cluster): [string, Partial<Change>][] => [
      [
        `the log settings of ${cluster}`,
        {
          eventSource: 'eks.amazonaws.com',
          eventName: 'UpdateClusterConfig',
          requestParameters: { name: clusterNames.cluster(env, cluster) },
        },
      ],
      [
        `the log group of ${cluster}`,
        {
          eventSource: 'logs.amazonaws.com',
          eventName: 'DeleteSubscriptionFilter',
          requestParameters: group(clusterNames.controlPlaneLogGroup(env, cluster)),
        },
      ],
      [
        `the stream of ${cluster}`,
        {
          eventSource: 'firehose.amazonaws.com',
          eventName: 'DeleteDeliveryStream',
          requestParameters: { deliveryStreamName: evidenceNames.stream(env, cluster) },
        },
      ],
      [
        `the roles of ${cluster}`,
        {
          eventSource: 'iam.amazonaws.com',
          eventName: 'DeleteRolePolicy',
          requestParameters: { roleName: evidenceNames.deliveryRole(env, cluster) },
        },
      ],
    ]),
    [
      'the ledger’s function',
      {
        eventSource: 'lambda.amazonaws.com',
        eventName: 'UpdateFunctionCode20150331v2',
        requestParameters: { functionName: evidenceNames.ledger(env) },
      },
    ],
    [
      'the ledger’s sign of life',
      {
        eventSource: 'events.amazonaws.com',
        eventName: 'DisableRule',
        requestParameters: { name: evidenceNames.heartbeat(env) },
      },
    ],
    [
      'the ledger’s log group, by its ARN',
      {
        eventSource: 'logs.amazonaws.com',
        eventName: 'DeleteLogGroup',
        requestParameters: { arn: arn.logGroup(env, 'research', evidenceNames.ledgerLogGroup(env)) },
      },
    ],
  ])('is told of %s', async (_, over) => {
    const evidence = goodDay();
    const touch: Change = { account: research, eventSource: '', eventName: '', requestParameters: {}, ...over };
    change(evidence, at('13:00'), touch);
    change(evidence, at('13:01'), { ...touch, readOnly: true });
    expect((await touched(evidence)).map(({ action, person, by_pipeline: own }) => [action, person, own])).toEqual([
      [`${touch.eventSource} ${touch.eventName}`, 'mallory@example.com', false],
    ]);
  });

  test('is not told of streams that come and go, or of other things of the environment', async () => {
    const evidence = goodDay();
    const own = {
      account: research,
      eventSource: 'logs.amazonaws.com',
      requestParameters: group(clusterNames.controlPlaneLogGroup(env, 'research')),
    };
    change(evidence, at('13:00'), { ...own, eventName: 'CreateLogStream' });
    change(evidence, at('13:00'), {
      ...own,
      eventName: 'PutRetentionPolicy',
      requestParameters: group(tenantNames.logGroup(env, 'acme')),
    });
    expect(await touched(evidence)).toEqual([]);
  });
});

describe('everything that one person touched', () => {
  const touched = async (evidence: Evidence, person: string): Promise<unknown[]> =>
    (await ask(evidence, 'touched-by-person', { person })).map(({ place, action, target }) => [place, action, target]);

  test('is what they asked of a cluster, and what the pods read that they started', async () => {
    expect(await touched(goodDay(), 'ada@example.com')).toEqual([
      ['research cluster', 'create', '/api/v1/namespaces/research-speech/jobs'],
      ['object', 'GetObject', 'acme: raw/audio/2026/11/24/call-1.wav'],
    ]);
  });

  test('is what they called in the accounts, under their own session’s name or a source identity', async () => {
    const evidence = goodDay();
    change(evidence, at('13:00'), {
      account: production,
      eventSource: 'iam.amazonaws.com',
      eventName: 'ListRoles',
      requestParameters: {},
      readOnly: true,
    });
    expect(await touched(evidence, 'noor@example.com')).toEqual([
      ['account', 'sts.amazonaws.com AssumeRole', `arn:aws:iam::${research}:role/atoll-sample-session-notes-quality`],
      ['object', 'GetObject', 'birch: derived/text/note-7.json'],
    ]);
    expect(await touched(evidence, 'mallory@example.com')).toEqual([['account', 'iam.amazonaws.com ListRoles', '{}']]);
  });

  test('is what went on in a pod that they went into', async () => {
    const evidence = goodDay();
    request(evidence, at('09:02'), lin, {
      cluster: 'research',
      resource: 'pods',
      namespace: 'research-speech',
      name: 'wer-run-0-x7k2p',
      verb: 'get',
      subresource: 'portforward',
    });
    expect(await touched(evidence, 'lin@example.com')).toEqual([
      ['research cluster', 'get', '/api/v1/namespaces/research-speech/pods/wer-run-0-x7k2p/portforward'],
      ['object', 'GetObject', 'acme: raw/audio/2026/11/24/call-1.wav'],
    ]);
  });

  test('is nothing of somebody else’s', async () => {
    const evidence = goodDay();
    const pod = grantPod(evidence, at('13:00'), ada);
    objectRequest(evidence, at('13:01'), pod, { tenant: 'acme', key: 'raw/audio/x' });
    ownSession(evidence, at('13:02'));
    expect(await touched(evidence, 'a@example.com')).toEqual([]);
  });
});
