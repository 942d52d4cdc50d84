import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { PROJECT } from '../../support/command-line';

/** A worker in a process of its own. */
export class WorkerProcess {
  /** What it printed so far. */
  stdout = '';
  stderr = '';
  private readonly ended: Promise<unknown>;

  private constructor(readonly child: ChildProcess) {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = once(child, 'exit');
  }

  /** @param file from the project's root */
  static start(file: string, variables: Readonly<Record<string, string>>): WorkerProcess {
    // Node's own age is no word of the worker's.
    const args = ['--no-warnings', '--require', 'tsx/cjs', join(PROJECT, file)];
    return new WorkerProcess(spawn(process.execPath, args, { cwd: PROJECT, env: { ...variables } }));
  }

  /** Waits until a stage has written a file. */
  async until(file: string): Promise<void> {
    const end = Date.now() + 60_000;
    while (!existsSync(file)) {
      await wait(50);
      if (Date.now() > end || this.child.exitCode !== null)
        throw new Error(`got no ${file}: ${this.stdout}${this.stderr}`);
    }
  }

  /** @returns its code, or null where a signal ended it */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    await this.ended;
    return this.child.exitCode;
  }
}
