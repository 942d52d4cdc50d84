import type { Environment } from '../../../schema/model';
import { labels as labelNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import type { Finding } from '../../finding';
import { type KubernetesObject, type Labels, nameOf, Reader } from '../objects/kubernetes-object';
import { finding } from '../way';

const POD_SECURITY = 'pod-security.kubernetes.io/';

/** Labels of a namespace that decide nothing: who owns it, and what Pod Security only writes down or warns of. */
const FREE: readonly string[] = [
  labelNames.name,
  labelNames.partOf,
  labelNames.managedBy,
  labelNames.environment,
  labelNames.owner,
  ...['audit', 'audit-version', 'warn', 'warn-version'].map((each) => `${POD_SECURITY}${each}`),
];

/**
 * A namespace by which every policy goes: its own labels, and Pod Security `restricted` as of the cluster's version. An older version
 * of the standard lets through what was added since; `v1.0` is from before the standard. Other labels and annotations steer other controllers.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces (2026-11-26)
 * @param own labels by which policies go
 */
export function namespaceFaults(
  environment: Environment,
  cluster: ClusterName,
  owner: string,
  namespace: KubernetesObject,
  own: Labels,
): readonly Finding[] {
  const subject = `${cluster}: ${nameOf(namespace)}`;
  const expected: Labels = {
    ...own,
    [`${POD_SECURITY}enforce`]: 'restricted',
    [`${POD_SECURITY}enforce-version`]: `v${environment.clusters[cluster].kubernetesVersion}`,
  };
  const reader = Reader.of(subject, 'namespace', namespace);
  reader.only('apiVersion', 'kind', 'metadata');
  const metadata = reader.object('metadata').only('name', 'labels');
  const given = metadata.labels('labels');
  const known = [...Object.keys(expected), ...FREE];
  const wrong = Object.entries(expected)
    .filter(([key, value]) => given[key] !== value)
    .map(([key, value]) => `every policy goes by label ${key}: got ${given[key] ?? 'none'}, expected ${value}`);
  const unknown = Object.keys(given)
    .filter((key) => !known.includes(key))
    .map((key) => `got the label ${key}, allowed ${known.join(', ')}; what goes by it is not known here`);
  return [
    ...wrong.map((what) => finding('open', subject, `${owner}: ${what}`)),
    ...unknown.map((what) => finding('not-understood', subject, `${owner}: ${what}`)),
  ];
}
