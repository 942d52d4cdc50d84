import { afterEach } from '@jest/globals';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ROUTER_CONFIG_FORMAT, type RouterConfigInput } from '../../../schema/router-config';
import { type Ports, run, type RunOptions } from '../../../services/router/run';
import { temporaryFolder } from '../../support/temporary';
import { type Answer, chatAnswer, inferAnswer, type ModelServer, startServer } from './servers';
import { type Issuer, startIssuer } from './tokens';

export const DIGESTS = { acme: `sha256:${'a'.repeat(64)}`, bravo: `sha256:${'b'.repeat(64)}` };

type PoolInput = RouterConfigInput['pools'][number];
type Line = Readonly<Record<string, unknown>>;

/** A router over real HTTP, with an issuer and two model servers. */
export interface World {
  readonly issuer: Issuer;
  readonly vllm: ModelServer;
  readonly triton: ModelServer;
  readonly url: string;
  readonly operationsUrl: string;
  readonly ports: Ports;
  readonly file: string;
  /** Lines of standard output. */
  readonly lines: readonly Line[];
  readonly logged: (event: string) => readonly Line[];
  /** Tells the router to end. */
  readonly stop: () => void;
  readonly code: Promise<number>;
  readonly token: Issuer['token'];
  /** Puts another configuration into the file, in one step. */
  readonly configure: (change: (config: RouterConfigInput) => unknown) => void;
}

export interface WorldOptions {
  /** Changes of both pools' settings. */
  readonly pool?: Partial<PoolInput>;
  readonly change?: (config: RouterConfigInput) => RouterConfigInput;
  readonly times?: RunOptions['times'];
  readonly chat?: Answer;
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** Ends with the test. */
export function atEnd(close: () => Promise<unknown>): void {
  closing.push(close);
}

export function configOf(
  issuer: Pick<Issuer, 'issuer' | 'keysUrl'>,
  urls: { readonly vllm: string; readonly triton: string },
  pool: Partial<PoolInput> = {},
): RouterConfigInput {
  return {
    format: ROUTER_CONFIG_FORMAT,
    identity: { issuer: issuer.issuer, keysUrl: issuer.keysUrl },
    pools: [
      { name: 'language', kind: 'vllm', url: urls.vllm, ...pool },
      { name: 'speech', kind: 'triton', url: urls.triton, ...pool },
    ],
    common: [
      { type: 'transcriber', pool: 'speech', model: 'whisper-large' },
      { type: 'language', pool: 'language', model: 'base' },
    ],
    tenants: [
      { id: 'acme', models: [{ type: 'notes', pool: 'language', digest: DIGESTS.acme }] },
      {
        id: 'bravo',
        models: [
          { type: 'notes', pool: 'language', digest: DIGESTS.bravo },
          { type: 'topics', pool: 'speech', digest: `sha256:${'c'.repeat(64)}` },
        ],
      },
    ],
  };
}

export async function world(options: WorldOptions = {}): Promise<World> {
  const issuer = await startIssuer();
  const vllm = await startServer(options.chat ?? chatAnswer);
  const triton = await startServer(inferAnswer);
  atEnd(() => Promise.all([issuer.close(), vllm.close(), triton.close()]));
  const plain = configOf(issuer, { vllm: vllm.url, triton: triton.url }, options.pool);
  const config = options.change?.(plain) ?? plain;
  const file = join(temporaryFolder(), 'config.json');
  const configure: World['configure'] = (change) => {
    const text = change(structuredClone(config));
    writeFileSync(`${file}.next`, typeof text === 'string' ? text : JSON.stringify(text));
    renameSync(`${file}.next`, file);
  };
  configure((same) => same);
  return { issuer, vllm, triton, file, configure, ...(await started(file, options.times, issuer)) };
}

async function started(
  file: string,
  times: RunOptions['times'],
  issuer: Issuer,
): Promise<Pick<World, 'url' | 'operationsUrl' | 'ports' | 'lines' | 'logged' | 'stop' | 'code' | 'token'>> {
  const stop = new AbortController();
  const lines: Line[] = [];
  let code: Promise<number> = Promise.resolve(-1);
  const ports = await new Promise<Ports>((resolve, reject) => {
    code = run({
      file,
      signal: stop.signal,
      write: (line) => lines.push(JSON.parse(line) as Line),
      complain: (line) => {
        reject(new Error(line));
      },
      host: '127.0.0.1',
      ports: { door: 0, operations: 0 },
      listening: resolve,
      times: { probe: 20, look: 20, keys: 20, grace: 2000, ...times },
    });
  });
  atEnd(() => {
    stop.abort();
    return code;
  });
  return {
    ports,
    url: `http://127.0.0.1:${ports.door}`,
    operationsUrl: `http://127.0.0.1:${ports.operations}`,
    lines,
    logged: (event) => lines.filter((line) => line['event'] === event),
    stop: () => {
      stop.abort();
    },
    code,
    token: issuer.token,
  };
}

/** Waits until something holds, 10 seconds at most. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`never: ${holds.toString()}`);
    await wait(5);
  }
}
