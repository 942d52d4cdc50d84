/**
 * `source.toolkit.fluxcd.io/v1`, Flux 2.8.5 (read 2026-11-24): the fields used here, under their own names. Intervals and timeouts are Go durations ('10m').
 * @see https://fluxcd.io/flux/components/source/buckets/
 * @see https://fluxcd.io/flux/components/source/ocirepositories/
 */
import type { KubernetesObject } from '../object';
import type { Namespaced } from './namespaced';

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
