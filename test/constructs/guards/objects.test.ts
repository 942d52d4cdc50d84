import { describe, expect, test } from '@jest/globals';
import { labels } from '../../../schema/names';
import { changed, faultsOf, job, platformSet, set, type Tree } from './object-samples';

test('a whole GPU job passes', () => {
  expect(faultsOf(job)).toEqual([]);
});

describe('values', () => {
  const map: Tree = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'm', namespace: 'tenant-acme', labels: set },
    data: { a: 'x' },
    list: [1, { b: true }],
  };
  test('plain strings, numbers, booleans, lists and maps pass', () => {
    expect(faultsOf(map)).toEqual([]);
  });
  test.each([
    ['null', null],
    ['NaN', NaN],
    ['Infinity', Infinity],
  ])('%s is named by its path', (word, value) => {
    expect(faultsOf(changed(map, ['list', 1, 'b'], value))).toEqual([
      `f: ConfigMap tenant-acme/m: list[1].b: got ${word}, allowed a value; leave the key out or give it a value`,
    ]);
  });
  test('undefined is a fault as well: one library writes it as null', () => {
    expect(faultsOf({ ...map, data: { a: undefined } })).toEqual([
      'f: ConfigMap tenant-acme/m: data.a: got undefined, allowed a value; leave the key out or give it a value',
    ]);
  });
  test('a token of the CDK, in a value or a key, is unresolved', () => {
    expect(faultsOf({ ...map, data: { a: 'arn:${Token[Bucket.Arn.12]}' } })).toEqual([
      'f: ConfigMap tenant-acme/m: data.a: got arn:${Token[Bucket.Arn.12]}, allowed a plain string; make the name in schema/names.ts',
    ]);
    expect(faultsOf({ ...map, data: { '${Token[TOKEN.3]}': 'x' } })).toHaveLength(1);
  });
  test('what is no object at all is a fault', () => {
    expect(faultsOf(null)).toEqual(['f: object 0: got null, allowed an object; remove it']);
  });
});

describe('images that a chart’s values name', () => {
  const host = '222222222222.dkr.ecr.eu-central-1.amazonaws.com';
  const release = (values: Tree): Tree => ({
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name: 'keda', namespace: 'flux-system', labels: platformSet },
    spec: { values },
  });
  const fault = (path: string, got: string): string =>
    `f: HelmRelease flux-system/keda: spec.values.${path}: got "${got}", allowed the images of schema/images.ts for the production cluster, in its own registry; use imageParts`;

  test('pass where they are of the list, whole or with the host elsewhere', () => {
    expect(
      faultsOf(
        release({
          global: { image: { registry: host } },
          image: { keda: { repository: 'atoll/sample/keda-operator', tag: '2.20.2' } },
          controller: { image: { repository: `${host}/atoll/sample/karpenter-controller`, tag: '1.14.1', digest: '' } },
        }),
      ),
    ).toEqual([]);
  });
  test.each([
    [
      'image',
      { image: { repository: 'ghcr.io/kedacore/keda', tag: '2.20.2' } },
      'image.repository',
      'ghcr.io/kedacore/keda:2.20.2',
    ],
    [
      'tag',
      { a: { repository: `${host}/atoll/sample/keda-operator`, tag: '2.19.0' } },
      'a.repository',
      `${host}/atoll/sample/keda-operator:2.19.0`,
    ],
    ['registry', { global: { image: { proxy: 'docker.io/library' } } }, 'global.image.proxy', 'docker.io/library'],
    ['list', { extra: [{ image: 'quay.io/x/y:1' }] }, 'extra[0].image', 'quay.io/x/y:1'],
  ])('fail on a foreign %s', (_, values, path, got) => {
    expect(faultsOf(release(values))).toEqual([fault(path, got)]);
  });
});

