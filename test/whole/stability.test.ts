import { expect, test } from '@jest/globals';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prerequisites } from '../../infra/aws/prerequisites';
import { synthesize } from '../../infra/synth';
import { loadEnvironment } from '../../schema/load';
import { writeEnvironment } from '../support/generate-environment';
import { temporaryFolder } from '../support/temporary';

const scratch = temporaryFolder();
/** Every state, and no more than a hundred with one more: there the quotas that are to be asked for rise. */
const TENANTS = 20;

/** Templates by stack id, objects by path and PREREQUISITES.md, of a generated environment read from its files after `change`. */
function outputs(label: string, change: (tenants: string) => void): Map<string, string> {
  const { input, folder } = writeEnvironment(join(scratch, label), TENANTS);
  change(join(folder, 'tenants'));
  const env = loadEnvironment(input, folder);
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

/** The file of an active tenant, whose copy under another id is valid. */
const exampleFile = (tenants: string): string => join(tenants, 'made-up-0001.yaml');

function copyAs(id: string): (tenants: string) => void {
  return (tenants) => {
    const text = readFileSync(exampleFile(tenants), 'utf8');
    writeFileSync(join(tenants, `${id}.yaml`), text.replace(/^id: .*$/m, `id: ${id}`));
  };
}

const own = (id: string): string[] => [
  `cdk/tenant-${id}`,
  `k8s/production/index/${id}.yaml`,
  `k8s/production/tenants/${id}/platform/objects.yaml`,
  `k8s/production/tenants/${id}/workloads/objects.yaml`,
];
const before = outputs('before', () => undefined);

test('adding one tenant changes only its own template and its own objects', () => {
  expect(changed(before, outputs('added', copyAs('aaa-first')))).toEqual(own('aaa-first'));
});

test('removing one tenant takes away only its own template and its own objects', () => {
  const withOneMore = outputs('with', copyAs('made-up-0010-b'));
  expect(changed(withOneMore, before)).toEqual(own('made-up-0010-b'));
  expect([...before.keys()].filter((key) => key.includes('made-up-0010-b'))).toEqual([]);
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
