import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { atoll } from '../support/command-line';
import { ProjectCopy } from '../support/project-copy';
import { temporaryFolder } from '../support/temporary';
import { changedPaths, treeHashes } from '../support/tree';

/** Both environments with one audit account. */
const copy = new ProjectCopy();
copy.replace('environments/two/index.ts', '"audit": "200000000004"', '"audit": "100000000004"');
copy.replace('environments/two/index.ts', '"management": "200000000001"', '"management": "100000000001"');
const project = copy.root;
const ACCOUNT = '100000000004';

const synth = (cwd: string, ...args: string[]) => atoll(['synth', ...args], { project, cwd });
const auditLines = (stdout: string): string[] =>
  stdout
    .split('\n')
    .filter((line) => line.startsWith('audit account'))
    .map((line) => line.replace(/\d+\.\d s/, 'N s').replace(/\d+ resources/, 'N resources'));

test('an audit account is of all environments that share it, also where one of them is synthesized alone', () => {
  const [whole, alone] = [temporaryFolder(), temporaryFolder()];
  const line = `audit account ${ACCOUNT} of one, two: N resources, 12 guard rails, N s`;
  expect(auditLines(synth(whole).stdout)).toEqual([line]);
  expect(auditLines(synth(alone, '-e', 'two').stdout)).toEqual([line]);
  const auditOf = (folder: string): Map<string, string> => treeHashes(join(folder, 'dist', 'audit'));
  expect(changedPaths(auditOf(whole), auditOf(alone))).toEqual([]);

  const folder = join(whole, 'dist', 'audit', ACCOUNT);
  const rails = JSON.parse(readFileSync(join(folder, 'guard-rails.json'), 'utf8')) as {
    readonly file: string;
    readonly targets: readonly string[];
  }[];
  expect(readdirSync(folder).sort()).toEqual(
    ['guard-rails.json', 'resources.json', ...rails.map(({ file }) => file)].sort(),
  );
  for (const { file, targets } of rails) {
    const { Version } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { readonly Version: unknown };
    expect([Version, targets.length > 0]).toEqual(['2012-10-17', true]);
  }
  const { environments, resources } = JSON.parse(readFileSync(join(folder, 'resources.json'), 'utf8')) as {
    readonly environments: unknown;
    readonly resources: readonly unknown[];
  };
  expect(environments).toEqual(['one', 'two']);
  expect(resources.length).toBeGreaterThan(30);
});

test('what one tenant needs says nothing about an audit account', () => {
  const cwd = temporaryFolder();
  expect(auditLines(synth(cwd, '-e', 'one', '-t', 'acme').stdout)).toEqual([]);
  expect(readdirSync(join(cwd, 'dist'))).toEqual(['one-tenant']);
});

test('a fault of an environment that was not asked for leaves the audit account as it was, and refuses nothing else', () => {
  const cwd = temporaryFolder();
  expect(synth(cwd).status).toBe(0);
  const before = treeHashes(join(cwd, 'dist', 'audit'));
  copy.replace('environments/two/tenants/acme.yaml', 'state: active', 'state: asleep');
  const { status, stdout } = synth(cwd, '-e', 'one');
  copy.replace('environments/two/tenants/acme.yaml', 'state: asleep', 'state: active');
  expect(status).toBe(0);
  expect(auditLines(stdout)).toEqual([
    `audit account ${ACCOUNT}: left as it was, since environments that share it have faults: two`,
  ]);
  expect(changedPaths(before, treeHashes(join(cwd, 'dist', 'audit')))).toEqual([]);
});

test('environments of two organisations cannot share an audit account, which is said before anything is written', () => {
  copy.replace('environments/two/index.ts', '"o-exampleorg01"', '"o-exampleorg02"');
  const cwd = temporaryFolder();
  const { status, stderr } = synth(cwd, '-e', 'one');
  copy.replace('environments/two/index.ts', '"o-exampleorg02"', '"o-exampleorg01"');
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr:
      "environments/two/index.ts: organizationId: got 'o-exampleorg02', allowed 'o-exampleorg01' of environment 'one', whose audit " +
      'account 100000000004 it shares; give it an audit account of its own\n',
  });
  expect(readdirSync(cwd)).toEqual([]);
});
