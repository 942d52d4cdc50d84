import { beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { S3Client } from '@aws-sdk/client-s3';
import { PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { run } from '../../../services/pipeline-worker/run';
import { temporaryFolder } from '../../support/temporary';
import { Cloud, SHORT, sqs } from './cloud';
import { copy, script } from './stages';
import { WorkerProcess } from './worker-process';

let cloud: Cloud;
let ready: string;
beforeEach(async () => {
  cloud = await Cloud.start();
  ready = join(temporaryFolder(), 'ready');
});
/** Says that it runs, and goes on for some seconds. */
const long = (seconds: number): ReturnType<typeof script> =>
  script(
    'long',
    `fs.writeFileSync(${JSON.stringify(ready)}, String(process.pid)); setTimeout(() => {}, ${seconds * 1000});`,
  );
async function untilReady(): Promise<void> {
  for (let i = 0; i < 600 && !existsSync(ready); i++) await wait(50);
}

describe('a message in work', () => {
  test('stays hidden from a second receiver for longer than its visibility', async () => {
    await cloud.call('raw/text/a');
    const worker = cloud.work([long(11), copy]);
    await untilReady();
    const seen: number[] = [];
    for (const end = Date.now() + 10_000; Date.now() < end;) seen.push((await cloud.receive()).length);
    expect(Math.max(...seen)).toBe(0);
    expect(await cloud.waiting()).toEqual({ visible: 0, hidden: 1 });
    expect((await worker).code).toBe(0);
    expect(await cloud.waiting()).toEqual({ visible: 0, hidden: 0 });
    expect(Object.keys(await cloud.keys())).toHaveLength(1);
  });

  test('whose receipt is lost is given up: its stage is killed, and nothing is uploaded', async () => {
    await cloud.call('raw/text/a');
    const begun = Date.now();
    const worker = cloud.work([copy, long(60)]);
    await untilReady();
    await sqs.send(new PurgeQueueCommand({ QueueUrl: cloud.queue }));
    const { code, lines } = await worker;
    expect([code, Date.now() - begun < 30_000]).toEqual([0, true]);
    expect(lines.find(({ stage }) => stage === 'long')).toMatchObject({ end: 'abandoned', code: 'SIGKILL' });
    expect(await cloud.keys()).toEqual({});
  });

  test('comes back after its visibility where the worker was killed', async () => {
    await cloud.call('raw/text/a');
    const variables = cloud.variables([long(2), copy]);
    const worker = WorkerProcess.start('test/services/real/short-worker.ts', variables);
    await worker.until(ready);
    expect(await worker.end('SIGKILL')).toBeNull();
    expect(await cloud.receive()).toEqual([]);
    await wait(SHORT.visibility * 1000);
    expect(await cloud.waiting()).toEqual({ visible: 1, hidden: 0 });
    expect((await cloud.work([copy])).code).toBe(0);
    expect(Object.keys(await cloud.keys())).toHaveLength(1);
  });
});

describe('a worker without an answer', () => {
  const nowhere = { endpoint: 'http://127.0.0.1:9', region: 'us-east-1', maxAttempts: 1 };
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

  test.each(['queue', 'bucket'])('of its %s ends with 70, and its message is in the queue', async (missing) => {
    await cloud.call('raw/text/a');
    const complaints: string[] = [];
    const code = await run({
      variables: cloud.variables([copy]),
      signal: new AbortController().signal,
      write: () => undefined,
      complain: (line) => complaints.push(line),
      clients: {
        s3: new S3Client({ ...nowhere, credentials }),
        sqs: missing === 'bucket' ? sqs : new SQSClient({ ...nowhere, credentials }),
      },
      timing: { ...SHORT, retry: 0 },
    });
    expect(code).toBe(70);
    // Which error it was, jest's realm hides from the SDK.
    expect(complaints).toEqual([
      expect.stringMatching(new RegExp(`^${missing}: got \\w+, allowed an answer; look at `)),
    ]);
    expect(await cloud.waiting()).toEqual({ visible: 1, hidden: 0 });
  });
});
