import { beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteObjectCommand, PutBucketNotificationConfigurationCommand } from '@aws-sdk/client-s3';
import { inputId } from '../../../services/pipeline-worker/call';
import { temporaryFolder } from '../../support/temporary';
import { eventBody, eventRecord } from '../pipeline-worker/sample';
import { Cloud, s3 } from './cloud';
import { copy, noted, script } from './stages';

let cloud: Cloud;
let notes: string;
beforeEach(async () => {
  cloud = await Cloud.start();
  notes = join(temporaryFolder(), 'notes');
  writeFileSync(notes, '');
});
const ran = (): string[] => readFileSync(notes, 'utf8').split('\n').filter(Boolean);
const NONE = { visible: 0, hidden: 0 };

describe('a call', () => {
  test('goes through three stages, its outputs lie at their keys, records last, and its message is gone', async () => {
    const key = 'raw/text/a b/note.txt';
    const version = await cloud.call(key, 'some words');
    const { code, lines } = await cloud.work([
      script(
        'split',
        'fs.writeFileSync(`${e.ATOLL_WORK}/words`, fs.readFileSync(e.ATOLL_INPUT, "utf8").split(" ").join("\\n"));',
      ),
      script(
        'embed',
        'for (const i of [1, 2]) write(`frames/${e.ATOLL_INPUT_ID}/000${i}.txt`, fs.readFileSync(`${e.ATOLL_WORK}/words`));',
      ),
      script(
        'record',
        'write(`records/day=2026-11-25/${e.ATOLL_INPUT_ID}.json`, JSON.stringify({ object_key: e.ATOLL_OBJECT_KEY, object_version: e.ATOLL_OBJECT_VERSION, bytes: +e.ATOLL_OBJECT_BYTES, recorded_at: e.ATOLL_RECORDED_AT, stage: e.ATOLL_STAGE, tenant: e.ATOLL_TENANT, pipeline: e.ATOLL_PIPELINE }));',
      ),
    ]);
    expect(code).toBe(0);
    const id = inputId(cloud.bucket, key, version);
    const record = `derived/text/records/day=2026-11-25/${id}.json`;
    const frames = [1, 2].map((i) => `derived/text/frames/${id}/000${i}.txt`);
    expect(await cloud.keys()).toEqual({ [record]: 1, [frames[0] ?? '']: 1, [frames[1] ?? '']: 1 });
    expect(await cloud.text(frames[1] ?? '')).toBe('some\nwords');
    expect(JSON.parse(await cloud.text(record))).toEqual({
      object_key: key,
      object_version: version,
      bytes: 10,
      recorded_at: '2026-11-25T10:00:00.000Z',
      stage: 'record',
      tenant: 'acme',
      pipeline: 'text',
    });
    const times = await cloud.times('derived/');
    expect(times[record]).toBe(Math.max(...Object.values(times)));
    expect(await cloud.waiting()).toEqual(NONE);
    expect(JSON.stringify(lines)).not.toMatch(/note\.txt|words/);
  });

  test('of a bucket that tells the queue itself, without a version, is worked on in its newest one', async () => {
    const QueueConfigurations = [{ QueueArn: cloud.queueArn, Events: ['s3:ObjectCreated:*' as const] }];
    const NotificationConfiguration = { QueueConfigurations };
    await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket: cloud.bucket, NotificationConfiguration }));
    const version = await cloud.put('raw/text/ä+b c.txt', 'told');
    expect((await cloud.work([copy])).code).toBe(0);
    const id = inputId(cloud.bucket, 'raw/text/ä+b c.txt', version);
    expect(await cloud.text(`derived/text/copies/${id}.txt`)).toBe('told');
  });

  test('that comes twice writes the same keys again', async () => {
    const version = await cloud.call('raw/text/a');
    await cloud.send(eventBody(eventRecord('raw/text/a', { bucket: cloud.bucket, version })));
    expect((await cloud.work([copy])).code).toBe(0);
    expect(await cloud.keys()).toEqual({
      [`derived/text/copies/${inputId(cloud.bucket, 'raw/text/a', version)}.txt`]: 2,
    });
    expect(await cloud.waiting()).toEqual(NONE);
  });

  test('of an object that was overwritten is worked on once, in its newest version', async () => {
    await cloud.call('raw/text/a');
    const newest = await cloud.call('raw/text/a');
    expect((await cloud.work([copy])).code).toBe(0);
    expect(await cloud.keys()).toEqual({
      [`derived/text/copies/${inputId(cloud.bucket, 'raw/text/a', newest)}.txt`]: 1,
    });
    expect([await cloud.waiting(), await cloud.waiting(cloud.deadLetters)]).toEqual([NONE, NONE]);
  });

  test('of an object that was deleted is nothing to do', async () => {
    const first = await cloud.call('raw/text/a');
    await s3.send(new DeleteObjectCommand({ Bucket: cloud.bucket, Key: 'raw/text/a', VersionId: first }));
    await cloud.call('raw/text/b');
    const { VersionId: marker = '' } = await s3.send(
      new DeleteObjectCommand({ Bucket: cloud.bucket, Key: 'raw/text/b' }),
    );
    await cloud.work([noted('one', notes)]);
    await cloud.send(eventBody(eventRecord('raw/text/b', { bucket: cloud.bucket, version: marker })));
    await cloud.send(eventBody(eventRecord('raw/text/b', { bucket: cloud.bucket })));
    expect((await cloud.work([noted('one', notes)])).code).toBe(0);
    // The first version of the other is there still, under the marker; nobody may read it.
    expect(ran()).toEqual([]);
    expect(await cloud.waiting()).toEqual(NONE);
    expect(await cloud.waiting(cloud.deadLetters)).toEqual(NONE);
  });

  test('leaves nothing on the disk, and its stages know no credentials', async () => {
    const folder = temporaryFolder();
    const seen = join(folder, 'seen');
    await cloud.call('raw/text/a');
    await cloud.work([
      script(
        'look',
        `fs.writeFileSync(${JSON.stringify(seen)}, JSON.stringify(e)); fs.writeFileSync(e.TMPDIR + '/x', '');`,
      ),
    ]);
    const variables = JSON.parse(readFileSync(seen, 'utf8')) as Record<string, string>;
    expect(Object.keys(variables).filter((name) => /^AWS_|QUEUE|BUCKET|STAGES/.test(name))).toEqual(['AWS_REGION']);
    const { ATOLL_WORK = '/' } = variables;
    expect([existsSync(ATOLL_WORK), readdirSync(join(ATOLL_WORK, '..', '..'))]).toEqual([false, []]);
  });
});

