import { type ChildProcess, spawn } from 'node:child_process';
import { STAGE_EXITS, type Stage } from '../../schema/pipeline-job';

/** Seconds from SIGTERM to SIGKILL of a stage whose time is over. */
const TIMEOUT_GRACE_SECONDS = 5;

export interface StageRun {
  readonly stage: Stage;
  /** Its whole environment. */
  readonly variables: Readonly<Record<string, string>>;
  readonly folder: string;
  /** Asks it to write its checkpoint and to end. */
  readonly stop: AbortSignal;
  /** Ends it at once. */
  readonly lost: AbortSignal;
  /** Seconds that it has once it was asked. */
  readonly graceSeconds: number;
}

/** What became of a stage: `abandoned` and `interrupted` are the worker's doing, whatever code it left. */
export type StageEnd = 'done' | 'rejected' | 'retry' | 'interrupted' | 'abandoned';

export interface StageResult {
  readonly end: StageEnd;
  /** Its code, the name of the signal that ended it, `timeout`, or the error by which it did not start. */
  readonly code: number | string;
  readonly seconds: number;
}

/**
 * Runs one stage as a process group of its own, without a shell, and leaves no process of it behind. What it prints goes to the worker's
 * standard error: standard output has the worker's lines only.
 */
export async function runStage(run: StageRun): Promise<StageResult> {
  const begun = performance.now();
  const result = (end: StageEnd, code: number | string): StageResult => ({
    end,
    code,
    seconds: Math.round((performance.now() - begun) / 10) / 100,
  });
  if (fired(run.lost)) return result('abandoned', 'not started');
  if (fired(run.stop)) return result('interrupted', 'not started');
  const [program = '', ...args] = run.stage.command;
  const child = started(program, args, run);
  if (child === undefined) return result('retry', 'not started');
  const timers: NodeJS.Timeout[] = [];
  const timeout = new AbortController();
  const end = (graceSeconds: number): void => {
    signalGroup(child, 'SIGTERM');
    timers.push(
      setTimeout(() => {
        signalGroup(child, 'SIGKILL');
      }, graceSeconds * 1000),
    );
  };
  const stop = (): void => {
    end(run.graceSeconds);
  };
  const abandon = (): void => {
    signalGroup(child, 'SIGKILL');
  };
  timers.push(
    setTimeout(() => {
      timeout.abort();
      end(TIMEOUT_GRACE_SECONDS);
    }, run.stage.timeoutSeconds * 1000),
  );
  run.stop.addEventListener('abort', stop, { once: true });
  run.lost.addEventListener('abort', abandon, { once: true });
  try {
    const code = await exitOf(child);
    if (fired(run.lost)) return result('abandoned', code);
    if (fired(run.stop)) return result('interrupted', code);
    if (fired(timeout.signal)) return result('retry', 'timeout');
    return result(meaningOf(code), code);
  } finally {
    // Its children may outlive it, and hold the GPU.
    signalGroup(child, 'SIGKILL');
    timers.forEach(clearTimeout);
    run.stop.removeEventListener('abort', stop);
    run.lost.removeEventListener('abort', abandon);
  }
}

/** A call, for the compiler takes what it has seen of a signal for lasting. */
const fired = (signal: AbortSignal): boolean => signal.aborted;

/** What a stage's own end means for its input. */
export function meaningOf(code: number | string): 'done' | 'rejected' | 'retry' {
  if (code === STAGE_EXITS.done) return 'done';
  return code === STAGE_EXITS.rejected ? 'rejected' : 'retry';
}

/** @returns undefined where the system takes no such program: for some errors Node tells by an event, for some by an exception */
function started(program: string, args: readonly string[], run: StageRun): ChildProcess | undefined {
  try {
    return spawn(program, args, {
      cwd: run.folder,
      env: { ...run.variables },
      detached: true,
      shell: false,
      stdio: ['ignore', 2, 2],
    });
  } catch {
    return undefined;
  }
}

function exitOf(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? 'error');
    });
    child.once('exit', (code, signal) => {
      resolve(code ?? signal ?? 'unknown');
    });
  });
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // There is nobody left in it.
  }
}
