import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'yaml';
import { releasePrefix } from '../../../schema/server-config';
import { LOADER_EXITS } from '../../../schema/server-pod';
import { S3Stub } from '../../support/s3-stub';
import { nameOf, Pod, type Ran, until, vllmConfig } from './pod';
import { ACCOUNT, adapter, base, BUCKET, release, type Release, safetensors } from './releases';

let s3: S3Stub;
let pod: Pod;
let ran: Ran | undefined;

beforeAll(async () => {
  s3 = await S3Stub.start();
  s3.bucket(BUCKET, ACCOUNT);
});
afterAll(() => s3.stop());
beforeEach(() => {
  pod = new Pod();
});
afterEach(async () => {
  await ran?.stop();
});

const start = (): Ran => (ran = pod.start(s3.client()));
const written = (): Record<string, unknown> => parse(readFileSync(pod.path('vllm'), 'utf8')) as Record<string, unknown>;
const at = (digest: string): string => join(pod.path('store'), nameOf({ digest }));

test('the server is started with the language model and its adapters, by their contents', async () => {
  const model = release(s3, base());
  const [one, two] = [release(s3, adapter('acme')), release(s3, adapter('birch', { rank: 4 }))];
  pod.configure(
    vllmConfig(model, [
      { digest: one, tenant: 'acme' },
      { digest: two, tenant: 'birch' },
    ]),
  );
  start();
  await until(() => pod.holds('started'));
  expect(pod.holds('ready')).toBe(true);
  expect(written()).toEqual({
    model: at(model),
    'served-model-name': ['language'],
    'load-format': 'runai_streamer',
    'trust-remote-code': false,
    'gpu-memory-utilization': 0.9,
    'max-model-len': 4096,
    'enable-lora': true,
    'max-loras': 8,
    'max-cpu-loras': 8,
    'max-lora-rank': 8,
    'lora-modules': [`${nameOf({ digest: one })}=${at(one)}`, `${nameOf({ digest: two })}=${at(two)}`],
  });
  expect(existsSync(join(at(one), 'adapter_model.safetensors'))).toBe(true);
  // No key lies there: vLLM has nothing that one would open.
  expect(existsSync(pod.path('key'))).toBe(false);
});

test('a language model without room for adapters is started without', async () => {
  const model = release(s3, base());
  pod.configure(vllmConfig(model, [], { adapters: undefined }));
  start();
  await until(() => pod.holds('started'));
  expect(Object.keys(written()).filter((key) => key.includes('lora'))).toEqual([]);
});

test('the server waits for all of it', async () => {
  const model = release(s3, base());
  let go = (): void => undefined;
  s3.held.set(`${releasePrefix('language', model)}tokenizer.json`, new Promise<void>((resolve) => (go = resolve)));
  pod.configure(vllmConfig(model, []));
  start();
  await until(() => pod.holds('alive'));
  await wait(100);
  expect([pod.holds('started'), existsSync(pod.path('vllm'))]).toEqual([false, false]);
  go();
  await until(() => pod.holds('started'));
});

const LAYER = 'base_model.model.model.layers.0.mlp.up_proj';
const files = (change: (files: Release['files']) => Release['files'], what = adapter('birch')): Release => ({
  ...what,
  files: change(what.files),
});
const weights = (bytes: string | Buffer): Release => files((all) => ({ ...all, 'adapter_model.safetensors': bytes }));
const good = safetensors({ [`${LAYER}.lora_A.weight`]: [2, 2] });
const lengthOf = (length: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(length);
  return bytes;
};

