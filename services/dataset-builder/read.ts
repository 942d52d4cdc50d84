import type { Readable } from 'node:stream';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { DatasetScope } from '../../schema/dataset-scope';
import type { Entry } from './draw';
import { decoded, type Manifest } from './manifest';
import { EXIT, Refusal, requireLive } from './refusal';
import { answerOf, kindOf } from './s3-errors';

export interface ReadOptions {
  readonly client: S3Client;
  readonly scope: DatasetScope;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/** One object of a dataset, to be read to its end or destroyed before the next. */
export interface DatasetObject extends Entry {
  readonly body: Readable;
}

/** Fetches a manifest out of the grant's folder. @param path `<name>/<hash>.json`, as the builder says it */
export async function fetchManifest(path: string, { client, scope, signal, now }: ReadOptions): Promise<Manifest> {
  requireLive(scope, now());
  const [, hash] = /^[a-z][a-z0-9-]*\/([0-9a-f]{64})\.json$/.exec(path) ?? [];
  if (hash === undefined)
    throw new Refusal(EXIT.recipe, `manifest: got '${path}', allowed <name>/<hash>.json; name it as the builder did`);
  const { bucket, account, prefix } = scope.store;
  try {
    const { Body } = await client.send(
      new GetObjectCommand({ Bucket: bucket, ExpectedBucketOwner: account, Key: `${prefix}${path}` }),
      { abortSignal: signal },
    );
    return decoded(await bytesOf(Body as Readable), hash);
  } catch (error) {
    if (error instanceof Refusal || signal.aborted) throw error;
    const exit = answerOf(error) === 'fault' ? EXIT.fault : EXIT.closed;
    throw new Refusal(
      exit,
      `manifest: got ${kindOf(error)}, allowed one of the grant's own folder; build the dataset again`,
    );
  }
}

async function bytesOf(body: Readable): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/**
 * Reads a dataset, version by version. A version that is gone (erased, or past its retention) is left out and counted, and nothing is said of
 * it but how many; a tenant that is closed, and the end of the grant, end the reading.
 */
export class Reading implements AsyncIterable<DatasetObject> {
  private readonly counts = new Map<string, number>();
  private bytes = 0;

  constructor(
    private readonly manifest: Manifest,
    private readonly options: ReadOptions,
  ) {
    const { scope } = options;
    const open = new Set(scope.tenants.map(({ id }) => id));
    const foreign = manifest.tenants.filter((id) => !open.has(id)).length;
    if (manifest.grant !== scope.grant || manifest.environment !== scope.environment || foreign > 0)
      throw new Refusal(
        EXIT.recipe,
        `manifest: got one of grant '${manifest.grant}' of ${manifest.environment}, allowed '${scope.grant}' of ${scope.environment} and its ` +
          'tenants; build it with this grant',
      );
  }

  /** How many objects of each tenant were gone so far. */
  get gone(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<DatasetObject> {
    const buckets = new Map(this.options.scope.tenants.map(({ id, bucket }) => [id, bucket]));
    this.counts.clear();
    this.bytes = 0;
    for (const entry of this.manifest.objects) {
      requireLive(this.options.scope, this.options.now());
      const bucket = buckets.get(entry.tenant);
      // The manifest's list of tenants was judged; an object of another one was written into it by hand.
      if (bucket === undefined)
        throw new Refusal(EXIT.recipe, 'manifest: got an object of a tenant that it does not list; build it again');
      const body = await this.open(entry, bucket);
      if (body !== undefined) yield { ...entry, body };
    }
  }

  private async open(entry: Entry, bucket: string): Promise<Readable | undefined> {
    const { client, scope, signal } = this.options;
    const { tenant, key, version } = entry;
    try {
      const { Body, ContentLength = 0 } = await client.send(
        new GetObjectCommand({ Bucket: bucket, ExpectedBucketOwner: scope.account, Key: key, VersionId: version }),
        { abortSignal: signal },
      );
      const body = Body as Readable;
      this.bytes += ContentLength;
      if (this.bytes <= this.manifest.limits.bytes) return body;
      body.destroy();
    } catch (error) {
      if (signal.aborted) throw error;
      const answer = answerOf(error);
      if (answer === 'gone') {
        this.counts.set(tenant, (this.counts.get(tenant) ?? 0) + 1);
        return undefined;
      }
      throw answer === 'closed'
        ? new Refusal(
            EXIT.closed,
            `tenants: got no access to '${tenant}', allowed an active tenant; read on when it is open`,
          )
        : new Refusal(
            EXIT.fault,
            `tenants: got ${kindOf(error)} of '${tenant}', allowed an answer of S3; read it again`,
          );
    }
    throw new Refusal(
      EXIT.closed,
      `manifest: got more than its ${this.manifest.limits.bytes} bytes, allowed its limit; build it with a greater maxGiB`,
    );
  }
}
