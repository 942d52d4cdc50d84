/**
 * `keda.sh/v1alpha1`, KEDA v2.20.2 (read 2026-11-24): the fields used here, under their own names.
 * @see https://github.com/kedacore/keda/tree/v2.20.2/apis/keda/v1alpha1
 * @see https://github.com/kedacore/keda/blob/v2.20.2/pkg/scalers/aws_sqs_queue_scaler.go
 */
import type { KubernetesObject, ObjectMeta } from '../object';

const V1ALPHA1 = 'keda.sh/v1alpha1';

/** All values of trigger metadata are strings. */
export interface SqsTrigger {
  readonly type: 'aws-sqs-queue';
  readonly metadata: {
    readonly queueURL: string;
    readonly awsRegion: string;
    /** Messages that one Job is meant for. Upstream default 5. */
    readonly queueLength: string;
    /** Messages above which anything starts at all. Upstream default 0. */
    readonly activationQueueLength?: string;
    /** Whether messages in flight count. Upstream default true. */
    readonly scaleOnInFlight?: 'true' | 'false';
    /** Whether delayed messages count. Upstream default false. */
    readonly scaleOnDelayed?: 'true' | 'false';
  };
  /** A TriggerAuthentication of the same namespace. */
  readonly authenticationRef: { readonly name: string };
}

/** A number in the answer of an HTTP server. @see https://keda.sh/docs/2.20/scalers/metrics-api (2026-11-26) */
export interface MetricsApiTrigger {
  readonly type: 'metrics-api';
  readonly metadata: {
    readonly url: string;
    readonly format: 'json';
    /** Path of the number, in GJSON. */
    readonly valueLocation: string;
    /** Of it one replica is meant for so much. */
    readonly targetValue: string;
    /** Every pod behind the Service is asked, by its EndpointSlices; the port is then the pod's. Upstream default false: one of them. */
    readonly aggregateFromKubeServiceEndpoints: 'true';
    readonly aggregationType: 'sum';
  };
}

/**
 * Replicas of a Deployment, from none. A new one is scaled to none at the first look, without a wait, where nothing asks for it
 * (`pkg/scaling/executor/scale_scaledobjects.go`: `initialCooldownPeriod` is 0).
 */
export interface ScaledObject extends KubernetesObject {
  readonly apiVersion: typeof V1ALPHA1;
  readonly kind: 'ScaledObject';
  readonly metadata: ObjectMeta & { readonly namespace: string };
  readonly spec: {
    readonly scaleTargetRef: { readonly apiVersion: 'apps/v1'; readonly kind: 'Deployment'; readonly name: string };
    /** Seconds between two looks. Upstream default 30. */
    readonly pollingInterval: number;
    /** Seconds without demand until the last replica goes. Upstream default 300. */
    readonly cooldownPeriod: number;
    readonly minReplicaCount: 0;
    readonly maxReplicaCount: number;
    readonly triggers: readonly MetricsApiTrigger[];
  };
}

export const scaledObject = (metadata: ScaledObject['metadata'], spec: ScaledObject['spec']): ScaledObject => ({
  apiVersion: V1ALPHA1,
  kind: 'ScaledObject',
  metadata,
  spec,
});

/** A Job per batch of messages, from none. */
export interface ScaledJob extends KubernetesObject {
  readonly apiVersion: typeof V1ALPHA1;
  readonly kind: 'ScaledJob';
  readonly metadata: ObjectMeta & { readonly namespace: string };
  readonly spec: {
    /** A batch/v1 JobSpec. */
    readonly jobTargetRef: JobSpec;
    /** Seconds between two looks at the queue. Upstream default 30. */
    readonly pollingInterval: number;
    /** Upstream default 100 each: 200 finished Jobs a pipeline. */
    readonly successfulJobsHistoryLimit: number;
    readonly failedJobsHistoryLimit: number;
    /** Most Jobs at once. Upstream default 100. `minReplicaCount` (a floor) is left out on purpose. */
    readonly maxReplicaCount: number;
    /** `gradual`: a change of the spec leaves running Jobs alone. The default deletes them. */
    readonly rollout: { readonly strategy: 'gradual' };
    readonly scalingStrategy: { readonly strategy: 'default' | 'accurate' | 'eager' };
    readonly triggers: readonly SqsTrigger[];
  };
}

/** The part of batch/v1's JobSpec used here; pods are plain core/v1 data. */
export interface JobSpec {
  readonly parallelism?: number;
  readonly completions?: number;
  readonly backoffLimit?: number;
  readonly activeDeadlineSeconds?: number;
  readonly ttlSecondsAfterFinished?: number;
  readonly suspend?: boolean;
  readonly podFailurePolicy?: { readonly rules: readonly object[] };
  readonly template: object;
}

/** How KEDA authenticates to a trigger's source. */
export interface TriggerAuthentication extends KubernetesObject {
  readonly apiVersion: typeof V1ALPHA1;
  readonly kind: 'TriggerAuthentication';
  readonly metadata: ObjectMeta & { readonly namespace: string };
  /**
   * `aws` without an owner is the operator's own role. `identityOwner: workload` needs an IRSA annotation and fails with Pod Identity
   * (kedacore/keda#6418).
   */
  readonly spec: { readonly podIdentity: { readonly provider: 'aws' } };
}

export const scaledJob = (metadata: ScaledJob['metadata'], spec: ScaledJob['spec']): ScaledJob => ({
  apiVersion: V1ALPHA1,
  kind: 'ScaledJob',
  metadata,
  spec,
});
export const triggerAuthentication = (
  metadata: TriggerAuthentication['metadata'],
  spec: TriggerAuthentication['spec'],
): TriggerAuthentication => ({ apiVersion: V1ALPHA1, kind: 'TriggerAuthentication', metadata, spec });
