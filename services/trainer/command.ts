import { spawn } from 'node:child_process';

/** How a command ended: by a code, by a signal, or not begun. */
export type Ending = { readonly code: number } | { readonly killedBy: NodeJS.Signals } | { readonly failed: string };

export interface CommandProps {
  readonly command: readonly string[];
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Aborts when it has to end: it gets SIGTERM then. */
  readonly signal: AbortSignal;
  /** Milliseconds that it has after that, before SIGKILL. */
  readonly graceMilliseconds: number;
}

/**
 * Runs a command as a process group of its own, so that a signal reaches what it has started as well: torchrun's ranks, loaders of data. What it
 * prints is the container's output. The shell of an image passes no signal on, and a program that is process 1 gets none that it does not ask for.
 */
export async function runCommand({ command, variables, signal, graceMilliseconds }: CommandProps): Promise<Ending> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    detached: true,
    env: { ...variables },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const tell = (what: NodeJS.Signals): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, what);
    } catch {
      // The group has ended by itself.
    }
  };
  let kill: NodeJS.Timeout | undefined;
  const end = (): void => {
    tell('SIGTERM');
    kill = setTimeout(tell, graceMilliseconds, 'SIGKILL');
  };
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  const ending = await new Promise<Ending>((settle) => {
    child.once('error', (error) => {
      settle({ failed: error.message });
    });
    child.once('exit', (code, killedBy) => {
      settle(killedBy === null ? { code: code ?? 0 } : { killedBy });
    });
  });
  signal.removeEventListener('abort', end);
  clearTimeout(kill);
  // Ranks that outlive their launcher would keep the GPU.
  tell('SIGKILL');
  return ending;
}
