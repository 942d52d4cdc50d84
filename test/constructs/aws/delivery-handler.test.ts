import { afterEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

interface Files {
  read(bucket: string, key: string): Promise<Uint8Array>;
  write(key: string, bytes: Uint8Array): Promise<void>;
  remove(key: string): Promise<void>;
}
type Handler = (event: object, context: { getRemainingTimeInMillis(): number }) => Promise<void>;
type CreateHandler = (props: { files: Files; settings: object; firstPauseMs: number }) => Handler;

const { createHandler } = createRequire(__filename)('../../../constructs/aws/delivery/handler/handler.cjs') as {
  createHandler: CreateHandler;
};

const settings = {
  account: '222222222222',
  region: 'eu-central-1',
  environment: 'sample',
  platformStack: 'sample-production-delivery',
  sourceBucket: 'assets',
};
const TEXT = 'kind: Namespace\n';
const SHA = createHash('sha256').update(TEXT).digest('hex');
const stackId = (name: string, account = '222222222222'): string =>
  `arn:aws:cloudformation:eu-central-1:${account}:stack/${name}/5b9c0a10-0000-0000-0000-000000000000`;
const listed = (...keys: string[]): object => ({
  SourceBucket: 'assets',
  SourceKey: 'bundle.yaml',
  // Strings, as CloudFormation makes of every number.
  Files: keys.map((TargetKey, i) => ({
    TargetKey,
    Offset: String(i * TEXT.length),
    Bytes: String(TEXT.length),
    Sha256: SHA,
  })),
});

interface Answer {
  Status: string;
  Reason: string;
  PhysicalResourceId: string;
  RequestId: string;
}
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

interface Outcome {
  readonly answers: readonly Answer[];
  readonly contentTypes: readonly (string | undefined)[];
  readonly calls: readonly string[];
  /** Message of what the handler threw; undefined where it threw nothing. */
  readonly thrown: string | undefined;
}

/** Runs the handler against a real endpoint that fails its first `failures` requests. */
async function run(
  event: object,
  options: { failures?: number; remainingMs?: number; read?: () => Promise<Uint8Array> } = {},
): Promise<Outcome> {
  const answers: Answer[] = [];
  const contentTypes: (string | undefined)[] = [];
  const calls: string[] = [];
  let failures = options.failures ?? 0;
  const own = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      if (failures > 0) {
        failures -= 1;
        response.writeHead(503).end();
        return;
      }
      contentTypes.push(request.headers['content-type']);
      answers.push(JSON.parse(body) as Answer);
      response.writeHead(200).end();
    });
  });
  servers.push(own);
  await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
  const { port } = own.address() as AddressInfo;
  const files: Files = {
    read: options.read ?? (() => Promise.resolve(new TextEncoder().encode(TEXT.repeat(8)))),
    write: (key) => Promise.resolve(void calls.push(`write ${key}`)),
    remove: (key) => Promise.resolve(void calls.push(`remove ${key}`)),
  };
  const thrown = await createHandler({ files, settings, firstPauseMs: 1 })(
    {
      RequestType: 'Create',
      StackId: stackId('sample-tenant-acme'),
      RequestId: 'r-1',
      LogicalResourceId: 'Delivery',
      ResponseURL: `http://127.0.0.1:${port}/answer?X-Amz-Signature=s`,
      ...event,
    },
    { getRemainingTimeInMillis: () => options.remainingMs ?? 120_000 },
  ).then(
    () => undefined,
    (error: unknown) => (error as Error).message,
  );
  return { answers, contentTypes, calls, thrown };
}

const ACME = ['index/acme.yaml', 'tenants/acme/platform/objects.yaml'];

