import { expect, test } from '@jest/globals';
import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize } from '../../infra/synth';
import { loadNamed, environmentFolder } from '../../environments';
import { temporaryFolder } from '../support/temporary';
import { treeHashes } from '../support/tree';

const scratch = temporaryFolder();
const NAME = 'prod-us';

/** Templates by stack id and objects by path, of `prod-us` read from a copy of its files after `change`. */
function outputs(label: string, change: (folder: string) => void): Map<string, string> {
  const folder = join(scratch, label, 'prod-us');
  cpSync(environmentFolder(NAME), folder, { recursive: true });
  change(folder);
  const env = loadNamed(NAME, { folder });
  const result = synthesize(env, { outdir: join(scratch, label, 'cdk') });
  const all = new Map(result.files.map((file) => [`k8s/${file.cluster}/${file.key}`, file.text]));
  for (const stack of result.stacks) all.set(`cdk/${stack.id}`, readFileSync(stack.file, 'utf8'));
  return all;
}

function changed(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key)).sort();
}

const before = outputs('before', () => undefined);

test('adding one tenant changes only its own template and its own objects', () => {
  const after = outputs('added', (folder) => {
    const text = readFileSync(join(folder, 'tenants', exampleTenant(folder)), 'utf8');
    writeFileSync(join(folder, 'tenants', 'aaa-first.yaml'), text.replace(/^id: .*$/m, 'id: aaa-first'));
  });
  expect(changed(before, after)).toEqual([
    'cdk/tenant-aaa-first',
    'k8s/production/index/aaa-first.yaml',
    'k8s/production/tenants/aaa-first/platform/objects.yaml',
    'k8s/production/tenants/aaa-first/workloads/objects.yaml',
  ]);
});

test('removing one tenant takes away only its own template and its own objects', () => {
  const bare = outputs('with', (folder) => {
    const text = readFileSync(join(folder, 'tenants', exampleTenant(folder)), 'utf8');
    writeFileSync(join(folder, 'tenants', 'mmm-middle.yaml'), text.replace(/^id: .*$/m, 'id: mmm-middle'));
  });
  const keys = changed(bare, before);
  expect(keys.length).toBe(4);
  expect(keys.every((key) => key.includes('mmm-middle'))).toBe(true);
});

test('renaming a file changes nothing', () => {
  const after = outputs('renamed', (folder) => {
    renameSync(join(folder, 'tenants', exampleTenant(folder)), join(folder, 'tenants', 'zzz-renamed.yaml'));
  });
  expect(changed(before, after)).toEqual([]);
});

test('the trees that are compared are not empty', () => {
  expect(before.size).toBeGreaterThan(100);
  expect(treeHashes(join(scratch, 'before', 'cdk')).size).toBeGreaterThan(24);
});

/** An active tenant without a grant: copying it under another id is valid. */
function exampleTenant(folder: string): string {
  const env = loadNamed(NAME, { folder });
  const granted = new Set(env.grants.flatMap((grant) => grant.tenants));
  const tenant = env.tenants.find((each) => each.state === 'active' && !granted.has(each.id));
  if (tenant === undefined) throw new Error('no active tenant without a grant in prod-us');
  return `${tenant.id}.yaml`;
}
