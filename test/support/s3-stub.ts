import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';

interface Version {
  readonly id: string;
  /** Undefined for a delete marker. */
  readonly body: Buffer | undefined;
  readonly at: Date;
}
interface Bucket {
  readonly owner: string;
  readonly keys: Map<string, Version[]>;
}
interface Reply {
  readonly status: number;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

const xml = (name: string, inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inner}</${name}>`;
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const failed = (status: number, code: string): Reply => ({
  status,
  body: xml('Error', `<Code>${code}</Code><Message>${code} of something secret</Message>`),
});

/**
 * As much of S3 as the services here ask for, with versions, over HTTP and path style. Strict: what it does not know it answers with 501 and
 * remembers, every request must name the bucket's owner, and none may name an encryption, as our buckets' policies have it.
 */
export class S3Stub {
  /** Method and path of every request, without the query. */
  readonly requests: string[] = [];
  readonly unknown: string[] = [];
  /** Buckets to which every request is refused. */
  readonly closed = new Set<string>();
  /** Keys whose next answers break off in the middle, that many times. */
  readonly broken = new Map<string, number>();
  /** Keys whose answers wait for something. */
  readonly held = new Map<string, Promise<void>>();
  /** The range of every request that names one, behind its key. */
  readonly ranges: string[] = [];
  private readonly buckets = new Map<string, Bucket>();

  private constructor(
    private readonly server: Server,
    private readonly pageSize: number,
  ) {}

  static async start(pageSize = 3): Promise<S3Stub> {
    const server = createServer();
    const stub = new S3Stub(server, pageSize);
    server.on('request', (request, response) => void stub.handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return stub;
  }

  /** A client of it that repeats nothing by itself. */
  client(): S3Client {
    const { port } = this.server.address() as AddressInfo;
    return new S3Client({
      region: 'eu-central-1',
      endpoint: `http://127.0.0.1:${port}`,
      forcePathStyle: true,
      maxAttempts: 1,
      credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  bucket(name: string, owner: string): void {
    this.buckets.set(name, { owner, keys: new Map() });
  }

  /** Puts a version, or a delete marker, and says its id. */
  put(bucket: string, key: string, body: string | Buffer | undefined, at = new Date('2026-11-01T12:00:00Z')): string {
    const id = randomUUID();
    const { keys } = this.must(bucket);
    keys.set(key, [{ id, body: body === undefined ? undefined : Buffer.from(body), at }, ...(keys.get(key) ?? [])]);
    return id;
  }

  /** Deletes one version for good. */
  erase(bucket: string, key: string, id: string): void {
    const { keys } = this.must(bucket);
    keys.set(
      key,
      (keys.get(key) ?? []).filter((version) => version.id !== id),
    );
  }

  /** Bodies of all versions of every key of a bucket, newest first. */
  bodies(bucket: string): Readonly<Record<string, string[]>> {
    return Object.fromEntries(
      [...this.must(bucket).keys].map(([key, versions]) => [key, versions.map(({ body }) => String(body))]),
    );
  }

  private must(name: string): Bucket {
    const bucket = this.buckets.get(name);
    if (bucket === undefined) throw new Error(`bucket: got '${name}', allowed ${[...this.buckets.keys()].join(', ')}`);
    return bucket;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stub');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    this.requests.push(`${request.method ?? ''} ${decodeURIComponent(url.pathname)}`);
    const [, , ...rest] = decodeURIComponent(url.pathname).split('/');
    if (request.headers.range !== undefined) this.ranges.push(`${rest.join('/')} ${request.headers.range}`);
    await this.held.get(rest.join('/'));
    const { status, body = '', headers = {} } = this.answer(request, url, Buffer.concat(chunks));
    const left = this.broken.get(rest.join('/')) ?? 0;
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
    if (left === 0 || request.method !== 'GET') {
      response.end(body);
      return;
    }
    this.broken.set(rest.join('/'), left - 1);
    response.write(body.slice(0, body.length / 2), () => response.destroy());
  }

