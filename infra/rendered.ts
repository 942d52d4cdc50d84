import type { ClusterName } from '../schema/vocabulary';

/**
 * One file of rendered Kubernetes objects. `key` is its key in the cluster's delivery bucket and its path below
 * `dist/k8s/<env>/<cluster>/`; `owner` says which stack uploads it.
 */
export interface RenderedFile {
  readonly cluster: ClusterName;
  readonly key: string;
  readonly text: string;
  readonly owner: { readonly kind: 'platform' | 'serving' } | { readonly kind: 'tenant'; readonly id: string };
}
