/**
 * Reads what a public registry answers, anonymously: the digest of a manifest by the OCI distribution API (a token is asked
 * for when the registry challenges) and the digest of a chart's archive by a chart repository's index.
 *
 * Written here because no kept library fits (looked at on 2026-11-24): `@sigstore/oci` 0.7.2 (Apache-2.0) signs in by
 * opening an upload, so it asks for the right to push; `@snyk/docker-registry-v2-client` 4.0.5 (Apache-2.0) follows an index
 * into one architecture's manifest and fails where that is missing; `docker-registry-client` 3.4.0 is MPL-2.0 on libraries of
 * 2016. None reads a chart repository.
 */
import { createHash } from 'node:crypto';
import { types } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';

export interface RegistryOptions {
  /** Most time of one request, milliseconds. @default 20,000 */
  readonly timeoutMs?: number;
  /** Hosts (with port) that are spoken to without TLS, for a registry on this machine. @default none */
  readonly plainHosts?: readonly string[];
}

const TIMEOUT_MS = 20_000;

/** Index before manifest: the digest of all architectures is the one that both Arm and x86 nodes can pull. */
const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

const tokenSchema = z.union([
  z.object({ token: z.string().min(1) }).transform((t) => t.token),
  z.object({ access_token: z.string().min(1) }).transform((t) => t.access_token),
]);

const indexSchema = z.object({
  entries: z.record(z.string(), z.array(z.object({ version: z.string(), digest: z.string().optional() }))),
});

/** Parts of `host/repository:tag`; the host may have a port. */
export function parseReference(reference: string): { host: string; repository: string; tag: string } {
  const match = /^([\w.-]+(?::\d+)?)\/([\w./-]+):([\w][\w.-]{0,127})$/.exec(reference);
  const [, host, repository, tag] = match ?? [];
  if (host === undefined || repository === undefined || tag === undefined) {
    throw new Error(`got '${reference}', allowed host/repository:tag; correct the list`);
  }
  return { host, repository, tag };
}

/** The parameters of a `WWW-Authenticate: Bearer …` header; undefined for any other scheme. */
export function parseChallenge(header: string | null): Readonly<Record<string, string>> | undefined {
  if (header === null || !/^bearer\s/i.test(header)) return undefined;
  return Object.fromEntries([...header.matchAll(/(\w+)="([^"]*)"/g)].map((m) => [m[1] ?? '', m[2] ?? '']));
}

function requireTls(url: URL, options: RegistryOptions): void {
  if (url.protocol === 'https:' || options.plainHosts?.includes(url.host) === true) return;
  throw new Error(`got ${url.protocol}//${url.host}, allowed https; a digest read without TLS proves nothing`);
}

async function get(url: URL, headers: Record<string, string>, options: RegistryOptions): Promise<Response> {
  requireTls(url, options);
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await fetch(url, { headers, signal }).catch((cause: unknown) => {
    if (signal.aborted) throw new Error(`got no answer from ${url.host} in ${timeoutMs} ms; try again`, { cause });
    // What fetch throws says 'fetch failed'; the reason is in its cause.
    const reason = types.isNativeError(cause) && types.isNativeError(cause.cause) ? cause.cause.message : String(cause);
    throw new Error(`got no connection to ${url.host}: ${reason}`, { cause });
  });
  requireTls(new URL(response.url), options);
  return response;
}

async function readToken(challenge: Readonly<Record<string, string>>, options: RegistryOptions): Promise<string> {
  const url = new URL(challenge['realm'] ?? '');
  for (const key of ['service', 'scope']) {
    const value = challenge[key];
    if (value !== undefined) url.searchParams.set(key, value);
  }
  const response = await get(url, { accept: 'application/json' }, options);
  if (!response.ok) throw new Error(`got ${response.status} from ${url.host} for a token, allowed 200; is it public?`);
  const token = tokenSchema.safeParse(await response.json());
  if (!token.success) throw new Error(`got an answer without a token from ${url.host}, allowed token or access_token`);
  return token.data;
}

/**
 * The digest of a manifest, computed from the bytes that came and compared with what the registry says.
 * @throws when the registry does not answer with the manifest.
 */
export async function manifestDigest(reference: string, options: RegistryOptions = {}): Promise<string> {
  const { host, repository, tag } = parseReference(reference);
  const scheme = options.plainHosts?.includes(host) === true ? 'http' : 'https';
  const accept = { accept: MANIFEST_TYPES };
  let response = await get(new URL(`${scheme}://${host}/v2/${repository}/manifests/${tag}`), accept, options);
  const challenge = response.status === 401 ? parseChallenge(response.headers.get('www-authenticate')) : undefined;
  if (challenge !== undefined) {
    const authorization = `Bearer ${await readToken(challenge, options)}`;
    // The address after redirects: it is that host's challenge, and a token is not carried across hosts.
    response = await get(new URL(response.url), { ...accept, authorization }, options);
  }
  if (response.status !== 200) {
    throw new Error(`got ${response.status} from ${host}, allowed 200; check that the tag exists`);
  }
  const body = Buffer.from(await response.arrayBuffer());
  const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  const said = response.headers.get('docker-content-digest');
  if (said !== null && said !== digest) {
    throw new Error(`got bytes of ${digest} from ${host}, allowed the ${said} that it names; try another network`);
  }
  return digest;
}

/**
 * The digest that a chart repository's index names for the archive of one version.
 * @throws when the index cannot be read or names no digest for the version.
 */
export async function archiveDigest(
  repository: string,
  chart: string,
  version: string,
  options: RegistryOptions = {},
): Promise<string> {
  const url = new URL(`${repository}/index.yaml`);
  const response = await get(url, { accept: '*/*' }, options);
  if (response.status !== 200)
    throw new Error(`got ${response.status} from ${url.href}, allowed 200; check the address`);
  const index = indexSchema.safeParse(parse(await response.text()));
  if (!index.success) throw new Error(`got no index of charts from ${url.href}, allowed one with entries`);
  const hex = index.data.entries[chart]?.find((entry) => entry.version === version)?.digest?.replace(/^sha256:/, '');
  if (hex === undefined || !/^[0-9a-f]{64}$/.test(hex)) {
    throw new Error(`got ${hex ?? 'no digest'} for ${version} in ${url.href}, allowed 64 hexadecimal digits`);
  }
  return `sha256:${hex}`;
}
