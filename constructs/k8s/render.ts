import { ApiObject, type Chart } from 'cdk8s';
import { findNull, type KubernetesObject } from './object';
import { yamlDocuments } from './yaml-text';

/**
 * What must be there before what. Flux sorts by kind itself; the order here makes files readable and lets `kubectl apply -f` work
 * on one of them. Kinds that are not listed come in the middle, by name.
 */
const FIRST = [
  'Namespace',
  'CustomResourceDefinition',
  'PriorityClass',
  'StorageClass',
  'ServiceAccount',
  'Secret',
  'ConfigMap',
  'ClusterRole',
  'Role',
  'ClusterRoleBinding',
  'RoleBinding',
  'ResourceQuota',
  'LimitRange',
  'NetworkPolicy',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Service',
];
const LAST = [
  'Deployment',
  'StatefulSet',
  'Job',
  'CronJob',
  'ScaledJob',
  'HelmRelease',
  'Kustomization',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
];
const RANK = new Map([
  ...FIRST.map((kind, i) => [kind, i] as const),
  ...LAST.map((kind, i) => [kind, FIRST.length + 1 + i] as const),
]);
const rank = (kind: string): number => RANK.get(kind) ?? FIRST.length;
const identity = (o: KubernetesObject): string =>
  `${o.kind}\u0000${o.metadata.namespace ?? ''}\u0000${o.metadata.name}\u0000${o.apiVersion}`;

/** Objects in the order of a file: kind by kind, then namespace and name; independent of the order they were written in. */
function sortObjects<T extends KubernetesObject>(objects: readonly T[]): T[] {
  return objects
    .map((o) => ({ o, rank: rank(o.kind), id: identity(o) }))
    .sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    .map((entry) => entry.o);
}

/**
 * The chart's objects as plain JSON, sorted. It asks the chart's own subtree only: cdk8s' `chart.toJson()` resolves
 * dependencies over the whole app, which is quadratic with a chart per tenant.
 */
export function chartObjects(chart: Chart): KubernetesObject[] {
  const found: KubernetesObject[] = [];
  for (const node of chart.node.findAll()) {
    const faults = node.node.validate();
    if (faults.length > 0) throw new Error(`${node.node.path}: ${faults.join('; ')}`);
    if (ApiObject.isApiObject(node)) found.push(node.toJson() as KubernetesObject);
  }
  return sortObjects(found);
}

/** Objects as YAML text, one document each; equal objects give equal bytes. A null or a second object of one identity is an error. */
export function renderObjects(objects: readonly KubernetesObject[]): string {
  const sorted = sortObjects(objects);
  let before = '';
  for (const o of sorted) {
    const name = `${o.kind} ${o.metadata.namespace === undefined ? '' : `${o.metadata.namespace}/`}${o.metadata.name}`;
    const at = findNull(o);
    if (at !== undefined) throw new Error(`${name}: ${at}: got null, allowed a value; write its value or leave it out`);
    const id = identity(o);
    if (id === before) throw new Error(`${name}: got two of it, allowed one; name the second one differently`);
    before = id;
  }
  return yamlDocuments(sorted);
}

/** The text of the chart's file: see `renderObjects`. */
export function renderChart(chart: Chart): string {
  return renderObjects(chartObjects(chart));
}
