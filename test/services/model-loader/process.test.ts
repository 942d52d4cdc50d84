import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import root from '../../../package.json';
import own from '../../../services/model-loader/package.json';
import { IMAGES } from '../../../schema/images';
import { LOADER_EXITS, loaderProbeCommand, SERVER_USER } from '../../../schema/server-pod';
import { PROJECT, run } from '../../support/command-line';
import { temporaryFolder } from '../../support/temporary';
import { Pod, tritonConfig, until } from './pod';

const folder = temporaryFolder();
const bundle = join(folder, 'main.js');
const children: ChildProcess[] = [];

beforeAll(() => {
  buildSync({
    absWorkingDir: join(PROJECT, 'services', 'model-loader'),
    entryPoints: ['main.ts'],
    bundle: true,
    platform: 'node',
    target: 'node20',
    outfile: bundle,
    logLevel: 'error',
  });
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

const probed = (pod: Pod, what: string): number | null =>
  run(process.execPath, [bundle, 'probe', what], { cwd: folder, env: { ...process.env, ATOLL_SERVER_ROOT: pod.root } })
    .status;

/** Ids of the sockets on which something listens, by address, as the kernel lists them. */
function listening(): ReadonlyMap<string, string> {
  const rows = ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((kind) =>
    readFileSync(`/proc/net/${kind}`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => ({ kind, fields: line.trim().split(/\s+/) })),
  );
  // 0A is LISTEN; of UDP, every socket takes what comes.
  const open = rows.filter(({ kind, fields }) => kind.startsWith('udp') || fields[3] === '0A');
  return new Map(open.map(({ fields }) => [fields[9] ?? '', fields[1] ?? '']));
}

function socketsOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
    } catch {
      return [];
    }
  });
}

test('the process listens on no address, answers its probes by commands, and ends at SIGTERM', async () => {
  const pod = new Pod();
  pod.configure(tritonConfig([]));
  const loader = spawn(process.execPath, ['--no-warnings', bundle], {
    env: { ...process.env, ATOLL_SERVER_ROOT: pod.root },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(loader);
  let out = '';
  loader.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  await until(() => pod.holds('started'));
  expect(['started', 'alive', 'ready', 'no-such-probe'].map((what) => probed(pod, what))).toEqual([0, 0, 1, 1]);
  const open = listening();
  const { pid = 0 } = loader;
  expect(readdirSync(`/proc/${pid}/fd`).length).toBeGreaterThan(3);
  expect(socketsOf(pid).filter((id) => open.has(id))).toEqual([]);
  // What is seen is what listens: a door of this process is.
  const door = createServer().listen(0, '127.0.0.1');
  await once(door, 'listening');
  const now = listening();
  expect(socketsOf(process.pid).filter((id) => now.has(id)).length).toBeGreaterThan(0);
  door.close();
  loader.kill('SIGTERM');
  const [code] = (await once(loader, 'exit')) as [number];
  expect(code).toBe(LOADER_EXITS.stopped);
  expect(
    out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { event: string }).event),
  ).toEqual(['started', 'stopped']);
  expect(out).not.toContain(pod.key);
  expect(probed(pod, 'alive')).toBe(1);
});

test('a configuration with faults ends it with all of them, and a volume that cannot be written too', () => {
  const pod = new Pod();
  const ended = (): { status: number | null; stderr: string } =>
    run(process.execPath, ['--no-warnings', bundle], {
      cwd: folder,
      env: { ...process.env, ATOLL_SERVER_ROOT: pod.root },
    });
  expect(ended()).toMatchObject({ status: LOADER_EXITS.configuration, stderr: expect.stringContaining('got ENOENT') });
  pod.configure({ ...tritonConfig([]), account: '1', server: 'x' });
  expect(ended().stderr.trim().split('\n')).toHaveLength(2);
  pod.configure(tritonConfig([]));
  mkdirSync(dirname(pod.path('state')), { recursive: true });
  mkdirSync(pod.path('state'));
  writeFileSync(join(pod.path('state'), 'in-the-way'), '');
  expect(ended()).toMatchObject({ status: LOADER_EXITS.volume, stderr: expect.stringContaining('volumes: got ') });
});

test('the package has the versions of the project, whose lock file its image is built by, and the tag of its image', () => {
  const known: Record<string, string> = { ...root.dependencies, ...root.devDependencies };
  for (const [name, version] of Object.entries({ ...own.dependencies, ...own.devDependencies }))
    expect([name, version]).toEqual([name, known[name]]);
  expect(own.version).toBe(IMAGES['model-loader'].tag);
  expect(own.scripts.bundle).toBe('esbuild main.ts --bundle --platform=node --target=node20 --outfile=dist/main.js');
});

test('the image has what the pod runs, as the user that the pod runs it as', () => {
  const text = readFileSync(join(PROJECT, 'services', 'model-loader', 'Dockerfile'), 'utf8');
  expect(text).toContain(`USER ${SERVER_USER}:${SERVER_USER}\n`);
  expect(text).toContain(` ${loaderProbeCommand('alive')[1] ?? ''}\n`);
});

test('the README says every code by which the loader ends', () => {
  const text = readFileSync(join(PROJECT, 'services', 'model-loader', 'README.md'), 'utf8');
  for (const code of Object.values(LOADER_EXITS)) expect(text).toMatch(new RegExp(`(?:^|[ .])${code}: `, 'm'));
});
