import { expect, test } from '@jest/globals';
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { environmentFolder, loadNamed } from '../../environments';
import { prerequisites } from '../../infra/aws/prerequisites';
import { plannedFor } from '../../infra/aws/prerequisites-quotas';
import { synthesize } from '../../infra/synth';
import { temporaryFolder } from '../support/temporary';

const scratch = temporaryFolder();
const NAME = 'prod-us';

/** Templates by stack id, objects by path and PREREQUISITES.md, of `prod-us` read from a copy of its files after `change`. */
function outputs(label: string, change: (tenants: string) => void): Map<string, string> {
  const folder = join(scratch, label, NAME);
  cpSync(environmentFolder(NAME), folder, { recursive: true });
  change(join(folder, 'tenants'));
  const env = loadNamed(NAME, { folder });
  const cdk = join(scratch, label, 'cdk');
  const result = synthesize(env, { outdir: cdk });
  const all = new Map(result.files.map((file) => [`k8s/${file.cluster}/${file.key}`, file.text]));
  for (const stack of result.stacks) all.set(`cdk/${stack.id}`, readFileSync(stack.file, 'utf8'));
  all.set('prerequisites', prerequisites(env));
  rmSync(cdk, { recursive: true });
  return all;
}

function changed(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key)).sort();
}

/** Of the copied folder, the file of an active tenant, whose copy under another id is valid: by its content, since names do not count. */
function exampleFile(tenants: string): string {
  const found = readdirSync(tenants).find((file) => {
    const tenant = parse(readFileSync(join(tenants, file), 'utf8')) as { readonly state: string };
    return tenant.state === 'active';
  });
  if (found === undefined) throw new Error(`no active tenant in ${NAME}`);
  return join(tenants, found);
}

function copyAs(id: string): (tenants: string) => void {
  return (tenants) => {
    const text = readFileSync(exampleFile(tenants), 'utf8');
    writeFileSync(join(tenants, `${id}.yaml`), text.replace(/^id: .*$/m, `id: ${id}`));
  };
}

const present = loadNamed(NAME).tenants.filter(({ state }) => state !== 'erased').length;
/** Where the copy is the first of the next hundred, the quotas that are to be asked for rise. */
const quotas = plannedFor(present) === plannedFor(present + 1) ? [] : ['prerequisites'];
const own = (id: string): string[] => [
  `cdk/tenant-${id}`,
  `k8s/production/index/${id}.yaml`,
  `k8s/production/tenants/${id}/platform/objects.yaml`,
  `k8s/production/tenants/${id}/workloads/objects.yaml`,
];
const before = outputs('before', () => undefined);

test('adding one tenant changes only its own template and its own objects', () => {
  expect(changed(before, outputs('added', copyAs('aaa-first')))).toEqual([...own('aaa-first'), ...quotas]);
});

test('removing one tenant takes away only its own template and its own objects', () => {
  const withOneMore = outputs('with', copyAs('mmm-middle'));
  expect(changed(withOneMore, before)).toEqual([...own('mmm-middle'), ...quotas]);
  expect([...before.keys()].filter((key) => key.includes('mmm-middle'))).toEqual([]);
});

test('renaming a file changes nothing', () => {
  const after = outputs('renamed', (tenants) => {
    renameSync(exampleFile(tenants), join(tenants, 'zzz-renamed.yaml'));
  });
  expect(changed(before, after)).toEqual([]);
});

test('what is compared is not empty', () => {
  expect(before.size).toBeGreaterThan(30);
  for (const room of ['cdk/production-', 'cdk/research-', 'cdk/tenant-', 'k8s/production/', 'k8s/research/', 'prereq'])
    expect([room, [...before.keys()].some((key) => key.startsWith(room))]).toEqual([room, true]);
});
