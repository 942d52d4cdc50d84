/**
 * `npm run bench:router`: what the router adds to a request's time, beside a bare proxy of Node's own `http`, in front of the same server that
 * answers at once. ROUNDS says how often each is measured, 5 times where it is not set; SECONDS for how long, 2 each.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Pool } from 'undici';
import { clusterObjectNames, tenantNames } from '../schema/names';
import { ROUTER_CONFIG_FORMAT, type RouterConfigInput } from '../schema/router-config';

const rounds = Number(process.env['ROUNDS'] ?? 5);
const seconds = Number(process.env['SECONDS'] ?? 2);
/** Clients at once, each of which asks again as soon as it is answered. */
const CLIENTS = [1, 16];
const ISSUER = 'https://oidc.example/id/0';
const BODY = JSON.stringify({ model: 'any', messages: [{ role: 'user', content: 'word '.repeat(200) }] });

interface Subject {
  readonly name: 'server' | 'bare proxy' | 'router';
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Round {
  readonly p50: number;
  readonly p99: number;
  readonly perSecond: number;
}

const children: ChildProcess[] = [];

/** Starts a part of its own process. @returns its port */
function start(...args: string[]): Promise<number> {
  const child = spawn(process.execPath, ['--require', 'tsx/cjs', join(__dirname, 'router-part.ts'), ...args], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  children.push(child);
  return new Promise((resolve, reject) => {
    child.once('message', resolve).once('exit', (code) => {
      reject(new Error(`${args.join(' ')}: got exit ${String(code)}`));
    });
  });
}

/** Asks again and again for so long. @param clients at once */
async function measure({ port, path, headers }: Subject, clients: number, forSeconds: number): Promise<Round> {
  const connections = new Pool(`http://127.0.0.1:${port}`, { connections: clients });
  const times: number[] = [];
  const begun = performance.now();
  const end = begun + forSeconds * 1000;
  const client = async (): Promise<void> => {
    for (let at = begun; at < end;) {
      const { statusCode, body } = await connections.request({ path, method: 'POST', headers, body: BODY });
      await body.dump();
      if (statusCode !== 200) throw new Error(`${path}: got ${statusCode}, allowed 200`);
      const now = performance.now();
      times.push(now - at);
      at = now;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const passed = (performance.now() - begun) / 1000;
  await connections.close();
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), perSecond: times.length / passed };
}

/** The middle of the rounds: another process of the machine disturbs some. */
function middle(all: readonly Round[]): Round {
  const of = (key: keyof Round): number =>
    all.map((round) => round[key]).toSorted((a, b) => a - b)[all.length >> 1] ?? 0;
  return { p50: of('p50'), p99: of('p99'), perSecond: of('perSecond') };
}

async function subjects(folder: string): Promise<Subject[]> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'RS256' }] });
  const issuer = createServer((_, reply) => reply.end(keys)).unref();
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
  const keysPort = (issuer.address() as AddressInfo).port;
  const server = await start('server');
  const config: RouterConfigInput = {
    format: ROUTER_CONFIG_FORMAT,
    identity: { issuer: ISSUER, keysUrl: `http://127.0.0.1:${keysPort}/keys` },
    pools: [{ name: 'language', kind: 'vllm', url: `http://127.0.0.1:${server}` }],
    common: [],
    tenants: [{ id: 'acme', models: [{ type: 'notes', pool: 'language', digest: `sha256:${'a'.repeat(64)}` }] }],
  };
  const file = join(folder, 'config.json');
  writeFileSync(file, JSON.stringify(config));
  const namespace = tenantNames.namespace('acme');
  const own = { namespace, serviceaccount: { name: 'inference' } };
  const token = await new SignJWT({ 'kubernetes.io': own })
    .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
    .setSubject(`system:serviceaccount:${namespace}:inference`)
    .setIssuer(ISSUER)
    .setAudience(clusterObjectNames.routerAudience)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey);
  // The same bytes for each.
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const path = '/models/notes/v1/chat/completions';
  return [
    { name: 'server', port: server, path, headers },
    { name: 'bare proxy', port: await start('proxy', String(server)), path, headers },
    { name: 'router', port: await start('router', file), path, headers },
  ];
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'atoll-bench-'));
  const rows: Record<string, string | number>[] = [];
  try {
    const all = await subjects(folder);
    // Code that is run often is compiled anew by Node: not on the clock.
    for (const subject of all) await measure(subject, 16, 2 * seconds);
    for (const clients of CLIENTS) {
      const measured = new Map<string, Round[]>();
      // Round by round, so that a slow minute of the machine meets all three.
      for (let round = 0; round < rounds; round++)
        for (const subject of all)
          measured.set(subject.name, [...(measured.get(subject.name) ?? []), await measure(subject, clients, seconds)]);
      const of = (name: Subject['name']): Round => middle(measured.get(name) ?? []);
      const [server, bare] = [of('server'), of('bare proxy')];
      for (const { name } of all) {
        const { p50, p99, perSecond } = of(name);
        rows.push({
          clients,
          'in front': name === 'server' ? 'nothing' : name,
          'p50 ms': p50.toFixed(3),
          'p99 ms': p99.toFixed(3),
          'added p50 ms': (p50 - server.p50).toFixed(3),
          'added p99 ms': (p99 - server.p99).toFixed(3),
          'requests/s': Math.round(perSecond),
          'p50 / bare proxy': (p50 / bare.p50).toFixed(2),
        });
      }
    }
  } finally {
    for (const child of children) child.removeAllListeners('exit').kill();
    rmSync(folder, { recursive: true, force: true });
  }
  console.table(rows);
}

main().catch((error: unknown) => {
  process.exitCode = 1;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
});
