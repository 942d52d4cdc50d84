import { expect, test } from '@jest/globals';
import { environmentNames, loadNamed } from '../../environments';

test.each(environmentNames)('%s loads without a fault, tenants and grants by their ids', (name) => {
  const env = loadNamed(name);
  expect(env.name).toBe(name);
  for (const list of [env.tenants, env.grants]) {
    const ids = list.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
  }
});

test('an unknown name is answered with the names there are', () => {
  expect(() => loadNamed('No name')).toThrow(
    `env: got 'No name', allowed ${environmentNames.join(', ')}; name one of them`,
  );
});
