import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { releasePrefix } from '../../../schema/server-config';
import { KEY_LENGTH, LOADER_EXITS } from '../../../schema/server-pod';
import { S3Stub } from '../../support/s3-stub';
import { FakeTriton } from './fake-triton';
import { nameOf, ownHead, Pod, type Ran, tritonConfig, until } from './pod';
import { ACCOUNT, BUCKET, head, release, type Release } from './releases';

let s3: S3Stub;
let pod: Pod;
let triton: FakeTriton;
let ran: Ran | undefined;

beforeAll(async () => {
  s3 = await S3Stub.start();
  s3.bucket(BUCKET, ACCOUNT);
});
afterAll(() => s3.stop());
beforeEach(async () => {
  pod = new Pod();
  triton = await FakeTriton.start(pod.path('repository'), pod.path('key'));
});
afterEach(async () => {
  const code = await ran?.stop();
  const text = JSON.stringify([ran?.lines, ran?.complaints]);
  ran = undefined;
  await triton.stop();
  expect([undefined, LOADER_EXITS.stopped]).toContain(code);
  // Whatever a test is about: the key is in no line, and nothing of a file or of the server's own words is.
  expect(pod.key).toHaveLength(KEY_LENGTH);
  expect(text).not.toContain(pod.key);
  expect(text).not.toMatch(/secret|model\.onnx|models-of-acme|config\.pbtxt/);
});

const start = (): Ran => (ran = pod.start(s3.client(), triton.url));
const common = (bytes: string): Release => ({ type: 'recognizer', form: 'model', files: { 'model.onnx': bytes } });
const commonModel = (digest: string) =>
  ({ ...ownHead(digest), type: 'recognizer', form: 'model', tenant: undefined, memoryMiB: 100 }) as const;
const events = (event: string): unknown[] => (ran?.lines ?? []).filter((line) => line['event'] === event);

test('common models and those of tenants are loaded, each with its own ceiling, and nobody else may', async () => {
  const [one, two] = [release(s3, head('acme')), release(s3, head('birch'))];
  const shared = release(s3, common('shared'));
  pod.configure(tritonConfig([commonModel(shared), ownHead(one), ownHead(two, 'birch')]));
  start();
  await until(() => pod.holds('ready'));
  expect([...triton.loaded.keys()].sort()).toEqual(
    ['recognizer', nameOf({ digest: one }), nameOf({ digest: two })].sort(),
  );
  expect(triton.loaded.get(nameOf({ digest: one }))).toBe(`# ${one}
name: "${nameOf({ digest: one })}"
backend: "onnxruntime"
default_model_filename: "model.onnx"
max_batch_size: 0
instance_group [ { count: 1 kind: KIND_GPU } ]
optimization { execution_accelerators { gpu_execution_accelerator : [ {
  name : "cuda"
  parameters { key: "gpu_mem_limit" value: "67108864" }
  parameters { key: "arena_extend_strategy" value: "kSameAsRequested" }
} ] } }
`);
  expect(triton.loaded.get('recognizer')).toContain('value: "104857600"');
  expect(triton.wrong).toEqual([]);
  const answer = await fetch(`${triton.url}/v2/repository/models/recognizer/unload`, { method: 'POST' });
  expect(answer.status).toBe(403);
  expect(triton.loaded.has('recognizer')).toBe(true);
});

test('the server may start before anything is fetched, and is ready only with all of it', async () => {
  const digest = release(s3, head());
  let go = (): void => undefined;
  const key = `${releasePrefix('call-outcome', digest)}model.onnx`;
  s3.held.set(key, new Promise<void>((resolve) => (go = resolve)));
  pod.configure(tritonConfig([ownHead(digest)]));
  start();
  await until(() => pod.holds('started'));
  await wait(100);
  expect([pod.holds('ready'), pod.holds('alive'), triton.actions]).toEqual([false, true, []]);
  expect(statSync(pod.path('key')).mode & 0o777).toBe(0o400);
  go();
  await until(() => pod.holds('ready'));
  expect(triton.actions).toEqual([`load ${nameOf({ digest })}`]);
});

test('one broken release of three keeps nobody else out, and is loaded once it is mended', async () => {
  const what = head('birch');
  const digests = [release(s3, head('acme')), release(s3, what), release(s3, head('cedar'))] as const;
  const key = `${releasePrefix('call-outcome', digests[1])}model.onnx`;
  s3.put(BUCKET, key, 'something secret');
  pod.configure(tritonConfig([ownHead(digests[0]), ownHead(digests[1], 'birch'), ownHead(digests[2], 'cedar')]));
  start();
  await until(() => pod.holds('ready'));
  expect([...triton.loaded.keys()].sort()).toEqual(
    [nameOf({ digest: digests[0] }), nameOf({ digest: digests[2] })].sort(),
  );
  expect(events('left-out')).toEqual([
    {
      event: 'left-out',
      server: 'triton-0',
      type: 'call-outcome',
      tenant: 'birch',
      digest: digests[1],
      reason: 'damaged',
    },
  ]);
  s3.put(BUCKET, key, what.files['model.onnx']);
  await until(() => triton.loaded.has(nameOf({ digest: digests[1] })));
});

