import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(__dirname, '..', '..');
const preloaded = (name: string): string => `--require=${JSON.stringify(join(root, 'test', 'support', name))}`;

/** A machine on which Node runs. */
export interface Machine {
  /** The checkout whose command line is run. */
  readonly checkout: string;
  /** A folder of its own, in which what was attempted is written down. */
  readonly scratch: string;
  readonly cwd: string;
  /** All variables that there are, besides those that load the guards. */
  readonly env: Readonly<Record<string, string>>;
  /** Modules of `test/support` that are loaded besides the one that refuses the network. */
  readonly preload?: readonly string[];
  /** Further options of Node. */
  readonly options?: readonly string[];
}

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Each attempt at the network or at another program, in a line, whether or not it was caught. */
  readonly attempts: string;
}

/** Where a machine's attempts are written down. */
export const attemptsOf = (machine: Machine): string => join(machine.scratch, 'attempts.txt');

/** Runs Node on a machine without a network. */
export async function runAway(machine: Machine, args: readonly string[]): Promise<Omit<Run, 'attempts'>> {
  const temporary = join(machine.scratch, 'tmp');
  for (const folder of [machine.cwd, temporary]) mkdirSync(folder, { recursive: true });
  writeFileSync(attemptsOf(machine), '', { flag: 'a' });
  const guards = ['no-network.cjs', ...(machine.preload ?? [])].map(preloaded);
  const env = {
    ...machine.env,
    TMPDIR: temporary,
    ATOLL_ATTEMPTS: attemptsOf(machine),
    NODE_OPTIONS: [...guards, ...(machine.options ?? [])].join(' '),
  };
  const child = spawn(process.execPath, args, { cwd: machine.cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => (texts[stream] += text));
  const status = await new Promise<number | null>((done, failed) => child.on('error', failed).on('close', done));
  return { status, ...texts };
}

/** What the command line needs of a checkout. */
const ROOMS = ['schema', 'environments', 'constructs', 'infra', 'cli', 'package.json', 'tsconfig.json'];

/** Another checkout, of somebody who shares no file: its files are the owner's alone, and its packages lie below its own path. */
export function checkoutAt(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const room of ROOMS) cpSync(join(root, room), join(folder, room), { recursive: true });
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o700 : 0o600);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}
