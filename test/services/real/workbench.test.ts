import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'undici';
import { WORKBENCH_EXITS, WORKBENCH_LOG } from '../../../schema/workbench';
import { freePort } from '../free-port';
import { temporaryFolder } from '../../support/temporary';
import { passwordOf, personKey, told } from '../workbench/sample';
import { WorkerProcess } from './worker-process';

const bin = process.env['ATOLL_TEST_JUPYTER'];
if (bin === undefined) throw new Error('ATOLL_TEST_JUPYTER: got nothing, allowed what npm run test:services gives');
const FILE = 'test/services/real/short-workbench.ts';
/** Jupyter looks every minute whether to go. */
const IDLE_SECONDS = 10;
const LOOK_SECONDS = 60;

interface Bench {
  readonly process: WorkerProcess;
  readonly address: string;
  readonly password: string;
}

let key: KeyObject;
let begun = 0;
const up: Bench[] = [];
const sockets: WebSocket[] = [];

/** A workbench with the real Jupyter, once it answers. */
async function bench(publicKey: string): Promise<Bench> {
  const port = await freePort();
  const home = temporaryFolder();
  const variables = told(home, publicKey, {
    ATOLL_IDLE_SECONDS: String(IDLE_SECONDS),
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    PORT: String(port),
  });
  const worker = WorkerProcess.start(FILE, variables);
  const address = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    try {
      await fetch(`${address}/login`);
      break;
    } catch {
      if (tries > 240 || worker.child.exitCode !== null)
        throw new Error(`got no answer: ${readFileSync(join(home, WORKBENCH_LOG), 'utf8')}${worker.stderr}`);
      await wait(250);
    }
  }
  const made = { process: worker, address, password: passwordOf(worker.stdout.split('\n')[0], key) };
  up.push(made);
  return made;
}

const asked = (path: string, password?: string, method = 'GET'): Promise<Response> =>
  fetch(path, { method, headers: password === undefined ? {} : { authorization: `token ${password}` } });

/** A kernel that is given work, where there is any. */
async function kernel({ address, password }: Bench, code?: string): Promise<void> {
  const { id } = (await (await asked(`${address}/api/kernels`, password, 'POST')).json()) as { readonly id: string };
  if (code === undefined) return;
  const socket = new WebSocket(`${address.replace('http', 'ws')}/api/kernels/${id}/channels?token=${password}`);
  sockets.push(socket);
  await new Promise((resolve) => {
    socket.addEventListener('open', resolve, { once: true });
  });
  const header = { msg_id: 'one', msg_type: 'execute_request', username: '', session: 'one', version: '5.3' };
  socket.send(
    JSON.stringify({
      ...{ header, parent_header: {}, metadata: {}, channel: 'shell', buffers: [] },
      content: { code, silent: false, store_history: false, user_expressions: {}, allow_stdin: false },
    }),
  );
}

let [left, resting, working]: (Bench | undefined)[] = [];

beforeAll(async () => {
  const made = personKey();
  key = made.privateKey;
  begun = performance.now();
  [left, resting, working] = await Promise.all([bench(made.publicKey), bench(made.publicKey), bench(made.publicKey)]);
});
afterAll(async () => {
  sockets.forEach((socket) => {
    socket.close();
  });
  // One that was killed would leave its Jupyter.
  await Promise.all(up.flatMap(({ process: each }) => (each.child.exitCode === null ? [each.end('SIGTERM')] : [])));
});

const within = async ({ process: { child } }: Bench, seconds: number): Promise<number | null> => {
  if (child.exitCode === null)
    await Promise.race([once(child, 'exit'), wait(seconds * 1000, undefined, { ref: false })]);
  return child.exitCode;
};
const there = (each: Bench | undefined): Bench => {
  if (each === undefined) throw new Error('got no workbench, allowed one that answers');
  return each;
};

describe('Jupyter in a workbench', () => {
  test('lets in whoever has the password that was printed for the person, and nobody else', async () => {
    const { address, password } = there(left);
    expect((await asked(`${address}/api/contents`)).status).toBe(403);
    expect((await asked(`${address}/api/contents`, 'x'.repeat(43))).status).toBe(403);
    expect((await asked(`${address}/api/contents`, password)).status).toBe(200);
  });

  test('says nothing of it, and no name of a file, in the output of its pod', async () => {
    const { address, password, process: own } = there(left);
    await asked(`${address}/api/contents/notes-of-a-customer.ipynb`, password);
    expect(own.stderr).toBe('');
    expect(own.stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(own.stdout).not.toContain(password);
  });

  test('goes when nobody is there, also where a kernel was left, and stays where one computes', async () => {
    await kernel(there(resting));
    await kernel(there(working), 'import time\nwhile True: time.sleep(0.1)');
    const look = LOOK_SECONDS + 15;
    expect(await within(there(left), look)).toBe(WORKBENCH_EXITS.ended);
    expect((performance.now() - begun) / 1000).toBeGreaterThan(IDLE_SECONDS);
    expect(await within(there(resting), look)).toBe(WORKBENCH_EXITS.ended);
    expect(there(working).process.child.exitCode).toBeNull();
    for (const each of [left, resting])
      expect(JSON.parse(there(each).process.stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
        event: 'ended',
        why: 'idle',
      });
  }, 240_000);

  test('that computes ends when its pod is told to', async () => {
    expect(await there(working).process.end('SIGTERM')).toBe(WORKBENCH_EXITS.interrupted);
  });
});
