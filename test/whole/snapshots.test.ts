import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Tenant } from '../../schema/tenant';
import { expectFileSnapshot } from '../support/file-snapshot';
import { synthesized, type WholeEnvironment } from '../support/synthesized';

const dev = synthesized('dev');
const prodUs = synthesized('prod-us');

const asYaml = (value: unknown): string => stringify(value, { aliasDuplicateObjects: false, lineWidth: 160 });

test.each(dev.templates.map(({ stack, template }) => [stack.id, template] as const))(
  'dev: stack %s',
  (id, template) => {
    expectFileSnapshot(`dev/stacks/${id}.yaml`, asYaml(template));
  },
);

test.each(dev.files.map((file) => [`${file.cluster}/${file.key}`, file.text] as const))(
  'dev: objects %s',
  (path, text) => {
    expectFileSnapshot(`dev/objects/${path}`, text);
  },
);

/** Tenants of prod-us by what shapes their output: state and isolation. */
function oneOfEachKind(whole: WholeEnvironment): Tenant[] {
  const kinds = new Map<string, Tenant>();
  for (const tenant of whole.env.tenants) {
    const kind = `${tenant.state} ${tenant.isolation}`;
    if (tenant.state !== 'erased' && !kinds.has(kind)) kinds.set(kind, tenant);
  }
  return [...kinds.values()];
}

test.each(oneOfEachKind(prodUs).map((tenant) => [tenant.id, `${tenant.state}, ${tenant.isolation}`] as const))(
  'prod-us: tenant %s (%s)',
  (id) => {
    const stack = prodUs.templates.find((each) => each.stack.id === `tenant-${id}`);
    expectFileSnapshot(`prod-us/${id}/stack.yaml`, asYaml(stack?.template));
    for (const file of prodUs.files.filter((each) => each.owner.kind === 'tenant' && each.owner.id === id)) {
      expectFileSnapshot(`prod-us/${id}/${file.key}`, file.text);
    }
  },
);

test('no snapshot holds a path of a machine or is larger than 200 KB', () => {
  const folder = join(__dirname, 'snapshots');
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(20);
  for (const entry of files) {
    const file = join(entry.parentPath, entry.name);
    expect(statSync(file).size).toBeLessThanOrEqual(200 * 1024);
    const text = readFileSync(file, 'utf8');
    expect({ file, found: /\/(home|root|Users|tmp|work)\//.exec(text)?.[0] }).toEqual({ file, found: undefined });
  }
});
