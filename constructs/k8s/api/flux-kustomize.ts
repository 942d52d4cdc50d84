/**
 * `kustomize.toolkit.fluxcd.io/v1`, Flux 2.8.5 (read 2026-11-24): the fields used here, under their own names. Intervals and timeouts are Go durations ('10m').
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
import type { KubernetesObject } from '../object';
import type { Namespaced } from './namespaced';

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

export const kustomization = (metadata: Namespaced, spec: Kustomization['spec']): Kustomization => ({
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata,
  spec,
});
