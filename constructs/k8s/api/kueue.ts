/**
 * `kueue.x-k8s.io/v1beta2`, Kueue v0.19.2 (read 2026-11-24): the fields used here, under their own names. Quantities are strings.
 * @see https://github.com/kubernetes-sigs/kueue/tree/v0.19.2/apis/kueue/v1beta2
 */
import type { KubernetesObject, ObjectMeta } from '../object';

const V1BETA2 = 'kueue.x-k8s.io/v1beta2';

/** Label on a Job that hands it to a LocalQueue of its namespace. */
export const QUEUE_NAME_LABEL = 'kueue.x-k8s.io/queue-name';

/** Label on a Job: the WorkloadPriorityClass by which its queue sorts it. @see https://kueue.sigs.k8s.io/docs/concepts/workload_priority_class/ (2026-11-26) */
export const PRIORITY_CLASS_LABEL = 'kueue.x-k8s.io/priority-class';

/**
 * Label on a Job: seconds after which Kueue stops it for good, counted over all of its admissions. A Job's own deadline begins anew each time that
 * it is started.
 * @see https://kueue.sigs.k8s.io/docs/concepts/workload/#maximum-execution-time (2026-11-26)
 */
export const MAX_EXECUTION_LABEL = 'kueue.x-k8s.io/max-exec-time-seconds';

export interface Toleration {
  readonly key: string;
  readonly operator: 'Equal';
  readonly value: string;
  readonly effect: 'NoSchedule';
}

/** A kind of machine that quota is counted in. */
export interface ResourceFlavor extends KubernetesObject {
  readonly apiVersion: typeof V1BETA2;
  readonly kind: 'ResourceFlavor';
  readonly spec: {
    /** Added to an admitted pod's nodeSelector: the pool that the quota stands for. */
    readonly nodeLabels: Readonly<Record<string, string>>;
    /** Taints of those nodes: only workloads that tolerate them are given the flavor. */
    readonly nodeTaints: readonly { readonly key: string; readonly value: string; readonly effect: 'NoSchedule' }[];
  };
}

export interface ResourceQuota {
  readonly name: string;
  /** What the queue may use without borrowing. */
  readonly nominalQuota: string;
  /** Most that it may borrow of the cohort's unused quota. Upstream default: all of it. Needs a cohort. */
  readonly borrowingLimit?: string;
  /** Most of its unused quota that others may borrow. Upstream default: all of it. Needs a cohort. */
  readonly lendingLimit?: string;
}

export interface ResourceGroup {
  readonly coveredResources: readonly string[];
  /** Tried in this order; each lists the covered resources in their order. */
  readonly flavors: readonly { readonly name: string; readonly resources: readonly ResourceQuota[] }[];
}

/** Queues that lend each other what they do not use. */
export interface Cohort extends KubernetesObject {
  readonly apiVersion: typeof V1BETA2;
  readonly kind: 'Cohort';
  readonly spec: {
    /** Quota that belongs to no queue of the cohort and is lent to all of them. */
    readonly resourceGroups?: readonly ResourceGroup[];
  };
}

export interface ClusterQueue extends KubernetesObject {
  readonly apiVersion: typeof V1BETA2;
  readonly kind: 'ClusterQueue';
  readonly spec: {
    readonly cohortName?: string;
    /** Namespaces whose LocalQueues may point here. Upstream default: none. */
    readonly namespaceSelector: LabelSelector;
    readonly queueingStrategy: 'StrictFIFO' | 'BestEffortFIFO';
    readonly resourceGroups: readonly ResourceGroup[];
    readonly preemption: {
      readonly reclaimWithinCohort: 'Never' | 'LowerPriority' | 'Any';
      readonly withinClusterQueue: 'Never' | 'LowerPriority' | 'LowerOrNewerEqualPriority';
    };
    readonly flavorFungibility?: {
      readonly whenCanBorrow: 'MayStopSearch' | 'TryNextFlavor';
      readonly whenCanPreempt: 'MayStopSearch' | 'TryNextFlavor';
    };
    /** Relative share of what the cohort lends. Upstream default 1. */
    readonly fairSharing?: { readonly weight: string };
    readonly stopPolicy?: 'None' | 'Hold' | 'HoldAndDrain';
  };
}

export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    readonly values?: readonly string[];
  }[];
}

/** The queue of one namespace. */
export interface LocalQueue extends KubernetesObject {
  readonly apiVersion: typeof V1BETA2;
  readonly kind: 'LocalQueue';
  readonly metadata: ObjectMeta & { readonly namespace: string };
  readonly spec: {
    /** Immutable. */
    readonly clusterQueue: string;
    readonly stopPolicy?: 'None' | 'Hold' | 'HoldAndDrain';
  };
}

/** Order of workloads in queues and in preemption; it does not touch the scheduler's priority of pods. */
export interface WorkloadPriorityClass extends KubernetesObject {
  readonly apiVersion: typeof V1BETA2;
  readonly kind: 'WorkloadPriorityClass';
  readonly value: number;
  readonly description: string;
}

export const resourceFlavor = (metadata: ObjectMeta, spec: ResourceFlavor['spec']): ResourceFlavor => ({
  apiVersion: V1BETA2,
  kind: 'ResourceFlavor',
  metadata,
  spec,
});
export const cohort = (metadata: ObjectMeta, spec: Cohort['spec']): Cohort => ({
  apiVersion: V1BETA2,
  kind: 'Cohort',
  metadata,
  spec,
});
export const clusterQueue = (metadata: ObjectMeta, spec: ClusterQueue['spec']): ClusterQueue => ({
  apiVersion: V1BETA2,
  kind: 'ClusterQueue',
  metadata,
  spec,
});
export const localQueue = (metadata: LocalQueue['metadata'], spec: LocalQueue['spec']): LocalQueue => ({
  apiVersion: V1BETA2,
  kind: 'LocalQueue',
  metadata,
  spec,
});
export const workloadPriorityClass = (
  metadata: ObjectMeta,
  value: number,
  description: string,
): WorkloadPriorityClass => ({ apiVersion: V1BETA2, kind: 'WorkloadPriorityClass', metadata, value, description });