describe('kinds and names', () => {
  const namespace: Tree = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'tenant-acme', labels: set } };
  test('a cluster-scoped object without and a namespaced one with a namespace pass', () => {
    expect(faultsOf(namespace, job)).toEqual([]);
  });
  test('a namespace on a cluster-scoped object fails', () => {
    expect(faultsOf(changed(namespace, ['metadata', 'namespace'], 'tenant-acme'))).toEqual([
      'f: Namespace tenant-acme/tenant-acme: metadata.namespace: got "tenant-acme", allowed none on the cluster-scoped Namespace; remove it',
    ]);
  });
  test('a namespaced object without one fails', () => {
    expect(faultsOf(changed(job, ['metadata', 'namespace'], undefined))).toContain(
      'f: Job train: metadata.namespace: got nothing, allowed a namespace on a Job; name it on the object',
    );
  });
  test('a kind that nobody decided on fails, and so does a known kind of another group', () => {
    expect(faultsOf({ ...namespace, kind: 'Widget' })).toEqual([
      'f: Widget tenant-acme: kind: got "Widget" of "v1", allowed the kinds of constructs/guards/objects/kinds.ts; add it there with its scope',
    ]);
    expect(faultsOf({ ...namespace, apiVersion: 'example.com/v1' })).toHaveLength(1);
  });
  test('a name of 63 characters passes for a Job, one of 64 fails', () => {
    expect(faultsOf(changed(job, ['metadata', 'name'], 'a'.repeat(63)))).toEqual([]);
    expect(faultsOf(changed(job, ['metadata', 'name'], 'a'.repeat(64)))).toHaveLength(1);
  });
  test('a ScaledJob leaves room for the six characters of its Jobs', () => {
    const template = (job['spec'] as Tree)['template'];
    const scaled = (name: string): Tree => ({
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledJob',
      metadata: { name, namespace: 'tenant-acme', labels: set },
      spec: { jobTargetRef: { template } },
    });
    expect(faultsOf(scaled('a'.repeat(57)))).toEqual([]);
    expect(faultsOf(scaled('a'.repeat(58)))).toHaveLength(1);
  });
  test('upper case fails, but a Role may be called system:node', () => {
    expect(faultsOf(changed(job, ['metadata', 'name'], 'Train'))).toEqual([
      'f: Job tenant-acme/Train: metadata.name: got "Train", allowed a DNS label of at most 63 characters; make the name in schema/names.ts',
    ]);
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: job['metadata'] };
    expect(faultsOf(changed(role, ['metadata', 'name'], 'system:node'))).toEqual([]);
  });
  test('one identity twice in a file fails, the same name of two kinds passes', () => {
    expect(faultsOf(job, job)).toEqual([
      'f: Job tenant-acme/train: metadata.name: got it twice, allowed once in a file; remove one',
    ]);
    expect(faultsOf(job, { ...job, apiVersion: 'v1', kind: 'ConfigMap' })).toEqual([]);
  });
});

describe('labels', () => {
  test.each([labels.name, labels.partOf, labels.managedBy, labels.owner])('an object without %s fails', (key) => {
    expect(faultsOf(changed(job, ['metadata', 'labels', key], undefined))).toEqual([
      `f: Job tenant-acme/train: metadata.labels.${key}: got nothing, allowed a label; use labelSet`,
    ]);
  });
  test('the pods that it makes need the set as well', () => {
    expect(faultsOf(changed(job, ['spec', 'template', 'metadata', 'labels', labels.owner], undefined))).toEqual([
      `f: Job tenant-acme/train: spec.template.metadata.labels.${labels.owner}: got nothing, allowed a label; use labelSet`,
    ]);
  });
  test('another environment or tenant than its namespace fails', () => {
    expect(faultsOf(changed(job, ['metadata', 'labels', labels.environment], 'other'))).toEqual([
      `f: Job tenant-acme/train: metadata.labels.${labels.environment}: got "other", allowed "sample"; use labelSet`,
    ]);
    expect(faultsOf(changed(job, ['metadata', 'labels', labels.tenant], 'birch'))).toEqual([
      `f: Job tenant-acme/train: metadata.labels.${labels.tenant}: got "birch", allowed "acme"; use labelSet`,
    ]);
  });
  test("a team's objects name the team", () => {
    const map = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'm', namespace: 'research-speech', labels: set },
    };
    expect(faultsOf(map)).toEqual([
      `f: ConfigMap research-speech/m: metadata.labels.${labels.team}: got nothing, allowed "speech"; use labelSet`,
    ]);
    expect(faultsOf(changed(map, ['metadata', 'labels', labels.team], 'speech'))).toEqual([]);
  });
  test('a value that no label can have fails', () => {
    expect(faultsOf(changed(job, ['metadata', 'labels', labels.name], 'a/b'))).toHaveLength(1);
  });
});

test('25,000 objects of one file are judged without a fault', () => {
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'tenant-acme', labels: set }, data: {} };
  const objects: unknown[] = Array.from({ length: 25_000 }, (_, i) => {
    const metadata = { namespace: 'tenant-acme', labels: set, name: `o${i}` };
    return i % 5 === 0 ? { ...job, metadata } : { ...map, metadata };
  });
  expect(faultsOf(...objects)).toEqual([]);
});
