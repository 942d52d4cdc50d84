import { type ChildProcess, spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { EnvironmentFaults } from '../../schema/faults';
import { readWorkbenchEnvironment } from '../../schema/read-workbench-environment';
import {
  WORKBENCH_EXITS,
  WORKBENCH_LOG,
  WORKBENCH_SERVER_GRACE_SECONDS,
  type WorkbenchEnvironment,
  type WorkbenchReady,
} from '../../schema/workbench';
import { freshPassword, publicKeyOf, sealed } from './password';
import { type Server, serverOf } from './servers';

export interface RunOptions {
  /** The environment of the process, by `workbenchEnvironmentSchema`. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Fires when the pod is told to end. */
  readonly signal: AbortSignal;
  /** Takes a line of standard output. All of the team read it. */
  readonly write: (line: string) => void;
  /** Takes a line of standard error. All of the team read it. */
  readonly complain: (line: string) => void;
  /** @default serverOf */
  readonly server?: typeof serverOf;
  /** Seconds that the server has once it is told to end. @default WORKBENCH_SERVER_GRACE_SECONDS */
  readonly graceSeconds?: number;
}

/** Why it ended: `idle` is the server's own end, by itself or by its person. */
type Why = 'idle' | 'time' | 'told' | 'server';

const CODES: Readonly<Record<Why, number>> = {
  idle: WORKBENCH_EXITS.ended,
  time: WORKBENCH_EXITS.ended,
  told: WORKBENCH_EXITS.interrupted,
  server: WORKBENCH_EXITS.server,
};

/** Starts one server and sees to its end. @returns how the process is to end, one of WORKBENCH_EXITS; it throws nothing */
export async function run(options: RunOptions): Promise<number> {
  const { variables, write, complain } = options;
  try {
    const environment = readWorkbenchEnvironment(variables);
    const key = publicKeyOf(environment.ATOLL_PUBLIC_KEY);
    if (key === undefined) {
      complain(
        'environment: ATOLL_PUBLIC_KEY: got another key, allowed an RSA key of 3,072 bits or more; make the Job again',
      );
      return WORKBENCH_EXITS.environment;
    }
    const password = freshPassword();
    const kind = environment.ATOLL_WORKBENCH;
    const server = (options.server ?? serverOf)(kind, environment, password);
    const begun = performance.now();
    const ready: WorkbenchReady = { event: 'ready', kind, sealed: sealed(password, key) };
    write(JSON.stringify(ready));
    const why = await served(options, environment, server);
    write(JSON.stringify({ event: 'ended', why, seconds: Math.round((performance.now() - begun) / 1000) }));
    return CODES[why];
  } catch (error) {
    if (error instanceof EnvironmentFaults) {
      complain(error.message);
      return WORKBENCH_EXITS.environment;
    }
    complain(`workbench: got ${(error as NodeJS.ErrnoException).code ?? 'an error'}, allowed none; report it`);
    return WORKBENCH_EXITS.server;
  }
}

/** Runs the server as a process group of its own, and leaves no process of it behind. */
async function served(
  { variables, signal, graceSeconds = WORKBENCH_SERVER_GRACE_SECONDS }: RunOptions,
  { HOME, ATOLL_MAX_SECONDS }: WorkbenchEnvironment,
  server: Server,
): Promise<Why> {
  // What it says may be names of files, and what code prints past its notebook.
  const log = await open(join(HOME, WORKBENCH_LOG), 'a', 0o600);
  const timers: NodeJS.Timeout[] = [];
  let why: Why | undefined;
  let child: ChildProcess | undefined;
  const end = (because: Why): void => {
    if (why !== undefined) return;
    why = because;
    signalGroup(child, 'SIGTERM');
    timers.push(
      setTimeout(() => {
        signalGroup(child, 'SIGKILL');
      }, graceSeconds * 1000),
    );
  };
  const told = (): void => {
    end('told');
  };
  try {
    if (signal.aborted) return 'told';
    child = spawn(server.program, server.args, {
      cwd: HOME,
      env: { ...variables, ...server.variables },
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    signal.addEventListener('abort', told, { once: true });
    timers.push(
      setTimeout(() => {
        end('time');
      }, ATOLL_MAX_SECONDS * 1000),
    );
    const code = await exitOf(child);
    return why ?? (code === 0 ? 'idle' : 'server');
  } finally {
    // Kernels and terminals may outlive their server, and hold the GPU.
    signalGroup(child, 'SIGKILL');
    timers.forEach(clearTimeout);
    signal.removeEventListener('abort', told);
    await log.close();
  }
}

function exitOf(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? 'error');
    });
    child.once('exit', (code, by) => {
      resolve(code ?? by ?? 'unknown');
    });
  });
}

function signalGroup(child: ChildProcess | undefined, signal: NodeJS.Signals): void {
  if (child?.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // There is nobody left in it.
  }
}
