import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { object, type KubernetesObject, type ObjectMeta } from '../object';

/** Keys that the quota rooms use. An extended resource such as a GPU is limited by its requests only. */
export type QuotaKey =
  | 'pods'
  | 'requests.cpu'
  | 'limits.cpu'
  | 'requests.memory'
  | 'limits.memory'
  | 'requests.nvidia.com/gpu'
  | 'requests.ephemeral-storage'
  | 'limits.ephemeral-storage'
  | 'count/jobs.batch'
  | 'count/scaledjobs.keda.sh'
  | 'configmaps'
  | 'secrets'
  | 'services'
  | 'services.loadbalancers'
  | 'services.nodeports'
  | 'persistentvolumeclaims';

export type HardLimits = Readonly<Partial<Record<QuotaKey, string>>>;

/** @see https://kubernetes.io/docs/concepts/policy/resource-quotas/ (2026-11-24) */
export interface ResourceQuota extends KubernetesObject {
  readonly apiVersion: 'v1';
  readonly kind: 'ResourceQuota';
  readonly spec: { readonly hard: HardLimits };
}

export function resourceQuota(scope: Construct, metadata: ObjectMeta, hard: HardLimits): ApiObject {
  return object<ResourceQuota>(scope, `quota-${metadata.name}`, {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata,
    spec: { hard },
  });
}
