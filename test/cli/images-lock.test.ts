import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { lockImages, type LockImagesArgs } from '../../cli/images-lock';
import { archiveDigest, manifestDigest, parseChallenge, parseReference } from '../../cli/images-registry';
import type { Chart } from '../../schema/charts';
import type { ImageLock } from '../../schema/image-lock';
import type { Image } from '../../schema/images';
import { temporaryFolder } from '../support/temporary';

const MANIFEST = '{"schemaVersion":2}';
const DIGEST = `sha256:${createHash('sha256').update(MANIFEST).digest('hex')}`;
const ARCHIVE = 'cd'.repeat(32);
const NOTHING: ImageLock = { charts: {}, images: {} };

let server: Server;
let host: string;
let folder: string;
let requests: { url: string; authorization: string | undefined; accept: string | undefined }[];

/** A registry that gives nothing without the token it hands out itself, and a chart repository beside it. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', `http://${host}`);
  requests.push({ url: url.href, authorization: request.headers.authorization, accept: request.headers.accept });
  const send = (status: number, body: string, headers: Record<string, string> = {}): void => {
    response.writeHead(status, headers).end(body);
  };
  if (url.pathname === '/token') {
    const asked = `${url.searchParams.get('service') ?? ''} ${url.searchParams.get('scope') ?? ''}`;
    send(asked === 'fake repository:team/app:pull' ? 200 : 403, JSON.stringify({ token: 'let-me-read' }));
  } else if (url.pathname === '/charts/index.yaml') {
    send(200, `entries:\n  heron:\n    - version: 1.0.0\n    - version: 1.2.0\n      digest: ${ARCHIVE}\n`);
  } else if (url.pathname === '/v2/silent/app/manifests/1.0.0') {
    // Left unanswered: the client's own time limit has to end it.
  } else if (url.pathname === '/v2/open/lying/manifests/1.0.0') {
    send(200, MANIFEST, { 'docker-content-digest': `sha256:${'0'.repeat(64)}` });
  } else if (url.pathname === '/v2/open/moved/manifests/1.0.0') {
    send(307, '', { location: '/v2/open/app/manifests/1.0.0' });
  } else if (url.pathname === '/v2/open/app/manifests/1.0.0') {
    send(200, MANIFEST);
  } else if (url.pathname.startsWith('/v2/team/app/')) {
    if (request.headers.authorization !== 'Bearer let-me-read') {
      const challenge = `Bearer realm="http://${host}/token",service="fake",scope="repository:team/app:pull"`;
      send(401, '', { 'www-authenticate': challenge });
    } else if (url.pathname.endsWith('/manifests/1.0.0')) {
      send(200, MANIFEST, { 'docker-content-digest': DIGEST });
    } else send(404, '');
  } else send(404, '');
}

beforeEach(async () => {
  requests = [];
  folder = temporaryFolder();
  server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const registry = (): { plainHosts: string[]; timeoutMs: number } => ({ plainHosts: [host], timeoutMs: 5000 });
const common = { licence: 'Apache-2.0', source: 'test', checked: '2026-11-24', clusters: ['production'] } as const;
const image = (repository: string, tag = '1.0.0'): Image => ({ ...common, upstream: `${host}/${repository}`, tag });
const chart = (upstream: Chart['upstream']): Chart => ({ ...common, upstream, version: '1.2.0', appVersion: '1.2.0' });
const args = (over: Partial<LockImagesArgs>): LockImagesArgs & { file: string } => ({
  images: {},
  charts: {},
  previous: NOTHING,
  registry: registry(),
  file: join(folder, 'images.lock.json'),
  ...over,
});

describe('a digest', () => {
  test('is read anonymously with the token that the challenge leads to', async () => {
    expect(await manifestDigest(`${host}/team/app:1.0.0`, registry())).toBe(DIGEST);
    expect(requests.map((r) => r.authorization)).toEqual([undefined, undefined, 'Bearer let-me-read']);
    expect(requests[0]?.accept).toMatch(/^application\/vnd\.oci\.image\.index\.v1\+json, /);
  });

  test('is computed from the bytes where the registry names none, after a redirect', async () => {
    expect(await manifestDigest(`${host}/open/moved:1.0.0`, registry())).toBe(DIGEST);
  });

  test('is refused when the bytes are not the ones that the registry names', async () => {
    await expect(manifestDigest(`${host}/open/lying:1.0.0`, registry())).rejects.toThrow(
      `got bytes of ${DIGEST} from ${host}, allowed the sha256:${'0'.repeat(64)} that it names; try another network`,
    );
  });

  test('is not waited for longer than the time limit', async () => {
    await expect(manifestDigest(`${host}/silent/app:1.0.0`, { ...registry(), timeoutMs: 100 })).rejects.toThrow(
      `got no answer from ${host} in 100 ms; try again`,
    );
  });

  test('is not read without TLS from a host that is not listed as plain', async () => {
    await expect(archiveDigest(`http://${host}/charts`, 'heron', '1.2.0', {})).rejects.toThrow(
      `got http://${host}, allowed https; a digest read without TLS proves nothing`,
    );
    expect(requests).toEqual([]);
  });

  test('is not to be had from a host that does not answer', async () => {
    await expect(manifestDigest('127.0.0.1:9/app:1.0.0', { plainHosts: ['127.0.0.1:9'] })).rejects.toThrow(
      /^got no connection to 127\.0\.0\.1:9: (bad port|connect ECONNREFUSED)/,
    );
  });

  test('of a chart archive comes from the index of its repository', async () => {
    expect(await archiveDigest(`http://${host}/charts`, 'heron', '1.2.0', registry())).toBe(`sha256:${ARCHIVE}`);
    await expect(archiveDigest(`http://${host}/charts`, 'heron', '1.0.0', registry())).rejects.toThrow(
      `got no digest for 1.0.0 in http://${host}/charts/index.yaml, allowed 64 hexadecimal digits`,
    );
  });

  test('is asked for by a whole reference only', () => {
    expect(parseReference('ghcr.io/team/app:v1')).toEqual({ host: 'ghcr.io', repository: 'team/app', tag: 'v1' });
    expect(() => parseReference('ghcr.io/team/app')).toThrow(
      "got 'ghcr.io/team/app', allowed host/repository:tag; correct the list",
    );
    expect(parseChallenge('Basic realm="x"')).toBeUndefined();
  });
});

describe('the lock', () => {
  test('holds every upstream image and OCI chart and leaves out what is built here', async () => {
    const images = { app: image('team/app'), ours: { ...common, upstream: 'built', tag: '0.1.0' } };
    const charts = { app: { ...chart(`oci://${host}/open/app`), version: '1.0.0' } };
    const given = args({ images, charts });
    await lockImages(given);
    expect(JSON.parse(readFileSync(given.file, 'utf8'))).toEqual({
      charts: { app: { reference: `${host}/open/app:1.0.0`, digest: DIGEST, kind: 'manifest' } },
      images: { app: { reference: `${host}/team/app:1.0.0`, digest: DIGEST } },
    });
    expect(readdirSync(folder)).toEqual(['images.lock.json']);
  });

  test('is not written when one digest of many is missing, and every fault is listed', async () => {
    const images = { app: image('team/app'), gone: image('team/app', '9.9.9'), lost: image('open/lost') };
    const given = args({ images });
    await expect(lockImages(given)).rejects.toThrow(
      `images/gone: ${host}/team/app:9.9.9: got 404 from ${host}, allowed 200; check that the tag exists\n` +
        `images/lost: ${host}/open/lost:1.0.0: got 404 from ${host}, allowed 200; check that the tag exists`,
    );
    expect(existsSync(given.file)).toBe(false);
  });

  test('keeps the file as it is when a tag was moved, until that is accepted', async () => {
    const before = `sha256:${'1'.repeat(64)}`;
    const previous = { charts: {}, images: { app: { reference: `${host}/open/app:1.0.0`, digest: before } } };
    const given = args({ images: { app: image('open/app') }, previous });
    writeFileSync(given.file, 'as it was');
    await expect(lockImages(given)).rejects.toThrow(
      `images/app: got ${DIGEST} for ${host}/open/app:1.0.0, allowed the recorded ${before}; ` +
        'somebody moved the tag: find out why, then pass --accept-moved images/app',
    );
    expect(readFileSync(given.file, 'utf8')).toBe('as it was');
    const lock = await lockImages({ ...given, acceptMoved: ['images/app'] });
    expect(lock.images['app']?.digest).toBe(DIGEST);
  });
});
