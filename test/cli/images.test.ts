import { expect, jest, test } from '@jest/globals';
import { environmentOption } from '../../cli/images';
import { atollProgram } from '../../cli/program';
import { environments, smallestEnvironment } from '../support/environments';

test('the environment is named as the CDK names it or by an option of its own', () => {
  expect(environmentOption({ context: ['env=One'] })).toBe('One');
  expect(environmentOption({ env: 'One', context: ['env=One', 'env=One'] })).toBe('One');
  expect(environmentOption({ context: ['env='] })).toBe('');
  expect(environmentOption({ context: [] })).toBeUndefined();
});

test('what would be passed over in silence is refused: another key, and a second environment', () => {
  expect(() => environmentOption({ context: ['tenant=acme', 'env=One', 'en=One'] })).toThrow(
    "-c: got 'tenant=acme', allowed env=<name>; remove it\n-c: got 'en=One', allowed env=<name>; remove it",
  );
  expect(() => environmentOption({ env: 'Two', context: ['env=One'] })).toThrow(
    "-c env=<name>: got 'Two' and 'One', allowed one environment; name one",
  );
});

test('images mirror prints the plan of the named environment and nothing for one that is not there', async () => {
  const name = smallestEnvironment();
  const written: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  try {
    const mirror = ['images', 'mirror'];
    await expect(
      atollProgram(environments).parseAsync([...mirror, '-c', 'env=No name'], { from: 'user' }),
    ).rejects.toThrow("-c env=<name>: got 'No name', allowed ");
    expect(written).toEqual([]);
    await atollProgram(environments).parseAsync([...mirror, '-c', `env=${name}`], { from: 'user' });
  } finally {
    write.mockRestore();
  }
  expect(written.join('').startsWith(`#!/usr/bin/env bash\n# Fills the registries of ${name}. `)).toBe(true);
});
