import { describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cleanVariables } from '../support/command-line';
import { ProjectCopy } from '../support/project-copy';
import { everything } from '../support/tree';

/** Where the device that is always full is not, as on macOS, nothing can be said about one. */
const onFullDevice = existsSync('/dev/full') ? test : test.skip;

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

/** Runs `atoll` beside the test. */
function start(
  { root }: ProjectCopy,
  args: readonly string[],
  stdout: 'pipe' | number,
): { child: ReturnType<typeof spawn>; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [join(root, 'cli', 'bin.cjs'), ...args], {
    cwd: root,
    env: cleanVariables(),
    stdio: ['ignore', stdout, 'pipe'],
  });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => {
      resolve({ code, signal, stderr });
    });
  });
  return { child, ended };
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s during a synth ends it, and leaves what was there and no more',
  async (signal) => {
    const copy = new ProjectCopy();
    const { root } = copy;
    const partials = (): string[] => readdirSync(root).filter((name) => name.endsWith('.partial'));
    copy.write('dist/k8s/one/before.yaml', 'of the last synth');
    const before = everything(root);
    const { child, ended } = start(copy, ['synth'], 'pipe');
    while (partials().length === 0 && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(partials()).toHaveLength(1);
    child.kill(signal);
    expect(await ended).toEqual({ code: null, signal, stderr: '' });
    expect(everything(root)).toEqual(before);
  },
);

describe('standard output', () => {
  const copy = new ProjectCopy();

  test.each(['images mirror -e one', 'validate --today 2026-11-25'])(
    'whose reader has gone ends atoll %s without a word',
    async (line) => {
      const { child, ended } = start(copy, line.split(' '), 'pipe');
      child.stdout?.destroy();
      expect(await ended).toEqual({ code: 0, signal: null, stderr: '' });
    },
  );

  onFullDevice('that has no room is one message', async () => {
    const device = openSync('/dev/full', 'w');
    const { ended } = start(copy, ['images', 'mirror', '-e', 'one'], device);
    closeSync(device);
    expect(await ended).toEqual({
      code: 1,
      signal: null,
      stderr: 'standard output: got ENOSPC, allowed a file or a device with room; make room or choose another\n',
    });
  });
});
