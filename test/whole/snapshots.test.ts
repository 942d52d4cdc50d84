import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { expectFileSnapshot, expectNoOtherSnapshots, snapshotFiles } from '../support/file-snapshot';
import { synthesized, type WholeEnvironment } from '../support/synthesized';

/** The environment's own `index.ts` with tenants and grants that are the tests': those of `environments/` may come and go. */
const withFrozenTenants = (name: string): WholeEnvironment =>
  synthesized(name, join(__dirname, 'snapshot-environments', name));
const asYaml = (value: unknown): string => stringify(value, { aliasDuplicateObjects: false, lineWidth: 160 });

/** All of `dev`. */
const dev = withFrozenTenants('dev');
const ofDev = [
  ...dev.templates.map(({ stack, template }) => [`dev/stacks/${stack.id}.yaml`, asYaml(template)] as const),
  ...dev.files.map((file) => [`dev/objects/${file.cluster}/${file.key}`, file.text] as const),
];

/** Of `prod-us` one tenant of each kind, by what shapes its output: state and isolation. */
const prodUs = withFrozenTenants('prod-us');
const ofTenants = prodUs.env.tenants.flatMap(({ id }) => [
  ...prodUs.templates
    .filter(({ stack }) => stack.id === `tenant-${id}`)
    .map(({ template }) => [`prod-us/${id}/stack.yaml`, asYaml(template)] as const),
  ...prodUs.files
    .filter(({ owner }) => owner.kind === 'tenant' && owner.id === id)
    .map((file) => [`prod-us/${id}/${file.key}`, file.text] as const),
]);

const snapshots = [...ofDev, ...ofTenants];

test.each(snapshots)('%s is as it was reviewed', (name, text) => {
  expectFileSnapshot(name, text);
});

test('every snapshot is of something that is still rendered', () => {
  expect(snapshots.length).toBeGreaterThan(40);
  expectNoOtherSnapshots(snapshots.map(([name]) => name));
});

test('no snapshot holds a path of a machine', () => {
  for (const name of snapshotFiles()) {
    const text = readFileSync(join(__dirname, 'snapshots', name), 'utf8');
    expect({ name, found: /\/(home|root|Users|tmp|work)\//.exec(text)?.[0] }).toEqual({ name, found: undefined });
  }
});

test('the tenants of prod-us in them are one of each kind', () => {
  const kinds = prodUs.env.tenants.map(({ state, isolation }) => `${state} ${isolation}`);
  expect(kinds.sort()).toEqual([
    'active dedicated',
    'active shared',
    'erasing dedicated',
    'suspended dedicated',
    'suspended shared',
  ]);
});
