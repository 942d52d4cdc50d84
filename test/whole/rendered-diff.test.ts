import { expect, test } from '@jest/globals';
import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT, run, type Ran } from '../support/command-line';
import { temporaryFolder } from '../support/temporary';

const folder = temporaryFolder();
const project = join(folder, 'project');
const scratch = join(folder, 'scratch');
const env = { PATH: `${join(folder, 'bin')}:/usr/bin:/bin`, TMPDIR: scratch };

/** In place of npm: what is "synthesized" is the folder `input`, where there is one. */
const NPM = `#!/usr/bin/env bash
[ "$1" = ci ] || { rm -rf dist && cp -r input dist; }
`;

function git(...args: string[]): void {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  const { status, stderr } = run('git', [...identity, ...args], { cwd: project, env });
  if (status !== 0) throw new Error(stderr);
}

/** The report of what the checkout has, made from `input`, against its first commit. */
function report(files: Readonly<Record<string, string>>): Ran {
  rmSync(join(project, 'dist'), { recursive: true, force: true });
  mkdirSync(join(project, 'dist'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, 'dist', name), text);
  return run(join(project, '.ci', 'rendered-diff'), ['base'], { cwd: folder, env });
}

for (const path of ['bin', 'scratch', 'project/input']) mkdirSync(join(folder, path), { recursive: true });
writeFileSync(join(folder, 'bin', 'npm'), NPM);
chmodSync(join(folder, 'bin', 'npm'), 0o755);
cpSync(join(PROJECT, '.ci'), join(project, '.ci'), { recursive: true });
git('init', '--quiet');
git('add', '.');
git('commit', '--quiet', '--message', 'without anything to synthesize');
git('tag', 'empty');
const BEFORE = { 'objects.yaml': 'replicas: 1\n', 'stack.metadata.json': '{}\n' };
for (const [name, text] of Object.entries(BEFORE)) writeFileSync(join(project, 'input', name), text);
git('add', '.');
git('commit', '--quiet', '--message', 'the base');
git('tag', 'base');

test('an output of the same objects is reported as none that changes, whatever their metadata says', () => {
  expect(report({ ...BEFORE, 'stack.metadata.json': '{ "a": 1 }\n' })).toEqual({
    status: 0,
    stdout: '## Rendered output\nNo file of `dist/` changes.\n',
    stderr: '',
  });
});

test('a change is shown by file and by line, and nothing of the comparison stays', () => {
  const { status, stdout, stderr } = report({ 'objects.yaml': 'replicas: 2\n' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^## Rendered output\n```\n.*objects\.yaml \| +2 \+-\n/);
  expect(stdout).toContain('\n-replicas: 1\n+replicas: 2\n```\n</details>\n');
  expect(readdirSync(scratch)).toEqual([]);
  expect(
    run('git', ['worktree', 'list', '--porcelain'], { cwd: project, env }).stdout.match(/^worktree /gm),
  ).toHaveLength(1);
});

test('a base that does not synthesize is an error that says so, and no report', () => {
  const { status, stdout, stderr } = run(join(project, '.ci', 'rendered-diff'), ['empty'], { cwd: folder, env });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^the base commit empty does not synthesize:\n.*input.*\n$/);
  expect(readdirSync(scratch)).toEqual([]);
});
