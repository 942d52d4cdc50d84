import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './free-port';

const UP_WITHIN_MS = 60_000;

export interface MotoServer {
  /** By its number: the SDK then puts the bucket's name into the path. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Starts moto's server on a free port of this machine, and waits until it answers. @throws Error with its last words */
export async function startMoto(python: string): Promise<MotoServer> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = spawn(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000);
  });
  const end = Date.now() + UP_WITHIN_MS;
  while (!(await answers(endpoint))) {
    await wait(200);
    if (server.exitCode === null && Date.now() < end) continue;
    await stop(server);
    throw new Error(`moto: got '${said.trim()}', allowed a server on ${endpoint}; look at its words`);
  }
  return { endpoint, stop: () => stop(server) };
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGKILL');
  await ended;
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    return (await fetch(`${endpoint}/moto-api/`, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}