test.each<[what: string, reason: string, Release]>([
  ['of a larger rank than the server has room for', 'weights', adapter('birch', { rank: 16 })],
  [
    'that says a smaller rank than its layers have',
    'weights',
    adapter('birch', { shapes: { [`${LAYER}.lora_A.weight`]: [9, 4] } }),
  ],
  ['with a whole layer', 'weights', adapter('birch', { shapes: { 'base_model.model.lm_head.weight': [4, 4] } })],
  ['that trains layers besides', 'weights', adapter('birch', { config: { modules_to_save: ['lm_head'] } })],
  ['with a bias', 'weights', adapter('birch', { config: { bias: 'all' } })],
  ['of another kind', 'weights', adapter('birch', { config: { peft_type: 'LOKR' } })],
  ['with DoRA', 'weights', adapter('birch', { config: { use_dora: true } })],
  ['of other ranks for some layers', 'weights', adapter('birch', { config: { rank_pattern: { q_proj: 64 } } })],
  ['without a scale', 'weights', adapter('birch', { config: { lora_alpha: null } })],
  ['whose description is no mapping', 'weights', files((all) => ({ ...all, 'adapter_config.json': '[]' }))],
  ['whose description is no JSON', 'weights', files((all) => ({ ...all, 'adapter_config.json': 'r: 8' }))],
  ['whose weights end early', 'weights', weights(good.subarray(0, good.length - 1))],
  ['whose weights have a rest', 'weights', weights(Buffer.concat([good, Buffer.alloc(1)]))],
  ['whose header is longer than the file', 'weights', weights(Buffer.concat([lengthOf(2n ** 40n), Buffer.alloc(64)]))],
  ['whose header is no JSON', 'weights', weights(Buffer.concat([lengthOf(4n), Buffer.from('none')]))],
  ['whose weights are a few bytes', 'weights', weights('abc')],
  [
    'without a description',
    'files',
    files((all) => Object.fromEntries(Object.entries(all).filter(([path]) => path !== 'adapter_config.json'))),
  ],
  ['as a pickle', 'kind', files((all) => ({ ...all, 'adapter_model.bin': 'pickle' }))],
])('an adapter %s is left out as %s', async (_what, reason, what) => {
  const model = release(s3, base());
  const [right, wrong] = [release(s3, adapter('acme')), release(s3, what)];
  pod.configure(
    vllmConfig(model, [
      { digest: wrong, tenant: 'birch' },
      { digest: right, tenant: 'acme' },
    ]),
  );
  const { lines } = start();
  await until(() => pod.holds('started'));
  expect(written()['lora-modules']).toEqual([`${nameOf({ digest: right })}=${at(right)}`]);
  expect(lines.filter(({ event }) => event === 'left-out')).toEqual([
    { event: 'left-out', server: 'language-0', type: 'reply', tenant: 'birch', digest: wrong, reason },
  ]);
  expect(lines.at(-1)).toEqual({ event: 'prepared', server: 'language-0', adapters: 1, leftOut: 1 });
});

test.each<[what: string, () => string, words: string]>([
  ['is not there', () => `sha256:${'0'.repeat(64)}`, 'missing'],
  [
    'is damaged',
    () => {
      const digest = release(s3, base());
      s3.put(BUCKET, `${releasePrefix('language', digest)}tokenizer.json`, '{"something": "secret"}');
      return digest;
    },
    'damaged',
  ],
  [
    'is described by no JSON',
    () => release(s3, { ...base(), files: { ...base().files, 'config.json': 'none' } }),
    'weights',
  ],
])('a language model that %s ends the loader, and no server is started', async (_what, make, words) => {
  pod.configure(vllmConfig(make(), []));
  const { ended, complaints, lines } = start();
  expect(await ended).toBe(LOADER_EXITS.base);
  expect(complaints).toEqual([
    `language-0: base: got one that is ${words}, allowed a release that is whole; look at it`,
  ]);
  expect(lines.at(-1)).toMatchObject({ event: 'left-out', type: 'language', reason: words });
  expect([existsSync(pod.path('vllm')), pod.holds('started')]).toEqual([false, false]);
});

test('a loader that is told to end while it fetches says nothing of releases', async () => {
  const model = release(s3, base());
  const own = release(s3, adapter('acme'));
  for (const key of [`${releasePrefix('language', model)}config.json`, `${releasePrefix('reply', own)}manifest.json`])
    s3.held.set(key, new Promise<void>(() => undefined));
  pod.configure(vllmConfig(model, [{ digest: own, tenant: 'acme' }]));
  const { stop, lines } = start();
  await wait(100);
  expect(await stop()).toBe(LOADER_EXITS.stopped);
  expect(lines.map(({ event }) => event)).toEqual(['started', 'stopped']);
  s3.held.clear();
});

test('a loader that was restarted beside a running server writes the same and is ready at once', async () => {
  const model = release(s3, base());
  pod.configure(vllmConfig(model, []));
  const first = start();
  await until(() => pod.holds('started'));
  const text = readFileSync(pod.path('vllm'), 'utf8');
  await first.stop();
  s3.ranges.length = 0;
  start();
  await until(() => pod.holds('started'));
  expect([readFileSync(pod.path('vllm'), 'utf8'), s3.ranges]).toEqual([text, []]);
});
