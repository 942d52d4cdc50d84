import { describe, expect, test } from '@jest/globals';
import { App, Chart } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { labelSet } from '../../../constructs/k8s/label-set';
import { object } from '../../../constructs/k8s/object';
import { chartObjects, renderChart, renderObjects } from '../../../constructs/k8s/render';
import { yamlDocuments } from '../../../constructs/k8s/yaml-text';

const chart = (namespace?: string): Chart => new Chart(new App(), 'c', namespace === undefined ? {} : { namespace });
const configMap = (name: string, data: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'a' },
  data,
});

describe('rendering', () => {
  const awkward = {
    plain: 'word and words',
    reserved: [
      'yes',
      'No',
      'null',
      'on',
      '~',
      'y',
      'true',
      '0x1f',
      '1e3',
      '012',
      '1_000',
      '2026-11-24',
      '',
      ' ',
      '-',
      '- a',
      '? b',
    ],
    signs: [
      'a: b',
      'a #b',
      '#x',
      '*',
      '&a',
      '!t',
      '@x',
      '`',
      '%',
      '[',
      '{',
      '{{ x }}',
      '"q"',
      "it's",
      'tab\there',
      'é',
      '\u2028',
    ],
    text: 'first = 1\n[second]\n  third = "x"\n',
    blankLine: 'a\n\nb\n',
    noEnd: 'a\nb',
    trailing: 'a \nb\n',
    leading: '  a\nb\n',
    numbers: [0, -1, 1.5],
    flags: [true, false],
    empty: { list: [], map: {}, text: '' },
    nested: [[1, [2, 'x']], { a: [{ b: { c: 1, d: ['e'] } }], f: 'a\nb\n' }, []],
    'key: with colon': 1,
    '1': 'numeric key',
    true: 'boolean key',
    'kueue.x-k8s.io/queue-name': 'x',
  };

  test.each(['1.1', '1.2'] as const)('what is read back under YAML %s is what was written', (version) => {
    const read = parseAllDocuments(yamlDocuments([awkward, { a: 1 }]), { version });
    expect(read.map((d) => d.toJS() as unknown)).toEqual([awkward, { a: 1 }]);
    expect(read.flatMap((d) => d.errors)).toEqual([]);
  });

  test('the text does not depend on the order in which objects were written', () => {
    const one = chart();
    object(one, 'x', configMap('x', {}));
    object(one, 'ns', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } });
    const two = chart();
    object(two, 'ns', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } });
    object(two, 'x', configMap('x', {}));
    expect(renderChart(one)).toBe(renderChart(two));
    expect(chartObjects(one).map((o) => o.kind)).toEqual(['Namespace', 'ConfigMap']);
  });

  test('two objects of one identity are refused', () => {
    const twice = configMap('x', {});
    expect(() => renderObjects([twice, twice])).toThrow(
      'ConfigMap a/x: got two of it, allowed one; name the second one differently',
    );
  });
});

describe('object', () => {
  test('a null is refused at its path, since a null quantity becomes 0', () => {
    const bad = { ...configMap('x', {}), spec: { limits: [{ 'nvidia.com/gpu': null }] } };
    expect(() => object(chart(), 'x', bad)).toThrow(
      'c/x: spec.limits[0].nvidia.com/gpu: got null, allowed a value; leave the property out or write its value',
    );
  });

  test('a chart with a namespace is refused, since it leaks into cluster-scoped objects', () => {
    expect(() => object(chart('b'), 'x', configMap('x', {}))).toThrow(
      "c/x: got a chart with namespace 'b', allowed a chart without one; write metadata.namespace on each object",
    );
  });
});

describe('labelSet', () => {
  test("a tenant's object names its tenant apart from its owner", () => {
    expect(labelSet({ env: { name: 'sample' }, name: 'pipeline-video', owner: 'tenant/acme' })).toEqual({
      'app.kubernetes.io/name': 'pipeline-video',
      'app.kubernetes.io/part-of': 'atoll',
      'app.kubernetes.io/managed-by': 'flux',
      'atoll.dev/environment': 'sample',
      'atoll.dev/owner': 'tenant-acme',
      'atoll.dev/tenant': 'acme',
    });
  });

  test('a value that is no label value is refused', () => {
    expect(() => labelSet({ env: { name: 'sample' }, name: 'a/b', owner: 'platform' })).toThrow(
      "labelSet.name: got 'a/b', allowed 1 to 63 letters, digits, '-', '_' and '.' that begin and end with a letter or digit; shorten it",
    );
  });
});
