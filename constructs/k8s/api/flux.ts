/**
 * `source.toolkit.fluxcd.io/v1`, `kustomize.toolkit.fluxcd.io/v1` and `helm.toolkit.fluxcd.io/v2`, Flux 2.8 (read 2026-11-24): the
 * fields used here, under their own names. Intervals and timeouts are Go durations ('10m').
 * @see https://fluxcd.io/flux/components/source/buckets/
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 * @see https://fluxcd.io/flux/components/helm/helmreleases/
 */
import type { KubernetesObject, ObjectMeta } from '../object';

type Namespaced = ObjectMeta & { readonly namespace: string };

/** A prefix of an S3 bucket; its revision is a digest of the keys and ETags below the prefix alone. */
export interface Bucket extends KubernetesObject {
  readonly apiVersion: 'source.toolkit.fluxcd.io/v1';
  readonly kind: 'Bucket';
  readonly metadata: Namespaced;
  readonly spec: {
    /** 'aws': credentials of the controller's own Pod Identity. */
    readonly provider: 'aws';
    readonly bucketName: string;
    readonly endpoint: string;
    readonly region: string;
    /** Filters on the server's side. The artifact keeps whole keys as paths, the prefix included. */
    readonly prefix: string;
    /** Time between two listings. */
    readonly interval: string;
    /** Upstream default 60s. */
    readonly timeout?: string;
  };
}

/** An OCI artefact of a registry. */
export interface OCIRepository extends KubernetesObject {
  readonly apiVersion: 'source.toolkit.fluxcd.io/v1';
  readonly kind: 'OCIRepository';
  readonly metadata: Namespaced;
  readonly spec: {
    readonly url: string;
    /** 'aws': ECR, by the controller's own Pod Identity. */
    readonly provider: 'aws';
    readonly ref: { readonly tag: string } | { readonly digest: string };
    readonly interval: string;
    /** Helm charts are one layer of this type; `copy` hands the chart on without unpacking it. */
    readonly layerSelector: {
      readonly mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
      readonly operation: 'copy';
    };
  };
}

export interface HealthCheck {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** Objects below a path of a source, applied on the server's side. */
export interface Kustomization extends KubernetesObject {
  readonly apiVersion: 'kustomize.toolkit.fluxcd.io/v1';
  readonly kind: 'Kustomization';
  readonly metadata: Namespaced;
  readonly spec: {
    /** Names a source of the same namespace: references across namespaces are off. */
    readonly sourceRef: { readonly kind: 'Bucket'; readonly name: string };
    readonly path: string;
    /** Removes what is no longer below the path. */
    readonly prune: true;
    /** false: an immutable field that changed is an error for a person, not a recreation. */
    readonly force: false;
    readonly interval: string;
    readonly retryInterval: string;
    readonly timeout: string;
    /** Ready only when every object is. It overrides healthChecks. */
    readonly wait?: boolean;
    readonly healthChecks?: readonly HealthCheck[];
    /** Kustomizations of this namespace that must be ready first. */
    readonly dependsOn?: readonly { readonly name: string }[];
    /**
     * Account that the controller impersonates, always named: the upstream default is that of its `--default-service-account` flag,
     * else its own.
     */
    readonly serviceAccountName: string;
    /** Sets the namespace of every object, so that none can name another one. */
    readonly targetNamespace?: string;
    readonly deletionPolicy?: 'MirrorPrune' | 'Delete' | 'WaitForTermination' | 'Orphan';
  };
}

/** A release of a chart. */
export interface HelmRelease extends KubernetesObject {
  readonly apiVersion: 'helm.toolkit.fluxcd.io/v2';
  readonly kind: 'HelmRelease';
  readonly metadata: Namespaced;
  readonly spec: {
    readonly chartRef: { readonly kind: 'OCIRepository'; readonly name: string };
    readonly releaseName: string;
    readonly targetNamespace: string;
    /** Where Helm keeps the release's record. */
    readonly storageNamespace: string;
    readonly interval: string;
    readonly timeout: string;
    readonly maxHistory: number;
    readonly dependsOn?: readonly { readonly name: string }[];
    /** Account that the controller impersonates. */
    readonly serviceAccountName: string;
    readonly install: {
      readonly crds: 'Create' | 'CreateReplace' | 'Skip';
      readonly remediation: { readonly retries: number };
    };
    readonly upgrade: {
      readonly crds: 'Create' | 'CreateReplace' | 'Skip';
      readonly cleanupOnFail: boolean;
      readonly remediation: { readonly retries: number; readonly strategy: 'rollback' };
    };
    readonly driftDetection: { readonly mode: 'enabled' | 'warn' | 'disabled' };
    readonly values: object;
  };
}

export const bucket = (metadata: Namespaced, spec: Bucket['spec']): Bucket => ({
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'Bucket',
  metadata,
  spec,
});
export const ociRepository = (metadata: Namespaced, spec: OCIRepository['spec']): OCIRepository => ({
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'OCIRepository',
  metadata,
  spec,
});
export const kustomization = (metadata: Namespaced, spec: Kustomization['spec']): Kustomization => ({
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata,
  spec,
});
export const helmRelease = (metadata: Namespaced, spec: HelmRelease['spec']): HelmRelease => ({
  apiVersion: 'helm.toolkit.fluxcd.io/v2',
  kind: 'HelmRelease',
  metadata,
  spec,
});
