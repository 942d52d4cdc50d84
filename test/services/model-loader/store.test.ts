import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { releasePrefix, type TritonModel } from '../../../schema/server-config';
import { contentModelName } from '../../../schema/router-config';
import { PART_BYTES, Source } from '../../../services/model-loader/bucket';
import { Store } from '../../../services/model-loader/store';
import { S3Stub } from '../../support/s3-stub';
import { temporaryFolder } from '../../support/temporary';
import { ACCOUNT, BUCKET, head, manifestOf, release, sha256 } from './releases';

let s3: S3Stub;
let folder: string;
let logged: Record<string, unknown>[];

beforeAll(async () => {
  s3 = await S3Stub.start();
  s3.bucket(BUCKET, ACCOUNT);
  s3.bucket('models-of-nobody', '999999999999');
});
afterAll(() => s3.stop());
beforeEach(() => {
  folder = temporaryFolder();
  logged = [];
  s3.ranges.length = 0;
});

const storeOf = (signal = new AbortController().signal): Store =>
  new Store(folder, new Source(s3.client(), ACCOUNT, 1, signal), (event, fields) => logged.push({ event, ...fields }));

const model = (digest: string, more: Partial<TritonModel> = {}): TritonModel => ({
  type: 'call-outcome',
  tenant: 'acme',
  form: 'head',
  digest,
  bucket: BUCKET,
  filesMiB: 64,
  memoryMiB: 64,
  ...more,
});
const reason = async (fetching: Promise<unknown>): Promise<unknown> =>
  fetching.then(
    (value) => value,
    (error: unknown) => (error as { reason?: unknown }).reason ?? error,
  );

test('a release comes whole, by parts, and under its digest', async () => {
  const weights = randomBytes(2 * PART_BYTES + 3);
  const what = { ...head(), files: { 'model.onnx': weights, 'texts/labels.txt': 'won' } };
  const digest = release(s3, what);
  const at = await storeOf().fetch(model(digest));
  expect(at).toBe(join(folder, contentModelName(digest)));
  expect(readdirSync(at).sort()).toEqual(['model.onnx', 'texts']);
  expect(sha256(readFileSync(join(at, 'model.onnx')))).toBe(sha256(weights));
  expect(readdirSync(folder)).toEqual([contentModelName(digest)]);
  const key = `${releasePrefix('call-outcome', digest)}model.onnx`;
  expect(s3.ranges.filter((range) => range.startsWith(key)).sort()).toEqual([
    `${key} bytes=0-8388607`,
    `${key} bytes=16777216-16777218`,
    `${key} bytes=8388608-16777215`,
  ]);
  expect(logged).toEqual([
    {
      event: 'fetched',
      type: 'call-outcome',
      tenant: 'acme',
      digest,
      bytes: weights.length + 3,
      ms: expect.any(Number),
    },
  ]);
});

test('what is there is not fetched again', async () => {
  const digest = release(s3, head());
  await storeOf().fetch(model(digest));
  s3.ranges.length = 0;
  await storeOf().fetch(model(digest));
  expect(s3.ranges).toEqual([]);
});

test('a part that breaks off is asked for again, and a bucket that does not answer is given up', async () => {
  const digest = release(s3, head());
  const key = `${releasePrefix('call-outcome', digest)}model.onnx`;
  s3.broken.set(key, 3);
  expect(await storeOf().fetch(model(digest))).toContain(contentModelName(digest));
  const other = release(s3, head());
  s3.broken.set(`${releasePrefix('call-outcome', other)}manifest.json`, 100);
  expect(await reason(storeOf().fetch(model(other)))).toBe('unreachable');
});

test('a loader that was ended half way goes on where it was', async () => {
  const weights = randomBytes(3 * PART_BYTES);
  const digest = release(s3, { ...head(), files: { 'model.onnx': weights } });
  const unfinished = join(folder, `unfinished-${contentModelName(digest)}`);
  mkdirSync(unfinished);
  writeFileSync(join(unfinished, 'model.onnx.unfinished'), weights.subarray(0, PART_BYTES + 5));
  const at = await storeOf().fetch(model(digest));
  expect(sha256(readFileSync(join(at, 'model.onnx')))).toBe(sha256(weights));
  expect(s3.ranges.filter((range) => range.includes('model.onnx')).length).toBe(2);
  expect(logged).toEqual([expect.objectContaining({ bytes: 2 * PART_BYTES })]);
});

test('what was left is not believed: other bytes are fetched anew', async () => {
  const weights = randomBytes(2 * PART_BYTES);
  const digest = release(s3, { ...head(), files: { 'model.onnx': weights } });
  const unfinished = join(folder, `unfinished-${contentModelName(digest)}`);
  mkdirSync(unfinished);
  writeFileSync(join(unfinished, 'model.onnx.unfinished'), randomBytes(PART_BYTES + 1));
  const at = await storeOf().fetch(model(digest));
  expect(sha256(readFileSync(join(at, 'model.onnx')))).toBe(sha256(weights));
  expect(s3.ranges.filter((range) => range.includes('model.onnx')).length).toBe(3);
});

test('a file that is longer than left is cut', async () => {
  const weights = randomBytes(PART_BYTES);
  const digest = release(s3, { ...head(), files: { 'model.onnx': weights } });
  const unfinished = join(folder, `unfinished-${contentModelName(digest)}`);
  mkdirSync(unfinished);
  const file = join(unfinished, 'model.onnx.unfinished');
  writeFileSync(file, '');
  truncateSync(file, 3 * PART_BYTES);
  const at = await storeOf().fetch(model(digest));
  expect(sha256(readFileSync(join(at, 'model.onnx')))).toBe(sha256(weights));
});

