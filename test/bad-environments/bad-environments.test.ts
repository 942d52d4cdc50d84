import { describe, expect, test } from '@jest/globals';
import { faultsOf } from '../support/try-environment';
import { connectedNetworkCases } from './connected-network-cases';
import { environmentCases } from './environment-cases';
import { fileCases } from './file-cases';
import { grantCases } from './grant-cases';
import { tenantCases } from './tenant-cases';
import { yamlCases } from './yaml-cases';

test('the environment that every case changes has no fault', () => {
  expect(faultsOf({ options: { today: '2027-01-15', tenant: 'acme' } })).toEqual([]);
});

describe.each([
  ['tenant', tenantCases],
  ['grant', grantCases],
  ['environment', environmentCases],
  ['connected network', connectedNetworkCases],
  ['YAML file', yamlCases],
  ['file or folder', fileCases],
])('of a %s', (_kind, cases) => {
  test.each(cases.map((bad) => [bad.name, bad] as const))('%s is refused in full', (_name, bad) => {
    expect(faultsOf(bad)).toEqual(bad.expected);
  });
});

test('every name of a case is used once', () => {
  const cases = [tenantCases, grantCases, environmentCases, connectedNetworkCases, yamlCases, fileCases].flat();
  const names = cases.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
