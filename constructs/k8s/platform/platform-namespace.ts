import type { KubernetesObject } from '../object';

export interface Namespace extends KubernetesObject {
  readonly apiVersion: 'v1';
  readonly kind: 'Namespace';
}

/**
 * A namespace of the platform's own controllers, under Pod Security `restricted` in the version of the cluster's Kubernetes. Pruning is off:
 * deleting it would delete a controller together with the objects that it must still clean up.
 */
export function platformNamespace(
  name: string,
  kubernetesVersion: string,
  labels: Readonly<Record<string, string>>,
): Namespace {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: {
        ...labels,
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/enforce-version': `v${kubernetesVersion}`,
      },
      annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
    },
  };
}
