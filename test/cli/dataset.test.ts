import { expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { environmentNames, loadNamed } from '../../environments';
import { atoll, failure } from '../support/command-line';
import { temporaryFolder } from '../support/temporary';

/** Any environment whose grants open a tenant, and the first of them: all of both may be renamed, come and go. */
const [found] = environmentNames.flatMap((name) => {
  const [grant] = loadNamed(name).grants.filter(({ tenants }) => tenants.length > 0);
  return grant === undefined ? [] : [{ name, grant }];
});
if (found === undefined) throw new Error('environments: got no grant of a tenant, allowed one or more; add one');
const { name, grant } = found;

const file = join(temporaryFolder(), 'recipe.yaml');
const recipe = { name: 'any', classes: grant.classes, from: '2026-11-01', to: '2026-11-02', sample: 5, maxGiB: 1 };

test('atoll dataset prints the Job of a recipe', () => {
  writeFileSync(file, stringify(recipe));
  const { status, stdout, stderr } = atoll(['dataset', '-e', name, '-g', grant.id, file]);
  expect([status, stderr]).toEqual([0, '']);
  expect(parse(stdout)).toMatchObject({
    kind: 'Job',
    metadata: { generateName: `grant-${grant.id}--dataset-any-`, namespace: `research-${grant.team}` },
    spec: { suspend: true, template: { spec: { serviceAccountName: `grant-${grant.id}` } } },
  });
});

test('atoll dataset says what is wrong with a recipe, and prints nothing', () => {
  writeFileSync(file, stringify({ ...recipe, sample: 0 }));
  const line = 2 + Object.keys(recipe).indexOf('sample') + grant.classes.length - 1;
  expect(atoll(['dataset', '-e', name, '-g', grant.id, file])).toEqual(
    failure(`recipe.yaml:${line + 1 - 1}: sample: got 0, at least 1; raise it`),
  );
  expect(atoll(['dataset', '-e', name, '-g', grant.id, `${file}.gone`])).toEqual(
    failure(`${file}.gone: got nothing, a file is required; add it`),
  );
});
