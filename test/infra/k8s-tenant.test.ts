import { describe, expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { objectFaults } from '../../constructs/guards/objects/gate';
import { renderKubernetes } from '../../infra/k8s/render';
import { tenantFiles } from '../../infra/k8s/tenant-chart';
import type { Environment } from '../../schema/model';
import { TENANT_STATES, type TenantState } from '../../schema/vocabulary';
import { sampleEnvironment, sampleTenants } from '../support/sample-environment';

const env = sampleEnvironment();

/** The sample with its first tenant in another state. */
const inState = (state: TenantState): Environment =>
  sampleEnvironment({ tenants: sampleTenants.map((each) => (each.id === 'acme' ? { ...each, state } : each)) });

const keysOf = (of: Environment, tenant: string): string[] =>
  renderKubernetes(of, { tenant }).files.map(({ key }) => key);

describe('the files of a tenant', () => {
  test('are two layers and an index entry, owned by its own stack on the production cluster', () => {
    const { files, faults } = renderKubernetes(env, { tenant: 'acme' });
    expect(faults).toEqual([]);
    expect(files.map(({ cluster, key, owner }) => ({ cluster, key, owner }))).toEqual([
      { cluster: 'production', key: 'tenants/acme/platform/objects.yaml', owner: { kind: 'tenant', id: 'acme' } },
      { cluster: 'production', key: 'tenants/acme/workloads/objects.yaml', owner: { kind: 'tenant', id: 'acme' } },
      { cluster: 'production', key: 'index/acme.yaml', owner: { kind: 'tenant', id: 'acme' } },
    ]);
  });

  test.each(TENANT_STATES)('pass the gate in the state %s', (state) => {
    expect(renderKubernetes(inState(state), { tenant: 'acme' }).faults).toEqual([]);
  });

  test('are all there while it is suspended or erasing, and gone once it is erased', () => {
    for (const state of ['suspended', 'erasing'] as const) expect(keysOf(inState(state), 'acme')).toHaveLength(3);
    expect(keysOf(inState('erased'), 'acme')).toEqual([]);
  });

  test('read back as the very objects that the gate judged', () => {
    for (const tenant of env.tenants) {
      for (const { file, objects } of tenantFiles(env, tenant)) {
        const read = parseAllDocuments(file.text).map((document) => document.toJS() as unknown);
        expect(read).toHaveLength(objects.length);
        expect(read).toEqual(expect.arrayContaining([...objects]));
      }
    }
  });

  test('name no other tenant', () => {
    for (const { text } of renderKubernetes(env, { tenant: 'acme' }).files) expect(text).not.toMatch(/birch|cedar/);
  });

  test('do not change when another tenant comes or goes', () => {
    const alone = sampleEnvironment({ tenants: sampleTenants.filter(({ id }) => id === 'acme'), grants: [] });
    expect(renderKubernetes(alone, { tenant: 'acme' }).files).toEqual(renderKubernetes(env, { tenant: 'acme' }).files);
  });

  test('are the same alone as among all files', () => {
    const all = renderKubernetes(env).files.filter(({ owner }) => owner.kind === 'tenant' && owner.id === 'birch');
    expect(all).toEqual(renderKubernetes(env, { tenant: 'birch' }).files);
  });
});

test('a tenant that is not there is an error that says where to look', () => {
  expect(() => renderKubernetes(env, { tenant: 'nobody' })).toThrow(
    "tenant: got 'nobody', allowed a tenant of sample; see environments/sample/tenants",
  );
});

test('every object of both clusters passes the gate, and no text has a null or a token', () => {
  const { files, faults } = renderKubernetes(env);
  expect(faults).toEqual([]);
  for (const { text } of files) expect(text).not.toMatch(/: null$|\$\{Token\[/m);
  expect(new Set(files.map(({ cluster, key }) => `${cluster}/${key}`)).size).toBe(files.length);
});

test('the gate would have failed these very files for another environment: it did judge them', () => {
  const other = sampleEnvironment({ input: { name: 'other' } });
  for (const tenant of env.tenants) {
    for (const { file, objects } of tenantFiles(env, tenant)) {
      expect(objectFaults(other, 'production', file.key, objects).length).toBeGreaterThanOrEqual(objects.length);
    }
  }
});
