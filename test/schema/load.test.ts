import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { EnvironmentFaults, loadEnvironment } from '../../schema/load';
import { DATA_CLASSES, ISOLATION_MODES, TENANT_STATES } from '../../schema/vocabulary';
import { generateEnvironment, writeEnvironment } from '../support/generate-environment';
import { goodInput } from '../support/good-environment';
import { temporaryFolder } from '../support/temporary';
import { faultsOf } from '../support/try-environment';

const root = temporaryFolder();

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

describe('loading', () => {
  test('judges no expiry unless it is told the day', () => {
    expect(faultsOf({ options: {} })).toEqual([]);
    expect(faultsOf({ options: { today: '2027-01-15' } })).toEqual([]);
    expect(faultsOf({ options: { today: '2027-01-16' } })).toHaveLength(1);
  });

  test('refuses a day that is none', () => {
    expect(messageOf(() => faultsOf({ options: { today: '24.11.2026' } }))).toBe(
      "today: got '24.11.2026', allowed a day as YYYY-MM-DD; change it to that form",
    );
  });

  test('freezes the environment throughout', () => {
    const { input, folder } = writeEnvironment(join(root, 'frozen'), 1);
    const { tenants } = loadEnvironment(input, folder);
    expect(tenants).toHaveLength(1);
    expect(() => Object.assign(tenants[0]?.limits ?? {}, { gpus: 64 })).toThrow(TypeError);
  });

  test('keeps the faults apart and sorts them by file and line', () => {
    const act = (): unknown => loadEnvironment({ ...goodInput, name: 'x' }, root);
    expect(act).toThrow(EnvironmentFaults);
    const files = faultsOf({
      input: { region: 'eu-west-1' },
      files: {
        'tenants/acme.yaml': [['state: active', 'state: idle']],
        'grants/speech-one.yaml': [['DATA-1', 'none']],
      },
    }).map((line) => line.split(': ', 1)[0]);
    expect(files).toEqual([
      'environments/test/grants/speech-one.yaml:13',
      'environments/test/index.ts:1',
      'environments/test/index.ts:1',
      'environments/test/tenants/acme.yaml:3',
      'environments/test/tenants/acme.yaml:4',
      'environments/test/tenants/birch.yaml:3',
    ]);
  });

  test('names the quota that the 1,001st tenant breaks', () => {
    const { input, folder } = writeEnvironment(join(root, 'many'), 1000);
    expect(loadEnvironment(input, folder).tenants).toHaveLength(1000);
    const last = readFileSync(join(folder, 'tenants', 'made-up-1000.yaml'), 'utf8');
    writeFileSync(join(folder, 'tenants', 'made-up-1001.yaml'), last.replace('made-up-1000', 'made-up-1001'));
    expect(messageOf(() => loadEnvironment(input, folder))).toBe(
      'environments/big/tenants: tenants: got 1001, at most 1000 (quota: tenants per environment (IAM roles per account, default)); open another environment for the new ones',
    );
  });
});

describe('the generator of environments', () => {
  test.each([0, 10, 250])('writes %d tenants that load as the ones in memory', (count) => {
    const { input, folder } = writeEnvironment(join(root, `generated-${count}`), count);
    const loaded = loadEnvironment(input, folder, { today: '2026-11-24' });
    expect(loaded).toEqual(generateEnvironment(count));
    expect(loaded.grants).toHaveLength(Math.ceil(count / 100));
  });

  test('makes tenants of every class, both isolations and all states but erased', () => {
    const { tenants } = generateEnvironment(20);
    const classes = tenants.flatMap(({ data }) => data.map((entry) => entry.class));
    expect(new Set(classes)).toEqual(new Set(DATA_CLASSES));
    expect(new Set(tenants.map(({ isolation }) => isolation))).toEqual(new Set(ISOLATION_MODES));
    expect(new Set(tenants.map(({ state }) => state))).toEqual(
      new Set(TENANT_STATES.filter((state) => state !== 'erased')),
    );
  });

  test('adds a tenant without a change of the others or of the grants', () => {
    const [fewer, more] = [generateEnvironment(119), generateEnvironment(120)];
    expect(more.tenants.slice(0, 119)).toEqual(fewer.tenants);
    expect(more.grants).toEqual(fewer.grants);
  });

  test('refuses more tenants than the quota', () => {
    expect(messageOf(() => generateEnvironment(1001))).toBe(
      'tenantCount: got 1001, allowed a whole number from 0 to 1000; generate several environments',
    );
  });
});
