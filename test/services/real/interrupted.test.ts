import { beforeEach, describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { inputId } from '../../../services/pipeline-worker/call';
import { temporaryFolder } from '../../support/temporary';
import { Cloud } from './cloud';
import { copy, script } from './stages';
import { WorkerProcess } from './worker-process';

const MAIN = 'services/pipeline-worker/main.ts';
const KEY = 'raw/text/a';

let cloud: Cloud;
let ready: string;
beforeEach(async () => {
  cloud = await Cloud.start();
  ready = join(temporaryFolder(), 'ready');
});

/** Counts in its checkpoint how far it got, and goes on from there: 3 steps, of which it takes one before it waits. */
const stepping = (): ReturnType<typeof script> =>
  script(
    'step',
    `const file = e.ATOLL_CHECKPOINT + '/deep/steps';
     const had = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
     const done = (steps) => { write(\`steps/\${e.ATOLL_INPUT_ID}.txt\`, steps); process.exit(0); };
     if (had !== '') done(had + ' then the rest');
     process.on('SIGTERM', () => { fs.mkdirSync(e.ATOLL_CHECKPOINT + '/deep'); fs.writeFileSync(file, 'one'); process.exit(0); });
     fs.writeFileSync(${JSON.stringify(ready)}, '');
     setInterval(() => {}, 1000);`,
  );

describe('a worker that gets SIGTERM', () => {
  test('in a stage returns its message at once with a checkpoint and 75; the next worker goes on from there', async () => {
    const version = await cloud.call(KEY);
    const id = inputId(cloud.bucket, KEY, version);
    const worker = WorkerProcess.start(MAIN, cloud.variables([copy, stepping()]));
    await worker.until(ready);
    const asked = Date.now();
    expect(await worker.end('SIGTERM')).toBe(75);
    expect(Date.now() - asked).toBeLessThan(20_000);
    expect(worker.stderr).toBe('');
    expect(await cloud.waiting()).toEqual({ visible: 1, hidden: 0 });
    const manifest = `checkpoints/text/${id}/manifest.json`;
    const { files } = JSON.parse(await cloud.text(manifest)) as { files: { path: string; sha256: string }[] };
    expect(files.map(({ path }) => path)).toEqual(['deep/steps']);
    // Nothing but the checkpoint: the stages before it were done, and their outputs are not there.
    expect(Object.keys(await cloud.keys()).sort()).toEqual(
      [manifest, `checkpoints/text/${id}/files/${files[0]?.sha256 ?? ''}`].sort(),
    );

    expect((await cloud.work([copy, stepping()])).code).toBe(0);
    expect(await cloud.text(`derived/text/steps/${id}.txt`)).toBe('one then the rest');
    expect(JSON.parse(await cloud.text(manifest))).toEqual({ files: [] });
    expect(await cloud.waiting()).toEqual({ visible: 0, hidden: 0 });

    // The same input again begins anew.
    await cloud.call(KEY);
    const { lines } = await cloud.work([copy]);
    expect(lines.find(({ event }) => event === 'downloaded')).toMatchObject({ restored: 0 });
  });

  test('receives nothing more: the other messages stay', async () => {
    for (const name of ['a', 'b', 'c']) await cloud.call(`raw/text/${name}`);
    const worker = WorkerProcess.start(MAIN, cloud.variables([stepping()]));
    await worker.until(ready);
    expect(await worker.end('SIGTERM')).toBe(75);
    expect(await cloud.waiting()).toEqual({ visible: 3, hidden: 0 });
  });

  test('twice, as a hasty person sends SIGINT, still returns its message', async () => {
    await cloud.call(KEY);
    const worker = WorkerProcess.start(MAIN, cloud.variables([stepping()]));
    await worker.until(ready);
    worker.child.kill('SIGINT');
    expect(await worker.end('SIGINT')).toBe(75);
    expect(await cloud.waiting()).toEqual({ visible: 1, hidden: 0 });
  });

  test('while it waits for a message returns the one that still comes', async () => {
    const stop = new AbortController();
    const worker = cloud.work([copy], { wait: 5 }, stop.signal);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    stop.abort();
    await cloud.call(KEY);
    expect((await worker).code).toBe(75);
    expect([await cloud.waiting(), await cloud.keys()]).toEqual([{ visible: 1, hidden: 0 }, {}]);
  });

  test('and a stage that does not listen kills it in time, and returns the message without a checkpoint', async () => {
    await cloud.call(KEY);
    const stop = new AbortController();
    const deaf = script('deaf', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);");
    const worker = cloud.work([deaf], { stageGrace: 1 }, stop.signal);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    stop.abort();
    const { code, lines } = await worker;
    expect([code, await cloud.waiting(), await cloud.keys()]).toEqual([75, { visible: 1, hidden: 0 }, {}]);
    expect(lines.find(({ stage }) => stage === 'deaf')).toMatchObject({ end: 'interrupted', code: 'SIGKILL' });
  });
});

describe('a checkpoint that is damaged', () => {
  const sha256 = '0'.repeat(64);
  test.each<[name: string, manifest: string]>([
    ['no JSON', '{'],
    ['a path that leads out', JSON.stringify({ files: [{ path: '../../x', bytes: 1, sha256 }] })],
    ['an absolute path', JSON.stringify({ files: [{ path: '/tmp/x', bytes: 1, sha256 }] })],
    ['a file that is not there', JSON.stringify({ files: [{ path: 'x', bytes: 1, sha256 }] })],
  ])('by %s is none', async (_, manifest) => {
    const version = await cloud.call(KEY);
    const id = inputId(cloud.bucket, KEY, version);
    await cloud.put(`checkpoints/text/${id}/manifest.json`, manifest);
    const { code, lines } = await cloud.work([copy]);
    expect(code).toBe(0);
    expect(lines.find(({ event }) => event === 'downloaded')).toMatchObject({ restored: 0 });
    expect(await cloud.text(`derived/text/copies/${id}.txt`)).toBe('abc');
  });
});
