import { expect, test } from '@jest/globals';
import type { ObjectFile } from '../../assurance/output/object-files';
import { placedObjects, TENANT } from '../../assurance/output/placed-objects';

const file = (key: string, text: string): ObjectFile => ({ cluster: 'production', key, file: key, text: () => text });
const account = (id: string, name = 'pipeline'): string =>
  `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n  namespace: tenant-${id}\n`;

test('tenants who have an object alike share one value of it, and each keeps its own name', () => {
  const { objects, unreadable } = placedObjects(
    [
      file('tenants/acme/platform/objects.yaml', account('acme')),
      file('tenants/birch/platform/objects.yaml', `${account('birch')}---\n${account('birch', 'birch')}`),
    ],
    ['acme', 'birch'],
  );
  expect(unreadable).toEqual([]);
  expect(objects.map(({ subject, tenant, type }) => ({ subject, tenant, type }))).toEqual([
    { subject: 'production ServiceAccount tenant-acme/pipeline', tenant: 'acme', type: 'ServiceAccount' },
    { subject: 'production ServiceAccount tenant-birch/pipeline', tenant: 'birch', type: 'ServiceAccount' },
    { subject: 'production ServiceAccount tenant-birch/birch', tenant: 'birch', type: 'ServiceAccount' },
  ]);
  expect(objects[0]?.shape).toBe(objects[1]?.shape);
  expect(objects[0]?.shape['metadata']).toEqual({ name: 'pipeline', namespace: `tenant-${TENANT}` });
});

test('a file of no tenant keeps its text', () => {
  const { objects } = placedObjects([file('platform/10/objects.yaml', account('acme'))], ['acme']);
  expect(objects.map(({ tenant, shape }) => [tenant, shape['metadata']])).toEqual([
    [undefined, { name: 'pipeline', namespace: 'tenant-acme' }],
  ]);
});

test('what is no object is named with its file', () => {
  const { objects, unreadable } = placedObjects([file('research/a.yaml', 'kind: X\n---\na: [\n---\n')], []);
  expect(objects).toEqual([]);
  expect(unreadable).toEqual([
    {
      subject: 'production/research/a.yaml',
      message: 'got a document without apiVersion, kind or metadata.name, expected Kubernetes objects',
    },
    { subject: 'production/research/a.yaml', message: expect.stringMatching(/^is no YAML \(.*\), expected/) },
  ]);
});

test('the kind of a group has the name of the group without its version', () => {
  const text = 'apiVersion: keda.sh/v1alpha1\nkind: ScaledJob\nmetadata: { name: a }\n';
  expect(placedObjects([file('x', text)], []).objects.map(({ type, subject }) => [type, subject])).toEqual([
    ['keda.sh/ScaledJob', 'production ScaledJob a'],
  ]);
});
