import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { temporaryFolder } from './temporary';

export const PROJECT = resolve(__dirname, '..', '..');

/** What is left of a command when it has ended. */
export interface Ran {
  /** Null where a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** The project whose command it is. @default this one */
  readonly project?: string;
  /** Where it is run. @default the project */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Its standard input. @default nothing */
  readonly input?: string;
}

const home = temporaryFolder();

/** The variables of a command: nothing of an account, and no home of the person who runs the tests. */
export function cleanVariables(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', HOME: home, ...more };
}

/** Runs a program to its end, as a shell would. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Ran {
  const cwd = options.cwd ?? options.project ?? PROJECT;
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    env: cleanVariables(options.env),
    encoding: 'utf8',
    input: options.input ?? '',
  });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}

/** Runs `atoll` in a process of its own, as `npx atoll` does. */
export function atoll(args: readonly string[], options: RunOptions = {}): Ran {
  return run(process.execPath, [join(options.project ?? PROJECT, 'cli', 'bin.cjs'), ...args], options);
}

/** What a command that found a fault leaves: its message on standard error and nothing else, no stack trace among it. */
export function failure(...lines: readonly string[]): Ran {
  return { status: 1, stdout: '', stderr: lines.map((line) => `${line}\n`).join('') };
}
