/**
 * `helm.toolkit.fluxcd.io/v2`, Flux 2.8.5 (read 2026-11-24): the fields used here, under their own names. Intervals and timeouts are Go durations ('10m').
 * @see https://fluxcd.io/flux/components/helm/helmreleases/
 */
import type { KubernetesObject } from '../object';
import type { Namespaced } from './namespaced';

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

export const helmRelease = (metadata: Namespaced, spec: HelmRelease['spec']): HelmRelease => ({
  apiVersion: 'helm.toolkit.fluxcd.io/v2',
  kind: 'HelmRelease',
  metadata,
  spec,
});
