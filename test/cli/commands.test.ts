import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { atoll, failure, PROJECT, run, type Ran } from '../support/command-line';
import { ProjectCopy } from '../support/project-copy';
import { temporaryFolder } from '../support/temporary';
import { changedPaths, everything, treeHashes } from '../support/tree';

const copy = new ProjectCopy();
const project = copy.root;

const success = (stdout: string): Ran => ({ status: 0, stdout, stderr: '' });
/** Seconds are the machine's; the audit account has a resource for each of its tables and questions. */
const timeless = (ran: Ran): Ran => ({
  ...ran,
  stdout: ran.stdout.replace(/\d+\.\d s/g, 'N s').replace(/\d+ resources/g, 'N resources'),
});

describe('atoll validate', () => {
  test('says of each environment that it has no fault', () => {
    expect(atoll(['validate', '--today', '2026-11-25'], { project })).toEqual(
      success('one: 2 tenants, 1 grant, no fault\ntwo: 2 tenants, 1 grant, no fault\n'),
    );
  });

  test('judges the grants of the named environment on the day that it is given', () => {
    expect(atoll(['validate', '-e', 'two', '--today', '2027-01-16'], { project })).toEqual(
      failure(
        "environments/two/grants/speech-one.yaml:15: expires: got '2027-01-15', at least today, '2027-01-16'; " +
          'remove the grant, or issue a new one with a ticket of its own',
      ),
    );
  });

  test('judges them by the current day where it is given none', () => {
    copy.replace('environments/one/grants/speech-one.yaml', 'issued: 2026-11-01', 'issued: 2020-11-01');
    copy.replace('environments/one/grants/speech-one.yaml', 'expires: 2027-01-15', 'expires: 2021-01-15');
    const { status, stderr } = atoll(['validate', '-e', 'one'], { project });
    copy.replace('environments/one/grants/speech-one.yaml', 'issued: 2020-11-01', 'issued: 2026-11-01');
    copy.replace('environments/one/grants/speech-one.yaml', 'expires: 2021-01-15', 'expires: 2027-01-15');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^.*one\.yaml:15: expires: got '2021-01-15', at least today, '20\d\d-\d\d-\d\d'; .*\n$/);
  });
});

describe('atoll synth', () => {
  test('writes every environment, and below another folder the same', () => {
    const line = (name: string): string => `${name}: 17 stacks, 2 tenants among them, 14 files of objects, N s\n`;
    const audit = (account: string, name: string): string =>
      `audit account ${account} of ${name}: N resources, 7 guard rails, N s\n`;
    const [one, two] = [audit('100000000004', 'one'), audit('200000000004', 'two')];
    expect(timeless(atoll(['synth'], { project }))).toEqual(success(line('one') + line('two') + one + two));
    const cwd = temporaryFolder();
    expect(timeless(atoll(['synth', '-e', 'one', '-o', 'a/b'], { project, cwd }))).toEqual(success(line('one') + one));

    const whole = copy.path('dist');
    expect(readdirSync(whole).sort()).toEqual(['audit', 'cdk', 'k8s', 'prerequisites']);
    expect(readdirSync(join(whole, 'audit')).sort()).toEqual(['100000000004', '200000000004']);
    expect(readdirSync(join(whole, 'k8s')).sort()).toEqual(['one', 'two']);
    const ofOne = treeHashes(whole);
    for (const path of [...ofOne.keys()].filter((key) => !/^[^/]+\/(one|100000000004)\//.test(key))) ofOne.delete(path);
    expect(ofOne.size).toBeGreaterThan(30);
    expect(changedPaths(ofOne, treeHashes(join(cwd, 'a', 'b')))).toEqual([]);
  });

  test('of every environment takes away what is left of one that is no more, and of one takes away nothing', () => {
    const left = ['audit', 'cdk', 'k8s', 'prerequisites', 'one-tenant'].map((kind) => `dist/${kind}/gone/left`);
    for (const path of left) copy.write(path, 'of an environment that was renamed');
    const there = (): string[] => left.filter((path) => existsSync(copy.path(path)));
    expect(atoll(['synth', '-e', 'one'], { project }).status).toBe(0);
    expect(there()).toEqual(left);
    expect(atoll(['synth'], { project }).status).toBe(0);
    expect(there()).toEqual([]);
    expect(readdirSync(copy.path('dist/cdk')).sort()).toEqual(['one', 'two']);
  });

  test('writes one tenant into a folder of its own', () => {
    const cwd = temporaryFolder();
    expect(timeless(atoll(['synth', '-e', 'two', '-t', 'acme', '-o', 'out'], { project, cwd }))).toEqual(
      success('two, tenant acme alone: 1 stack, 3 files of objects, N s, in out/one-tenant/two/acme\n'),
    );
    const objects = [...treeHashes(join(cwd, 'out')).keys()].filter((path) => path.includes('/k8s/'));
    expect(objects).toEqual([
      'one-tenant/two/acme/k8s/production/index/acme.yaml',
      'one-tenant/two/acme/k8s/production/tenants/acme/platform/objects.yaml',
      'one-tenant/two/acme/k8s/production/tenants/acme/workloads/objects.yaml',
    ]);
    expect(readdirSync(join(cwd, 'out'))).toEqual(['one-tenant']);
  });
});

test('atoll images mirror prints one script that bash can read, whichever way the environment is named', () => {
  const mirrored = atoll(['images', 'mirror', '-e', 'two'], { project });
  expect(mirrored).toEqual(success(mirrored.stdout));
  expect(mirrored.stdout).toMatch(/^#!\/usr\/bin\/env bash\n# Fills the registries of two\./);
  expect(run('bash', ['-n', '-c', mirrored.stdout])).toEqual(success(''));
  expect(atoll(['images', 'mirror', '-c', 'env=two'], { project })).toEqual(mirrored);
});

test('atoll schemas writes the schemas that are kept, and says nothing', () => {
  rmSync(copy.path('schema/json'), { recursive: true });
  expect(atoll(['schemas'], { project })).toEqual(success(''));
  expect(everything(copy.path('schema/json'))).toEqual(everything(join(PROJECT, 'schema', 'json')));
});