describe('the delivery handler', () => {
  test('writes what a tenant owns, its line of the index last, and answers with an empty content type', async () => {
    const { answers, calls, contentTypes } = await run({ ResourceProperties: listed(...ACME) });
    expect(calls).toEqual(['write tenants/acme/platform/objects.yaml', 'write index/acme.yaml']);
    expect(answers).toMatchObject([
      { Status: 'SUCCESS', RequestId: 'r-1', PhysicalResourceId: 'sample-delivery-Delivery' },
    ]);
    expect(contentTypes).toEqual(['']);
  });

  test('removes on update what is no longer listed, after the rest is written', async () => {
    const { calls } = await run({
      RequestType: 'Update',
      PhysicalResourceId: 'kept',
      ResourceProperties: listed('index/acme.yaml'),
      OldResourceProperties: listed(...ACME),
    });
    expect(calls).toEqual(['write index/acme.yaml', 'remove tenants/acme/platform/objects.yaml']);
  });

  test('removes everything on delete, the line of the index first, and keeps its physical id', async () => {
    const { answers, calls } = await run({
      RequestType: 'Delete',
      PhysicalResourceId: 'kept',
      ResourceProperties: listed(...ACME),
    });
    expect(calls).toEqual(['remove index/acme.yaml', 'remove tenants/acme/platform/objects.yaml']);
    expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'kept' }]);
  });

  test("refuses another tenant's keys, the platform's and odd ones, and writes nothing", async () => {
    const odd = ['tenants/acme/../birch/a.yaml', 'tenants/acme/x', 'tenants/acme-two/platform/objects.yaml'];
    for (const key of ['index/birch.yaml', 'tenants/birch/platform/objects.yaml', 'platform/a/objects.yaml', ...odd]) {
      const { answers, calls } = await run({ ResourceProperties: listed(...ACME, key) });
      expect(calls).toEqual([]);
      expect(answers).toMatchObject([
        {
          Status: 'FAILED',
          Reason: `Files.TargetKey: got ${key}, allowed keys that sample-tenant-acme owns; deliver it from its own stack`,
        },
      ]);
    }
  });

  test('passes over foreign keys on delete, so that the rollback of a refused create succeeds', async () => {
    const { answers, calls } = await run({
      RequestType: 'Delete',
      PhysicalResourceId: 'kept',
      ResourceProperties: listed('index/birch.yaml', 'index/acme.yaml'),
    });
    expect(calls).toEqual(['remove index/acme.yaml']);
    expect(answers[0]?.Status).toBe('SUCCESS');
  });

  test("lets the platform's stack write platform and research keys, never a tenant's", async () => {
    const platform = { StackId: stackId('sample-production-delivery') };
    const good = await run({
      ...platform,
      ResourceProperties: listed('platform/pools/objects.yaml', 'research/speech.yaml'),
    });
    expect(good.calls).toEqual(['write platform/pools/objects.yaml', 'write research/speech.yaml']);
    const bad = await run({ ...platform, ResourceProperties: listed('index/acme.yaml') });
    expect(bad.calls).toEqual([]);
  });

  test('refuses stacks of another name, environment or account', async () => {
    for (const id of [
      stackId('sample-tenant-'),
      stackId('other-tenant-acme'),
      stackId('sample-production-cluster'),
      stackId('sample-tenant-acme', '999999999999'),
      'sample-tenant-acme',
    ]) {
      const { answers, calls } = await run({ StackId: id, ResourceProperties: listed(...ACME) });
      expect(calls).toEqual([]);
      expect(answers[0]?.Status).toBe('FAILED');
      expect(answers[0]?.Reason).toMatch(/^StackId: got /);
    }
  });

  test('refuses a file whose bytes are not the ones that were synthesized, and another source bucket', async () => {
    const forged = await run(
      { ResourceProperties: listed(...ACME) },
      { read: () => Promise.resolve(new Uint8Array([1])) },
    );
    expect(forged.calls).toEqual([]);
    expect(forged.answers[0]?.Reason).toContain(`allowed ${SHA}; find out who wrote assets/bundle.yaml`);
    const elsewhere = await run({ ResourceProperties: { ...listed(...ACME), SourceBucket: 'mine' } });
    expect(elsewhere.answers[0]?.Reason).toBe(
      "SourceBucket: got mine, allowed assets; deploy with this account's bootstrap",
    );
  });

  test('answers again when CloudFormation does not take the first answers', async () => {
    const { answers } = await run({ ResourceProperties: listed(...ACME) }, { failures: 3 });
    expect(answers.map(({ Status }) => Status)).toEqual(['SUCCESS']);
  });

  test('throws when no answer is taken', async () => {
    const { answers, thrown } = await run({ ResourceProperties: listed(...ACME) }, { failures: 4 });
    expect(answers).toEqual([]);
    expect(thrown).toBe('status 503');
  });

  test('throws what went wrong after the answer, and nothing when all went right: Lambda counts errors by it', async () => {
    const read = (): Promise<Uint8Array> => Promise.reject(new Error('AccessDenied'));
    const { answers, thrown } = await run({ ResourceProperties: listed(...ACME) }, { read });
    expect(answers).toMatchObject([{ Status: 'FAILED', Reason: 'AccessDenied' }]);
    expect(thrown).toBe('AccessDenied');
    expect((await run({ ResourceProperties: listed(...ACME) })).thrown).toBeUndefined();
  });

  test('fails while there is time to say so', async () => {
    const never = (): Promise<Uint8Array> => new Promise(() => undefined);
    const { answers } = await run({ ResourceProperties: listed(...ACME) }, { remainingMs: 40_020, read: never });
    expect(answers).toMatchObject([{ Status: 'FAILED', Reason: 'not done within 20 ms; deploy again' }]);
  });
});
