import { describe, expect, test } from '@jest/globals';
import { withTraining } from '../support/good-training';
import { faultsOf } from '../support/try-environment';
import { connectedNetworkCases } from './connected-network-cases';
import { doorCases } from './door-cases';
import { environmentCases } from './environment-cases';
import { fileCases } from './file-cases';
import { grantCases } from './grant-cases';
import { modelCases } from './model-cases';
import { monthCases } from './month-cases';
import { networkCases } from './network-cases';
import { nodePoolCases } from './node-pool-cases';
import { releaseCases } from './release-cases';
import { sourceCases } from './source-cases';
import { teamCases } from './team-cases';
import { tenantCases } from './tenant-cases';
import { trainingCases } from './training-cases';
import { yamlCases } from './yaml-cases';

const cases = {
  'an environment': environmentCases,
  'a network': networkCases,
  'a connected network': connectedNetworkCases,
  doors: doorCases,
  'node pools and pipelines': nodePoolCases,
  'the catalogue and where models lie': modelCases,
  'a usual month': monthCases,
  'releases in service': releaseCases,
  'teams and people': teamCases,
  'a tenant': tenantCases,
  'a grant': grantCases,
  'sources of a grant': sourceCases,
  "a training of a tenant's model": trainingCases,
  'a YAML file': yamlCases,
  'files and folders': fileCases,
};

test('the environment that every case changes has no fault', () => {
  expect(faultsOf({ options: { today: '2027-01-15', tenant: 'acme' } })).toEqual([]);
  expect(faultsOf({ ...withTraining(), options: { today: '2026-12-10' } })).toEqual([]);
});

describe.each(Object.entries(cases))('of %s', (_kind, ofKind) => {
  test.each(ofKind.map((bad) => [bad.name, bad] as const))('%s is refused in full', (_name, bad) => {
    expect(faultsOf(bad)).toEqual(bad.expected);
  });
});

test('every name of a case is used once', () => {
  const names = Object.values(cases)
    .flat()
    .map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
