import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { EnvironmentFaults, loadEnvironment, networksOf, summariesOf } from '../../schema/load';
import { goodInput } from '../support/good-environment';
import { temporaryFolder } from '../support/temporary';

const { network, accounts } = goodInput;
const scratch = temporaryFolder();

test('environments are summed up by their folders, or in a list by the names that they give', () => {
  const summary = { environment: 'test', network, accounts, source: goodInput };
  expect(summariesOf({ test: goodInput })).toEqual([summary]);
  expect(networksOf([goodInput])).toEqual([summary]);
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
  expect(networksOf([source])).toEqual([{ environment: '', network: {}, accounts: {}, source }]);
});

test('an environment in a list knows itself by its fields where its name is wrong', () => {
  const folder = join(scratch, 'environments', 'test');
  mkdirSync(folder, { recursive: true });
  const input = { ...goodInput, name: 'Test_1' };
  const load = (): unknown => loadEnvironment(input, folder, { otherNetworks: networksOf([input]) });
  expect(load).toThrow(EnvironmentFaults);
  expect(load).toThrow(
    /^environments\/test\/index.ts:1: name: got 'Test_1', allowed lower-case letters, digits and hyphens, 3 to 12 characters; change it to that form$/,
  );
});
