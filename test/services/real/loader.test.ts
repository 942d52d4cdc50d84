import { afterEach, expect, test } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { releasePrefix } from '../../../schema/server-config';
import { PART_BYTES } from '../../../services/model-loader/bucket';
import { adapter, base, head, manifestOf, type Release, sha256 } from '../model-loader/releases';
import { nameOf, ownHead, Pod, type Ran, tritonConfig, until, vllmConfig } from '../model-loader/pod';
import { s3 } from './cloud';

/** What moto takes everybody for. */
const account = '123456789012';
const bucket = `models-${randomUUID()}`;
let ran: Ran | undefined;

afterEach(async () => {
  await ran?.stop();
});

async function release(what: Release): Promise<string> {
  const { text, digest } = manifestOf(what);
  const prefix = releasePrefix(what.type, digest);
  for (const [path, Body] of Object.entries({ ...what.files, 'manifest.json': text }))
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: prefix + path, Body }));
  return digest;
}

test('releases come by parts of a real protocol, and those that are missing keep nothing else out', async () => {
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const weights = randomBytes(2 * PART_BYTES + 1);
  const digest = await release({ ...head(), files: { 'model.onnx': weights } });
  const none = `sha256:${'0'.repeat(64)}`;
  const pod = new Pod();
  pod.configure({
    ...tritonConfig([
      ownHead(digest, 'acme', { bucket }),
      ownHead(none, 'birch', { bucket }),
      ownHead(`sha256:${'1'.repeat(64)}`, 'cedar', { bucket: `${bucket}-none` }),
    ]),
    account,
  });
  const { lines } = (ran = pod.start(s3));
  const file = join(pod.path('store'), nameOf({ digest }), 'model.onnx');
  await until(() => existsSync(file) && lines.filter(({ event }) => event === 'left-out').length >= 2);
  expect(sha256(readFileSync(file))).toBe(sha256(weights));
  expect(
    lines
      .filter(({ event }) => event === 'left-out')
      .map(({ tenant, reason }) => [tenant, reason])
      .slice(0, 2)
      .sort(),
  ).toEqual([
    ['birch', 'missing'],
    ['cedar', 'missing'],
  ]);
});

test('a language model and its adapters come from a bucket of a real protocol', async () => {
  const [model, own] = [await release(base()), await release(adapter('acme'))];
  const told = vllmConfig(model, [{ digest: own, tenant: 'acme' }]);
  if (told.engine !== 'vllm') throw new Error('told: got another engine');
  const placed = {
    ...told,
    base: { ...told.base, bucket },
    models: told.models.map((each) => ({ ...each, bucket })),
  };
  const pod = new Pod();
  pod.configure({ ...placed, account });
  ran = pod.start(s3);
  await until(() => pod.holds('ready'));
  expect(readFileSync(pod.path('vllm'), 'utf8')).toContain(nameOf({ digest: own }));
});
