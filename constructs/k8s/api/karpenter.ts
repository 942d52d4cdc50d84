/**
 * `karpenter.sh/v1`, Karpenter v1.14.1 (read 2026-11-24): the fields used here, under their own names.
 * @see https://github.com/kubernetes-sigs/karpenter/blob/v1.14.1/pkg/apis/v1/nodepool.go
 */
import type { KubernetesObject, ObjectMeta } from '../object';

export interface Requirement {
  readonly key: string;
  /** `Exists`: a node takes the value that the pod asks for, so every value gets nodes of its own. */
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt' | 'Gte' | 'Lte';
  readonly values?: readonly string[];
}

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: 'NoSchedule' | 'NoExecute' | 'PreferNoSchedule';
}

export interface DisruptionBudget {
  /** A count or a percentage of the pool's nodes that may go at once. Upstream default 10%. */
  readonly nodes: string;
  /** Upstream default: all reasons. */
  readonly reasons?: readonly ('Underutilized' | 'Empty' | 'Drifted')[];
}

export interface NodePool extends KubernetesObject {
  readonly apiVersion: 'karpenter.sh/v1';
  readonly kind: 'NodePool';
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: {
        readonly nodeClassRef: {
          readonly group: 'karpenter.k8s.aws';
          readonly kind: 'EC2NodeClass';
          readonly name: string;
        };
        readonly requirements: readonly Requirement[];
        readonly taints: readonly Taint[];
        /** Longest life of a node, a Go duration or 'Never'. Upstream default 720h. */
        readonly expireAfter: string;
        /** Longest wait for pods of a leaving node. It overrides `do-not-disrupt` and disruption budgets. Upstream default: for ever. */
        readonly terminationGracePeriod: string;
      };
    };
    readonly disruption: {
      readonly consolidationPolicy: 'WhenEmpty' | 'WhenEmptyOrUnderutilized';
      /** Idle time before a node goes, a Go duration. Upstream default 0s. */
      readonly consolidateAfter: string;
      readonly budgets: readonly DisruptionBudget[];
    };
    /** Most of each resource that the pool may hold; quantities as strings. Without it a runaway has no ceiling. */
    readonly limits: Readonly<Record<string, string>>;
    /** 1 to 100; the pool with the higher weight is tried first. Upstream default 0. `replicas` (a floor) is left out on purpose. */
    readonly weight?: number;
  };
}

export const nodePool = (metadata: ObjectMeta, spec: NodePool['spec']): NodePool => ({
  apiVersion: 'karpenter.sh/v1',
  kind: 'NodePool',
  metadata,
  spec,
});
