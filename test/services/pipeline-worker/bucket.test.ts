import { expect, test } from '@jest/globals';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { Bucket } from '../../../services/pipeline-worker/bucket';
import { Closed, Unreachable } from '../../../services/pipeline-worker/errors';
import { temporaryFolder } from '../../support/temporary';

const signal = new AbortController().signal;

/** A bucket whose client notes what it is asked, and answers in turn. */
function asking(...answers: readonly unknown[]): { bucket: Bucket; inputs: Record<string, unknown>[] } {
  const inputs: Record<string, unknown>[] = [];
  const client = {
    send: ({ input }: { input: Record<string, unknown> }) => {
      const answer = answers[Math.min(inputs.length, answers.length - 1)];
      const { Body, ...rest } = input;
      inputs.push(rest);
      if (Body instanceof Readable) Body.on('error', () => undefined);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  } as unknown as S3Client;
  return { bucket: new Bucket(client, 'a-bucket', '123456789012'), inputs };
}
const named = (name: string): Error => Object.assign(new Error('of raw/text/secret'), { name });
const place = { Bucket: 'a-bucket', ExpectedBucketOwner: '123456789012' };

test('every request names the bucket’s owner, and none a word of encryption', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'a');
  const { bucket, inputs } = asking({ Body: Readable.from(['abc']), VersionId: 'v' }, {}, {}, { Body: undefined });
  expect(await bucket.download('k', 'v', file, signal)).toEqual({ bytes: 3, version: 'v' });
  expect(readFileSync(file, 'utf8')).toBe('abc');
  await bucket.upload('k', file, 3, signal);
  await bucket.writeText('k', '{}', signal);
  await bucket.readText('k', signal);
  expect(inputs).toEqual([
    { ...place, Key: 'k' },
    { ...place, Key: 'k', ContentLength: 3 },
    { ...place, Key: 'k', ContentType: 'application/json' },
    { ...place, Key: 'k' },
  ]);
});

test('an object that was overwritten since its event is not read', async () => {
  const Body = Readable.from(['newer']);
  const { bucket } = asking({ Body, VersionId: 'newer' });
  const file = join(temporaryFolder(), 'a');
  expect(await bucket.download('k', 'older', file, signal)).toBeUndefined();
  expect([Body.destroyed, existsSync(file)]).toEqual([true, false]);
});

test('a body that breaks off is moved again, since the SDK does not', async () => {
  const file = join(temporaryFolder(), 'a');
  const broken = new Readable({
    read() {
      this.destroy(Object.assign(new Error(), { code: 'ECONNRESET' }));
    },
  });
  const down = asking({ Body: broken }, { Body: Readable.from(['abc']) });
  expect(await down.bucket.download('k', undefined, file, signal)).toEqual({ bytes: 3, version: '' });
  const up = asking(named('TimeoutError'), {});
  await up.bucket.upload('k', file, 3, signal);
  expect([down.inputs.length, up.inputs.length]).toEqual([2, 2]);
});

test.each(['NoSuchKey', 'NoSuchVersion', 'NotFound', 'MethodNotAllowed'])('%s is no object', async (name) => {
  const { bucket } = asking(named(name));
  expect(await bucket.download('k', 'v', '/nowhere', signal)).toBeUndefined();
  expect(await bucket.readText('k', signal)).toBeUndefined();
});

test.each(['AccessDenied', 'InvalidObjectState', 'KMS.DisabledException'])('%s closes one object', async (name) => {
  const { bucket } = asking(named(name));
  await expect(bucket.download('k', 'v', '/nowhere', signal)).rejects.toThrow(Closed);
  await expect(bucket.writeText('k', '', signal)).rejects.toThrow(Closed);
  expect(await bucket.readText('k', signal)).toBeUndefined();
});

test('any other answer is none, and says no key', async () => {
  const { bucket } = asking(named('InternalError'));
  await expect(bucket.readText('k', signal)).rejects.toThrow(Unreachable);
  await expect(bucket.readText('k', signal)).rejects.toThrow(/^bucket: got InternalError, allowed an answer; /);
});

test('a link in place of a file is not followed', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a'), 'secret');
  symlinkSync(join(folder, 'a'), join(folder, 'b'));
  const client = {
    send: async ({ input }: { input: { Body: Readable } }) => {
      for await (const chunk of input.Body) expect(chunk).toBe('nothing');
    },
  } as unknown as S3Client;
  const bucket = new Bucket(client, 'a-bucket', '123456789012');
  await expect(bucket.upload('k', join(folder, 'b'), 6, signal)).rejects.toThrow('bucket: got ELOOP');
});
