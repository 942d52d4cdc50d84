import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { expectFileSnapshot, expectNoOtherSnapshots, snapshotFiles } from '../support/file-snapshot';
import { smallestEnvironment } from '../support/environments';
import { synthesized, synthesizedFrom, type WholeEnvironment } from '../support/synthesized';
import smallInput from './snapshot-environments/dev';
import bigInput from './snapshot-environments/prod-us';

const frozen = (name: string): WholeEnvironment => synthesizedFrom(join(__dirname, 'snapshot-environments', name));
const asYaml = (value: unknown): string => stringify(value, { aliasDuplicateObjects: false, lineWidth: 160 });

/** All of the small one. */
const small = frozen(smallInput.name);
const ofSmall = [
  ...small.templates.map(
    ({ stack, template }) => [`${small.env.name}/stacks/${stack.id}.yaml`, asYaml(template)] as const,
  ),
  ...small.files.map((file) => [`${small.env.name}/objects/${file.cluster}/${file.key}`, file.text] as const),
];

/** Of the big one the tenants, one of each kind by what shapes its output: state and isolation. */
const big = frozen(bigInput.name);
const ofTenants = big.env.tenants.flatMap(({ id }) => [
  ...big.templates
    .filter(({ stack }) => stack.id === `tenant-${id}`)
    .map(({ template }) => [`${big.env.name}/${id}/stack.yaml`, asYaml(template)] as const),
  ...big.files
    .filter(({ owner }) => owner.kind === 'tenant' && owner.id === id)
    .map((file) => [`${big.env.name}/${id}/${file.key}`, file.text] as const),
]);

const snapshots = [...ofSmall, ...ofTenants];

test.each(snapshots)('%s is as it was reviewed', (name, text) => {
  expectFileSnapshot(name, text);
});

test('every snapshot is of something that is still rendered', () => {
  expect(snapshots.length).toBeGreaterThan(40);
  expectNoOtherSnapshots(snapshots.map(([name]) => name));
});

/** Folders of this machine; a model server's caches lie on a volume of its pod's. */
const MACHINE = /\/(?:home|root|Users|work)\/|\/tmp\/(?!cache\b)/;

test('no snapshot holds a path of a machine', () => {
  for (const name of snapshotFiles()) {
    const text = readFileSync(join(__dirname, 'snapshots', name), 'utf8');
    expect({ name, found: MACHINE.exec(text)?.[0] }).toEqual({ name, found: undefined });
  }
});

test('the tenants in them are one of each kind', () => {
  const kinds = big.env.tenants.map(({ state, isolation }) => `${state} ${isolation}`);
  expect(kinds.sort()).toEqual([
    'active dedicated',
    'active shared',
    'erasing dedicated',
    'suspended dedicated',
    'suspended shared',
  ]);
});

/** What an environment has whoever its tenants and teams are. */
function platformOf(whole: WholeEnvironment): string[] {
  const stacks = whole.stacks.map(({ id }) => id).filter((id) => !id.startsWith('tenant-'));
  const files = whole.files.filter(({ key, owner }) => owner.kind === 'platform' && !key.startsWith('research/'));
  return [...stacks, ...files.map(({ cluster, key }) => `${cluster}/${key}`)].sort();
}

test('no stack and no file of the platform is out of their sight', () => {
  const seen = platformOf(small);
  expect(seen).toEqual(expect.arrayContaining(['production-cluster', 'research/platform/20-pools/objects.yaml']));
  expect(platformOf(synthesized(smallestEnvironment()))).toEqual(seen);
});
