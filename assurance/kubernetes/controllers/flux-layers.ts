import type { Environment } from '../../../schema/model';
import { controllerNames, deliveryNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { type KubernetesObject, nameOf, Reader } from '../objects/kubernetes-object';

/** What a Kustomization applies, from where and as whom. */
export interface Layer {
  readonly name: string;
  readonly namespace: string;
  /** The account that Flux impersonates. @default - the one that the controller has as its default */
  readonly account?: string;
  readonly source: string;
  readonly path: string;
  /** Namespace that every object is put into. @default - the one that each names */
  readonly targetNamespace?: string;
  readonly after: readonly string[];
}

/** Files that Flux pulls: a prefix of a bucket. */
export interface Source {
  readonly name: string;
  readonly namespace: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly endpoint: string;
}

const TIMING: readonly string[] = [
  'interval',
  'retryInterval',
  'timeout',
  'wait',
  'prune',
  'force',
  'healthChecks',
  'deletionPolicy',
];

/**
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/ (2026-11-25)
 * @throws NotUnderstood on a field that changes what is applied, as whom or where: kubeConfig, patches, substitutions, decryption
 */
export function layersOf(objects: readonly KubernetesObject[]): readonly Layer[] {
  return objects
    .filter(({ kind }) => kind === 'Kustomization')
    .map((object) => {
      const spec = Reader.of(nameOf(object), 'kustomization', object)
        .object('spec')
        .only('sourceRef', 'path', 'serviceAccountName', 'targetNamespace', 'dependsOn', ...TIMING);
      // What is taken out of the files goes from the cluster, and what has changed by hand is put right without being made anew.
      if (spec.value['prune'] !== true) throw spec.wrong('prune', 'true');
      if (spec.value['force'] !== false) throw spec.wrong('force', 'false');
      if (spec.has('deletionPolicy')) throw spec.wrong('deletionPolicy', 'nothing');
      const reference = spec.object('sourceRef').only('kind', 'name', 'namespace');
      if (reference.text('kind') !== 'Bucket') throw reference.wrong('kind', 'Bucket');
      const [account, target] = [spec.optionalText('serviceAccountName'), spec.optionalText('targetNamespace')];
      const home = object.metadata.namespace ?? 'default';
      const elsewhere = reference.optionalText('namespace');
      return {
        name: object.metadata.name,
        namespace: home,
        source: `${elsewhere ?? home}/${reference.text('name')}`,
        path: spec.text('path'),
        after: spec.objects('dependsOn').map((each) => each.only('name', 'namespace').text('name')),
        ...(account === undefined ? {} : { account }),
        ...(target === undefined ? {} : { targetNamespace: target }),
      };
    });
}

/** @throws NotUnderstood on a field that is not known, such as credentials of its own */
export function sourcesOf(objects: readonly KubernetesObject[]): readonly Source[] {
  return objects
    .filter(({ kind }) => kind === 'Bucket')
    .map((object) => {
      const spec = Reader.of(nameOf(object), 'bucket', object)
        .object('spec')
        .only('provider', 'bucketName', 'endpoint', 'region', 'prefix', 'interval', 'timeout');
      return {
        name: object.metadata.name,
        namespace: object.metadata.namespace ?? 'default',
        bucket: spec.text('bucketName'),
        prefix: spec.optionalText('prefix') ?? '',
        endpoint: `${spec.text('provider')} ${spec.text('endpoint')} ${spec.optionalText('region') ?? ''}`,
      };
    });
}

/** The source that the platform writes for a prefix of the cluster's delivery bucket. */
export const declaredSource = (
  environment: Environment,
  cluster: ClusterName,
  name: string,
  prefix: string,
): Source => ({
  name,
  namespace: controllerNames.flux.namespace,
  bucket: deliveryNames.bucket(environment, cluster),
  prefix,
  endpoint: `aws s3.${environment.region}.amazonaws.com ${environment.region}`,
});

/** The first field in which two differ, in words; undefined where they are the same. */
export function difference<T extends object>(found: T, expected: T): string | undefined {
  const keys = [...new Set([...Object.keys(expected), ...Object.keys(found)])] as (keyof T & string)[];
  const key = keys.find((each) => JSON.stringify(found[each]) !== JSON.stringify(expected[each]));
  return key === undefined ? undefined : `${key}: got ${shown(found[key])}, expected ${shown(expected[key])}`;
}

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