describe('a worker', () => {
  test('drains its queue in one go: several messages, and several records of one', async () => {
    for (const name of ['a', 'b', 'c']) await cloud.call(`raw/text/${name}`);
    const versions = [await cloud.put('raw/text/d', 'd'), await cloud.put('raw/text/e', 'e')];
    const records = ['d', 'e'].map((name, i) =>
      eventRecord(`raw/text/${name}`, { bucket: cloud.bucket, version: versions[i] ?? '' }),
    );
    await cloud.send(eventBody(...records));
    const { code, lines } = await cloud.work([noted('one', notes), copy]);
    expect(code).toBe(0);
    expect(ran().sort()).toEqual(['a', 'b', 'c', 'd', 'e'].map((name) => `raw/text/${name}`));
    expect(Object.keys(await cloud.keys())).toHaveLength(5);
    expect(await cloud.waiting()).toEqual(NONE);
    expect(lines.at(-1)).toEqual({ event: 'drained', tenant: 'acme', pipeline: 'text', done: 4 });
  });

  test('deletes S3’s test message and runs no stage for it', async () => {
    await cloud.send(JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: cloud.bucket }));
    expect((await cloud.work([noted('one', notes)])).code).toBe(0);
    expect([ran(), await cloud.waiting()]).toEqual([[], NONE]);
  });

  test('shares a queue with another: each call is worked on once', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `raw/text/${name}`);
    for (const name of names) await cloud.call(name);
    const slow = noted('one', notes, 'setTimeout(() => {}, 300);');
    const both = await Promise.all([cloud.work([slow]), cloud.work([slow])]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(ran().sort()).toEqual(names);
  });
});
