import { expect, test } from '@jest/globals';
import { atoll, failure } from '../support/command-line';
import { goodFiles } from '../support/good-environment';
import { ProjectCopy } from '../support/project-copy';
import { everything } from '../support/tree';

const copy = new ProjectCopy();
const project = copy.root;

// What was right once is written, and a fault of three in a tenant's file and one in an index.ts come after it.
const first = atoll(['synth', '-e', 'one'], { project });
copy.replace('environments/one/index.ts', '"region": "eu-central-1",', '"region": "eu-central-1"');
copy.write(
  'environments/two/tenants/birch.yaml',
  `id: birch
state: asleep
region: eu-central-1
data:
  - class: text
    retentionDays: 6
monthlyBudgetUsd: 50
isolaton: shared
`,
);
const BROKEN_INDEX =
  'environments/one/index.ts:4: file: got no readable TypeScript (Expected "}" but found "\\"availabilityZones\\""), ' +
  "allowed a file whose default export is the environment's fields; correct the line";
const BROKEN_TENANT = [
  "environments/two/tenants/birch.yaml:2: state: got 'asleep', allowed 'active', 'suspended', 'erasing' or 'erased'; " +
    'choose one of them',
  "environments/two/tenants/birch.yaml:6: data[0].retentionDays: got 6, at least 30 for class 'text'; " +
    'raise it or change the class',
  "environments/two/tenants/birch.yaml:8: isolaton: got an unknown key, allowed 'id', 'state', 'region', 'data', " +
    "'models', 'isolation', 'serving', 'limits', " +
    "'monthlyBudgetUsd' or 'expectedMonth'; did you mean 'isolation'",
];
const TODAY = ['--today', '2026-11-25'];

test.each(['validate', 'synth'])('atoll %s gives every fault of every environment and writes nothing', (command) => {
  expect(first.status).toBe(0);
  const before = everything(project);
  expect(atoll([command, ...TODAY], { project })).toEqual(failure(BROKEN_INDEX, ...BROKEN_TENANT));
  expect(everything(project)).toEqual(before);
});

test('a fault of one environment is not one of another', () => {
  expect(atoll(['validate', '-e', 'two', ...TODAY], { project })).toEqual(failure(...BROKEN_TENANT));
  copy.write('environments/two/tenants/birch.yaml', goodFiles['tenants/birch.yaml'] ?? '');
  expect(atoll(['validate', '-e', 'two', ...TODAY], { project })).toEqual({
    status: 0,
    stdout: 'two: 2 tenants, 1 grant, no fault\n',
    stderr: '',
  });
});

test('faults of an environment have a stack trace where it is asked for', () => {
  const { status, stdout, stderr } = atoll(['--verbose', 'validate', '-e', 'one'], { project });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/\n( {4}at .*\n)+$/);
  expect(stderr).toContain(BROKEN_INDEX);
});

test.each(['validate', 'synth'])('atoll %s of all environments finds a folder that none is named after', (command) => {
  copy.write('environments/three/tenants/acme.yaml', goodFiles['tenants/acme.yaml'] ?? '');
  expect(atoll([command, ...TODAY], { project })).toEqual(
    failure(
      BROKEN_INDEX,
      'environments/three: folder: got a folder that no environment is named after, allowed one, two; ' +
        'add its name to environmentNames in environments/index.ts, or move it away',
    ),
  );
  expect(atoll(['validate', '-e', 'two', ...TODAY], { project }).status).toBe(0);
});
