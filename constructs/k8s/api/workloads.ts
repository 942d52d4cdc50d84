import type { KubernetesObject, ObjectMeta } from '../object';

type Namespaced = ObjectMeta & { readonly namespace: string };
type Labels = Readonly<Record<string, string>>;

/** @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/deployment-v1/ (2026-11-26) */
export interface Deployment extends KubernetesObject {
  readonly apiVersion: 'apps/v1';
  readonly kind: 'Deployment';
  readonly metadata: Namespaced;
  readonly spec: {
    /** Left out where KEDA says how many: Flux would put its own number back. */
    readonly replicas?: number;
    readonly revisionHistoryLimit: number;
    readonly selector: { readonly matchLabels: Labels };
    readonly strategy: {
      readonly type: 'RollingUpdate';
      readonly rollingUpdate: { readonly maxSurge: number; readonly maxUnavailable: number };
    };
    /** Seconds after which a rollout that does not come up counts as failed. Upstream default 600. */
    readonly progressDeadlineSeconds: number;
    readonly template: object;
  };
}

export interface Service extends KubernetesObject {
  readonly apiVersion: 'v1';
  readonly kind: 'Service';
  readonly metadata: Namespaced;
  readonly spec: {
    readonly selector: Labels;
    readonly ports: readonly {
      readonly name: string;
      readonly protocol: 'TCP';
      readonly port: number;
      readonly targetPort: number;
    }[];
  };
}

export interface ConfigMap extends KubernetesObject {
  readonly apiVersion: 'v1';
  readonly kind: 'ConfigMap';
  readonly metadata: Namespaced;
  readonly data: Readonly<Record<string, string>>;
}

export interface PodDisruptionBudget extends KubernetesObject {
  readonly apiVersion: 'policy/v1';
  readonly kind: 'PodDisruptionBudget';
  readonly metadata: Namespaced;
  readonly spec: { readonly minAvailable: number; readonly selector: { readonly matchLabels: Labels } };
}

/** What a container of Pod Security `restricted` says of itself. */
export const RESTRICTED_CONTAINER = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
} as const;

/** The same of a pod, whose containers run as one user that is not root. */
export const restrictedPod = (user: number): object => ({
  runAsNonRoot: true,
  runAsUser: user,
  runAsGroup: user,
  fsGroup: user,
  seccompProfile: { type: 'RuntimeDefault' },
});
