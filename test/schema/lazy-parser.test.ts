import { expect, jest, test } from '@jest/globals';
import { faultsOf } from '../support/try-environment';

jest.mock('typescript', () => {
  throw new Error('the parser is loaded');
});

test('an environment without a fault, or with faults in its YAML alone, loads no TypeScript parser', () => {
  expect(faultsOf({})).toEqual([]);
  expect(faultsOf({ files: { 'tenants/acme.yaml': [['state: active', 'state: idle']] } })).toHaveLength(1);
  expect(() => faultsOf({ input: { region: 'nowhere' } })).toThrow('the parser is loaded');
});
