import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryFolder } from '../support/temporary';
import { changedPaths, treeHashes } from '../support/tree';

const root = resolve(__dirname, '..', '..');
const scratch = temporaryFolder();

/** Synthesizes `dev` in a process of its own: no AWS variable, no home, every connection and name look-up refused. */
function synthAway(name: string, options: { cwd: string; zone: string }): Map<string, string> {
  const output = join(scratch, name);
  mkdirSync(options.cwd, { recursive: true });
  const run = spawnSync(
    process.execPath,
    [
      '--require',
      join(root, 'test', 'support', 'no-network.cjs'),
      join(root, 'cli', 'bin.cjs'),
      'synth',
      '-e',
      'dev',
      '-o',
      output,
    ],
    { cwd: options.cwd, env: { PATH: process.env['PATH'] ?? '', TZ: options.zone, HOME: scratch }, encoding: 'utf8' },
  );
  expect(run.stderr).toBe('');
  expect(run.status).toBe(0);
  return treeHashes(output);
}

test('two synths are byte-identical without network or AWS variables, from another folder and in another time zone', () => {
  const here = synthAway('here', { cwd: root, zone: 'UTC' });
  const there = synthAway('there', { cwd: join(scratch, 'elsewhere'), zone: 'Asia/Kathmandu' });
  expect(here.size).toBeGreaterThan(30);
  expect(changedPaths(here, there)).toEqual([]);
});

test('no file of the output names a path of the machine that made it', () => {
  const folder = join(scratch, 'here');
  const naming = [...treeHashes(folder).keys()].filter((path) => {
    const bytes = readFileSync(join(folder, path));
    return bytes.includes(root) || bytes.includes(scratch);
  });
  expect(naming).toEqual([]);
});

test('the guard against the network does refuse', () => {
  const run = spawnSync(
    process.execPath,
    [
      '--require',
      join(root, 'test', 'support', 'no-network.cjs'),
      '-e',
      "fetch('http://127.0.0.1:18999').catch(e=>{console.log(e.cause.message);})",
    ],
    { encoding: 'utf8' },
  );
  expect(run.stdout).toContain('network is unreachable in this test: 127.0.0.1');
});