const key = (digest: string, path: string): string => releasePrefix('call-outcome', digest) + path;
const changed =
  (more: Record<string, unknown>) =>
  (manifest: Record<string, unknown>): unknown => ({ ...manifest, ...more });
const renamed =
  (path: string) =>
  (manifest: Record<string, unknown>): unknown => {
    const [first = {}, ...rest] = manifest['files'] as Record<string, unknown>[];
    return { ...manifest, files: [{ ...first, path }, ...rest] };
  };

test.each<[what: string, wanted: string, make: () => string, more?: Partial<TritonModel>]>([
  [
    'a manifest of other bytes',
    'damaged',
    () => {
      const digest = release(s3, head());
      s3.put(BUCKET, key(digest, 'manifest.json'), manifestOf(head()).text);
      return digest;
    },
  ],
  [
    'a file of other bytes',
    'damaged',
    () => {
      const digest = release(s3, head());
      s3.put(BUCKET, key(digest, 'model.onnx'), randomBytes(64));
      return digest;
    },
  ],
  [
    'a file that is shorter',
    'damaged',
    () => {
      const digest = release(s3, head());
      s3.put(BUCKET, key(digest, 'model.onnx'), randomBytes(63));
      return digest;
    },
  ],
  [
    'an empty file',
    'damaged',
    () => {
      const digest = release(s3, head());
      s3.put(BUCKET, key(digest, 'model.onnx'), '');
      return digest;
    },
  ],
  [
    'a file that is longer',
    'damaged',
    () => {
      const digest = release(s3, head(), (manifest) => {
        const [first = {}, ...rest] = manifest['files'] as Record<string, unknown>[];
        return { ...manifest, files: [{ ...first, bytes: 63 }, ...rest] };
      });
      return digest;
    },
  ],
  [
    'a file that is not there',
    'missing',
    () => {
      const digest = release(s3, head());
      s3.put(BUCKET, key(digest, 'labels.txt'), undefined);
      return digest;
    },
  ],
  ['a manifest that is not there', 'missing', () => `sha256:${'0'.repeat(64)}`],
  ['a bucket that is not there', 'missing', () => release(s3, head()), { bucket: 'no-such-bucket' }],
  [
    'a bucket of another account',
    'refused',
    () => release(s3, head(), undefined, 'models-of-nobody'),
    { bucket: 'models-of-nobody' },
  ],
  ['another format', 'format', () => release(s3, head(), changed({ format: 'atoll-release/2' }))],
  ['a field that nobody knows', 'format', () => release(s3, head(), changed({ backend: 'python' }))],
  [
    'a manifest that is no JSON',
    'format',
    () => {
      const text = '{';
      const digest = `sha256:${sha256(text)}`;
      s3.put(BUCKET, key(digest, 'manifest.json'), text);
      return digest;
    },
  ],
  [
    'a manifest of more than a mebibyte',
    'size',
    () => {
      const text = JSON.stringify('x'.repeat(2 ** 20));
      const digest = `sha256:${sha256(text)}`;
      s3.put(BUCKET, key(digest, 'manifest.json'), text);
      return digest;
    },
  ],
  ["another tenant's release", 'owner', () => release(s3, head('birch'))],
  ['a common one as that of a tenant', 'owner', () => release(s3, head(), changed({ tenant: undefined }))],
  ['one of another type', 'owner', () => release(s3, head(), changed({ type: 'scene-tagger' }))],
  ['one of another form', 'owner', () => release(s3, head(), changed({ form: 'vocabulary' }))],
  ['a path out of the folder', 'format', () => release(s3, head(), renamed('../model.onnx'))],
  ['a path from the root', 'format', () => release(s3, head(), renamed('/models/model.onnx'))],
  ['a hidden file', 'format', () => release(s3, head(), renamed('.model.onnx'))],
  ['a pickle', 'kind', () => release(s3, head(), renamed('model.bin'))],
  ['a program', 'kind', () => release(s3, head(), renamed('model.py'))],
  ['a library', 'kind', () => release(s3, head(), renamed('libop.so'))],
  ['a configuration of Triton', 'kind', () => release(s3, head(), renamed('config.pbtxt'))],
  ["a tenant's TensorRT engine", 'kind', () => release(s3, head(), renamed('model.plan'))],
  ['weights of another name', 'files', () => release(s3, head(), renamed('head.onnx'))],
  ['one path twice', 'files', () => release(s3, head(), renamed('labels.txt'))],
  ['more than it may have', 'size', () => release(s3, head('acme', 2 ** 20 + 1)), { filesMiB: 1 }],
])('%s is left out as %s', async (_what, wanted, make, more = {}) => {
  const digest = make();
  expect(await reason(storeOf().fetch(model(digest, more)))).toBe(wanted);
  expect(existsSync(join(folder, contentModelName(digest)))).toBe(false);
  expect(logged).toEqual([]);
});

test('a digest that was mended is taken', async () => {
  const what = head();
  const digest = release(s3, what);
  s3.put(BUCKET, key(digest, 'model.onnx'), 'other bytes');
  const store = storeOf();
  expect(await reason(store.fetch(model(digest)))).toBe('damaged');
  s3.put(BUCKET, key(digest, 'model.onnx'), what.files['model.onnx']);
  expect(await store.fetch(model(digest))).toContain(contentModelName(digest));
});

test('only what is kept stays, finished or not', async () => {
  const store = storeOf();
  const [kept, other] = [release(s3, head()), release(s3, head())];
  await store.fetch(model(kept));
  await store.fetch(model(other));
  mkdirSync(join(folder, `unfinished-${contentModelName(`sha256:${'1'.repeat(64)}`)}`));
  await store.keepOnly([model(kept)]);
  expect(readdirSync(folder)).toEqual([contentModelName(kept)]);
});
