import { expect, test } from '@jest/globals';
import { summariesOf } from '../../schema/load';
import { goodInput } from '../support/good-environment';

const { network, accounts } = goodInput;

test('environments are summed up by their folders, whatever name they give', () => {
  expect(summariesOf({ folder: goodInput })).toEqual([{ environment: 'folder', network, accounts }]);
});

test.each([
  undefined,
  null,
  'text',
  [],
  {},
  { network: null },
  { network: 7, accounts: [] },
  { network: { production: {} } },
])('of %j nothing is known, and nothing is thrown', (source) => {
  expect(summariesOf({ folder: source })).toEqual([{ environment: 'folder', network: {}, accounts: {} }]);
});