  private answer(request: IncomingMessage, url: URL, body: Buffer): Reply {
    const [, name = '', ...rest] = decodeURIComponent(url.pathname).split('/');
    const key = rest.join('/');
    const bucket = this.buckets.get(name);
    const { headers, method } = request;
    if (bucket === undefined) return failed(404, 'NoSuchBucket');
    if (this.closed.has(name)) return failed(403, 'AccessDenied');
    if (headers['x-amz-expected-bucket-owner'] !== bucket.owner) return failed(403, 'AccessDenied');
    if (Object.keys(headers).some((header) => header.startsWith('x-amz-server-side')))
      return failed(403, 'AccessDenied');
    const query = url.searchParams;
    if (method === 'GET' && key === '' && query.get('list-type') === '2') return this.list(bucket, query);
    if (method === 'GET' && key === '' && query.has('versions')) return this.versions(bucket, query);
    if (method === 'GET' && key !== '') return ranged(get(bucket, key, query.get('versionId')), headers.range);
    if (method === 'PUT' && key !== '' && headers['content-encoding'] === undefined) {
      if (headers['if-none-match'] === '*' && bucket.keys.get(key)?.[0]?.body !== undefined)
        return failed(412, 'PreconditionFailed');
      return { status: 200, headers: { 'x-amz-version-id': this.put(name, key, body) } };
    }
    this.unknown.push(`${method ?? ''} ${request.url ?? ''}`);
    return failed(501, 'NotImplemented');
  }

  private page(
    bucket: Bucket,
    query: URLSearchParams,
    after: string | null,
  ): { keys: string[]; last: string | undefined } {
    const all = [...bucket.keys.keys()].sort().filter((key) => key.startsWith(query.get('prefix') ?? ''));
    const left = after === null ? all : all.filter((key) => key > after);
    const keys = left.slice(0, this.pageSize);
    return { keys, last: left.length > keys.length ? keys.at(-1) : undefined };
  }

  private list(bucket: Bucket, query: URLSearchParams): Reply {
    const { keys, last } = this.page(bucket, query, query.get('continuation-token'));
    const contents = keys.flatMap((key) => {
      const [newest] = bucket.keys.get(key) ?? [];
      if (newest?.body === undefined) return [];
      return [`<Contents><Key>${escaped(key)}</Key><Size>${newest.body.length}</Size></Contents>`];
    });
    const next = last === undefined ? '' : `<NextContinuationToken>${escaped(last)}</NextContinuationToken>`;
    const truncated = `<IsTruncated>${String(last !== undefined)}</IsTruncated>`;
    return { status: 200, body: xml('ListBucketResult', `${truncated}${next}${contents.join('')}`) };
  }

  private versions(bucket: Bucket, query: URLSearchParams): Reply {
    const { keys, last } = this.page(bucket, query, query.get('key-marker'));
    const rows = keys.flatMap((key) =>
      (bucket.keys.get(key) ?? []).map(({ id, body, at }, i) => {
        const tag = body === undefined ? 'DeleteMarker' : 'Version';
        const size = body === undefined ? '' : `<Size>${body.length}</Size>`;
        const fields = `<Key>${escaped(key)}</Key><VersionId>${id}</VersionId><IsLatest>${String(i === 0)}</IsLatest>`;
        return `<${tag}>${fields}<LastModified>${at.toISOString()}</LastModified>${size}</${tag}>`;
      }),
    );
    const next = last === undefined ? '' : `<NextKeyMarker>${escaped(last)}</NextKeyMarker>`;
    const truncated = `<IsTruncated>${String(last !== undefined)}</IsTruncated>`;
    return { status: 200, body: xml('ListVersionsResult', `${truncated}${next}${rows.join('')}`) };
  }
}

function get(bucket: Bucket, key: string, id: string | null): Reply {
  const versions = bucket.keys.get(key) ?? [];
  const version = id === null ? versions[0] : versions.find((each) => each.id === id);
  if (version === undefined) return failed(404, id === null ? 'NoSuchKey' : 'NoSuchVersion');
  if (version.body === undefined) return id === null ? failed(404, 'NoSuchKey') : failed(405, 'MethodNotAllowed');
  return { status: 200, body: version.body, headers: { 'x-amz-version-id': version.id } };
}

/** The part that a request names, as S3 gives it: up to the object's end, and none behind it. */
function ranged(whole: Reply, range: string | undefined): Reply {
  if (range === undefined || whole.status !== 200) return whole;
  const body = Buffer.from(whole.body ?? '');
  const [, from = '', to = ''] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  if (Number(from) >= body.length) return failed(416, 'InvalidRange');
  const part = body.subarray(Number(from), Number(to) + 1);
  const headers = { 'content-range': `bytes ${from}-${Number(from) + part.length - 1}/${body.length}` };
  return { status: 206, body: part, headers: { ...whole.headers, ...headers } };
}
