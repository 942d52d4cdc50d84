import { controllerNames, clusterObjectNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import type { Finding } from '../../finding';
import { NotUnderstood } from '../not-understood';
import { finding, type Lock, lock } from '../way';
import { type KubernetesObject, type Labels, nameOf } from './kubernetes-object';

/** Kinds that the proof reads or that open nothing by themselves. */
const KINDS: readonly string[] = [
  'ClusterQueue',
  'ClusterRole',
  'ClusterRoleBinding',
  'Cohort',
  'ConfigMap',
  'CronJob',
  'Deployment',
  'EC2NodeClass',
  'HelmRelease',
  'LimitRange',
  'Namespace',
  'NetworkPolicy',
  'NodePool',
  'OCIRepository',
  'PodDisruptionBudget',
  'PriorityClass',
  'ResourceFlavor',
  'ResourceQuota',
  'Role',
  'RoleBinding',
  'ScaledObject',
  'Secret',
  'Service',
  'ServiceAccount',
  'StatefulSet',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'WorkloadPriorityClass',
];

/** Kinds of the bootstrap's chart. */
const SYNC_KINDS: readonly string[] = ['Bucket', 'Kustomization'];

/** Namespaces of the platform: its controllers', and where models are served. */
export const platformNamespaces = (cluster: ClusterName): readonly string[] => {
  const { flux, karpenter, keda, kueue } = controllerNames;
  return [
    flux.namespace,
    karpenter.namespace,
    kueue.namespace,
    ...(cluster === 'production' ? [keda.namespace, clusterObjectNames.servingNamespace] : []),
  ];
};

/** Namespaces of a cluster's platform that are in the output, with the labels that the API server has of them. */
export function platformLabels(objects: readonly KubernetesObject[]): ReadonlyMap<string, Labels> {
  return new Map(
    objects
      .filter(({ kind }) => kind === 'Namespace')
      .map(({ metadata: { name, labels = {} } }) => [name, { ...labels, 'kubernetes.io/metadata.name': name }]),
  );
}

/** The platform's layers keep to the platform's namespaces: in a tenant's or a team's, nothing but its own file has a say. */
export function provePlatformObjects(cluster: ClusterName, objects: readonly KubernetesObject[]): readonly Finding[] {
  const homes = platformNamespaces(cluster);
  return objects.flatMap((object) => {
    const { kind, metadata } = object;
    const subject = `${cluster}: ${nameOf(object)}`;
    if (!KINDS.includes(kind) && !SYNC_KINDS.includes(kind))
      throw new NotUnderstood(
        subject,
        `got the kind ${kind}, allowed ${KINDS.join(', ')}; what it opens is not known here`,
      );
    const place = kind === 'Namespace' ? metadata.name : metadata.namespace;
    return place === undefined || homes.includes(place)
      ? []
      : [
          finding(
            'open',
            subject,
            `the platform's layer reaches into ${place}, applied by Flux as itself: got open, expected ${homes.join(', ')} only`,
          ),
        ];
  });
}

/** Nothing that Flux brings is secret, so that whoever reads it, or all that a controller holds, has read no key. */
export function secretsLock(objects: readonly KubernetesObject[]): Lock {
  const secret = objects.find(({ kind }) => kind === 'Secret');
  return lock('no Secret is delivered', secret === undefined ? undefined : `${nameOf(secret)} is`);
}