test('what the server cannot load is left out, and tried again', async () => {
  const [good, bad] = [release(s3, head('acme')), release(s3, head('birch'))];
  triton.broken.add(nameOf({ digest: bad }));
  pod.configure(tritonConfig([ownHead(good), ownHead(bad, 'birch')]));
  start();
  await until(() => pod.holds('ready'));
  expect(events('left-out')).toEqual([expect.objectContaining({ digest: bad, reason: 'not-loaded' })]);
  triton.broken.clear();
  await until(() => triton.loaded.has(nameOf({ digest: bad })));
});

test('a server that comes back is not asked before all is loaded again', async () => {
  const digest = release(s3, head());
  pod.configure(tritonConfig([ownHead(digest)]));
  start();
  await until(() => pod.holds('ready'));
  triton.isDown = true;
  await until(() => !pod.holds('ready'));
  triton.restart();
  triton.isDown = false;
  await until(() => pod.holds('ready'));
  expect([...triton.loaded.keys()]).toEqual([nameOf({ digest })]);
  expect(triton.wrong).toEqual([]);
});

test('a new release of a tenant is loaded before the old is unloaded, and the pod stays ready', async () => {
  const [old, other] = [release(s3, head()), release(s3, head('birch'))];
  pod.configure(tritonConfig([ownHead(old), ownHead(other, 'birch')]));
  start();
  await until(() => pod.holds('ready'));
  const next = release(s3, head());
  pod.configure(tritonConfig([ownHead(next), ownHead(other, 'birch')]));
  let wasUnready = false;
  await until(() => {
    wasUnready ||= !pod.holds('ready');
    return triton.actions.includes(`unload ${nameOf({ digest: old })}`);
  });
  expect(wasUnready).toBe(false);
  expect(triton.actions.slice(-2)).toEqual([`load ${nameOf({ digest: next })}`, `unload ${nameOf({ digest: old })}`]);
  await until(() => !existsSync(join(pod.path('store'), nameOf({ digest: old }))));
  expect(existsSync(join(pod.path('repository'), nameOf({ digest: old })))).toBe(false);
  expect(triton.loaded.has(nameOf({ digest: other }))).toBe(true);
});

test('a new release of a common model takes the place of the old under its name', async () => {
  const [old, next] = [release(s3, common('old')), release(s3, common('new'))];
  pod.configure(tritonConfig([commonModel(old)]));
  start();
  await until(() => pod.holds('ready'));
  pod.configure(tritonConfig([commonModel(next)]));
  await until(() => triton.actions.length === 3);
  expect(triton.actions).toEqual(['load recognizer', 'unload recognizer', 'load recognizer']);
  expect(triton.loaded.get('recognizer')).toContain(next);
  expect(readFileSync(join(pod.path('repository'), 'recognizer', '1', 'model.onnx'), 'utf8')).toBe('new');
  expect(triton.wrong).toEqual([]);
});

test('what came back before it was unloaded stays', async () => {
  const [one, two] = [release(s3, head('acme')), release(s3, head('birch'))];
  pod.configure(tritonConfig([ownHead(one), ownHead(two, 'birch')]));
  start();
  await until(() => pod.holds('ready'));
  pod.configure(tritonConfig([ownHead(two, 'birch')]));
  await until(() => events('configuration').length === 1);
  pod.configure(tritonConfig([ownHead(one), ownHead(two, 'birch')]));
  await wait(400);
  expect(triton.actions.filter((action) => action.startsWith('unload'))).toEqual([]);
});

test('what is no configuration of this server changes nothing', async () => {
  const digest = release(s3, head());
  pod.configure(tritonConfig([ownHead(digest)]));
  start();
  await until(() => pod.holds('ready'));
  pod.configure('{');
  await until(() => events('configuration-refused').length === 1);
  pod.configure({ ...tritonConfig([]), server: 'triton-1' });
  await until(() => events('configuration-refused').length === 2);
  pod.configure({ ...tritonConfig([]), format: 'atoll-server/2' });
  await until(() => events('configuration-refused').length === 3);
  await wait(300);
  expect([...triton.loaded.keys()]).toEqual([nameOf({ digest })]);
});

test('a loader that is ended half way ends at once, and the next goes on with the same key', async () => {
  const [there, coming] = [release(s3, head()), release(s3, head('birch'))];
  s3.held.set(`${releasePrefix('call-outcome', coming)}model.onnx`, new Promise<void>(() => undefined));
  pod.configure(tritonConfig([ownHead(there), ownHead(coming, 'birch')]));
  const first = start();
  await until(() => triton.loaded.size === 1);
  const key = pod.key;
  const begin = Date.now();
  expect(await first.stop()).toBe(LOADER_EXITS.stopped);
  expect(Date.now() - begin).toBeLessThan(1000);
  expect(first.lines.at(-1)).toEqual({ event: 'stopped', server: 'triton-0' });
  expect(existsSync(pod.path('state'))).toBe(false);
  s3.held.clear();
  start();
  await until(() => pod.holds('ready'));
  expect(pod.key).toBe(key);
  // What the server had is not loaded again.
  expect(triton.actions).toEqual([`load ${nameOf({ digest: there })}`, `load ${nameOf({ digest: coming })}`]);
  expect(triton.wrong).toEqual([]);
});
