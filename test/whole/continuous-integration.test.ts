import { describe, expect, test } from '@jest/globals';
import { chmodSync, cpSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { PROJECT, run, type Ran } from '../support/command-line';
import { temporaryFolder } from '../support/temporary';

/** Notes down how it was called, and from where, and fails where it is told to. */
const STUB = `#!/usr/bin/env bash
call="\${0##*/} $*"
printf '%s\\n' "$call" >>"$STUB_CALLS"
pwd -P >>"$STUB_FOLDERS"
[ "$call" != "$STUB_FAILING" ] || exit 3
`;
/** When the commit is made, in the other half of the world already the next day. */
const COMMITTED = '2031-05-06T23:30:00-02:00';
const STEPS = [
  'npm ci',
  'npm run types',
  'npm run lint',
  'npx atoll validate --today 2031-05-07',
  'npm run synth',
  'npm run test:upstream',
  'npm run test:services',
  'npm test',
];

interface CheckRun {
  readonly status: Ran['status'];
  readonly calls: readonly string[];
  readonly folders: readonly string[];
  readonly project: string;
}

const lines = (file: string): string[] => readFileSync(file, 'utf8').trimEnd().split('\n');

/** Runs `.ci/run` of a project that has nothing else, with stubs in place of npm, from a folder elsewhere. */
function check(failing = '', committed = true): CheckRun {
  const folder = realpathSync(temporaryFolder());
  const project = join(folder, 'a project');
  const bin = join(folder, 'bin');
  for (const path of [project, bin]) mkdirSync(path);
  cpSync(join(PROJECT, '.ci'), join(project, '.ci'), { recursive: true });
  if (committed) commit(project);
  for (const name of ['npm', 'npx']) {
    writeFileSync(join(bin, name), STUB);
    chmodSync(join(bin, name), 0o755);
  }
  const calls = join(folder, 'calls');
  const folders = join(folder, 'folders');
  const { status } = run(join(project, '.ci', 'run'), [], {
    cwd: folder,
    env: { PATH: `${bin}:/usr/bin:/bin`, STUB_CALLS: calls, STUB_FOLDERS: folders, STUB_FAILING: failing },
  });
  return { status, calls: lines(calls), folders: [...new Set(lines(folders))], project };
}

function commit(project: string): void {
  const env = { PATH: process.env['PATH'] ?? '', GIT_AUTHOR_DATE: COMMITTED, GIT_COMMITTER_DATE: COMMITTED };
  const git = (...args: string[]): void => {
    const by = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
    expect(run('git', [...by, ...args], { cwd: project, env }).status).toBe(0);
  };
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'first');
}

describe('.ci/run', () => {
  test('takes its steps in order, the tests last, at the root of the project', () => {
    const { project, ...rest } = check();
    expect(rest).toEqual({ status: 0, calls: STEPS, folders: [project] });
  });

  test('judges grants by the current day where there is no commit', () => {
    const days = [new Date(), new Date(Date.now() + 60_000)].map((now) => now.toISOString().slice(0, 10));
    const [judged = ''] = check('', false).calls.filter((call) => call.includes('validate'));
    expect(days.map((day) => `npx atoll validate --today ${day}`)).toContain(judged);
  });

  test.each(STEPS.map((step, index) => [step, index] as const))('ends with %s where that fails', (step, index) => {
    const { status, calls } = check(step);
    expect({ status, calls }).toEqual({ status: 3, calls: STEPS.slice(0, index + 1) });
  });
});

test.each(['run', 'rendered-diff'])('.ci/%s is a strict bash script that can be run', (name) => {
  const file = join(PROJECT, '.ci', name);
  expect(run('bash', ['-n', file])).toEqual({ status: 0, stdout: '', stderr: '' });
  const code = lines(file).filter((line, index) => index === 0 || !line.startsWith('#'));
  expect(code.slice(0, 2)).toEqual(['#!/usr/bin/env bash', 'set -euo pipefail']);
  expect(statSync(file).mode & 0o111).toBe(0o111);
});

interface Workflow {
  readonly on: unknown;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, { readonly permissions?: unknown; readonly steps: readonly Step[] }>>;
}
interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** What would give a pull request more than a look at its own code. */
function workflowFaults(text: string): string[] {
  const { on, permissions, jobs } = parse(text) as Workflow;
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const commands = steps.flatMap((step) => step.run ?? []);
  const checkouts = steps.filter((step) => step.uses?.startsWith('actions/checkout@') === true);
  const faults: readonly (readonly [string, boolean])[] = [
    ['it runs for more than pull requests', on !== 'pull_request'],
    ['it may do more than read', JSON.stringify(permissions) !== '{"contents":"read"}'],
    ['a job has permissions of its own', Object.values(jobs).some((job) => job.permissions !== undefined)],
    ['it has a secret', /\bsecrets\b/.test(text)],
    ['the checkout keeps its token', checkouts.some((step) => step.with?.['persist-credentials'] !== false)],
    ['a command is made of what the pull request says', commands.some((command) => command.includes('${{'))],
    ['the check does not come first', commands[0] !== 'bash .ci/run'],
    ['nothing shows what changes', !commands.slice(1).some((command) => command.startsWith('bash .ci/rendered-diff '))],
  ];
  return faults.filter(([, found]) => found).map(([fault]) => fault);
}

describe('the workflow of a pull request', () => {
  const workflow = readFileSync(join(PROJECT, '.github', 'workflows', 'pull-request.yml'), 'utf8');

  test('may read the code and no more, and runs the check and the comparison', () => {
    expect(workflowFaults(workflow)).toEqual([]);
  });

  test.each([
    ['it runs for more than pull requests', 'on: pull_request', 'on: pull_request_target'],
    ['it may do more than read', '  contents: read', '  contents: read\n  id-token: write'],
    ['a job has permissions of its own', '  check:\n', '  check:\n    permissions: write-all\n'],
    ['it has a secret', 'BASE: ${{ github', 'TOKEN: ${{ secrets.TOKEN }}\n          BASE: ${{ github'],
    ['the checkout keeps its token', 'persist-credentials: false', 'persist-credentials: true'],
    ['a command is made of what the pull request says', '"$BASE"', '"${{ github.head_ref }}"'],
    ['the check does not come first', 'bash .ci/run', 'npm test'],
    ['nothing shows what changes', 'bash .ci/rendered-diff', 'echo'],
  ])('that %s is found', (fault, from, to) => {
    expect(workflow).toContain(from);
    expect(workflowFaults(workflow.replace(from, () => to))).toEqual([fault]);
  });
});
