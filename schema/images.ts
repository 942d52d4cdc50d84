import { IMAGE_LOCK, type ImageLock } from './image-lock';
import type { Environment } from './model';
import { registryNames } from './names';
import type { ClusterName } from './vocabulary';

/** A container image that runs on a cluster; mirrored into the environment's own registry under an immutable tag. */
export interface Image {
  /** Upstream reference without tag, such as `public.ecr.aws/karpenter/controller`; `built` for what this repository builds. */
  readonly upstream: string;
  readonly tag: string;
  /** SPDX identifier. */
  readonly licence: string;
  /** Where version and name were looked up; the date in brackets is that of the newest change seen there. */
  readonly source: string;
  /** Day of the look-up, ISO 8601. */
  readonly checked: string;
  /** Clusters whose account mirrors it and whose pods may run it. */
  readonly clusters: readonly ClusterName[];
  /**
   * Whose pods are made of it: those of the platform's charts, the jobs of an environment's pipelines, a team's that draw datasets or in which
   * its people work, trainings, or model servers with what stands before and beside them.
   * @default controllers
   */
  readonly usedFor?: 'controllers' | 'datasets' | 'pipelines' | 'serving' | 'trainings' | 'workbenches';
}

const CHECKED = '2026-11-24';
const BOTH = ['production', 'research'] as const;
const FLUX = {
  licence: 'Apache-2.0',
  source: 'https://github.com/fluxcd-community/helm-charts/blob/main/charts/flux2/values.yaml (2026-04-14)',
  checked: CHECKED,
  clusters: BOTH,
} as const;
const KEDA = {
  tag: '2.20.2',
  licence: 'Apache-2.0',
  source: 'https://github.com/kedacore/charts/blob/v2.20.2/keda/values.yaml (2026-07-31)',
  checked: CHECKED,
  clusters: ['production'],
} as const;

/**
 * Every image that the charts of `charts.ts` run as they are configured here, in the versions that those charts ask for,
 * and what this repository builds. What a chart can run but is switched off (Flux's notification and image controllers,
 * KueueViz) is not mirrored, so a pod of it cannot start.
 */
export const IMAGES = {
  'flux-cli': { ...FLUX, upstream: 'ghcr.io/fluxcd/flux-cli', tag: 'v2.8.5' },
  'flux-helm-controller': { ...FLUX, upstream: 'ghcr.io/fluxcd/helm-controller', tag: 'v1.5.3' },
  'flux-kustomize-controller': { ...FLUX, upstream: 'ghcr.io/fluxcd/kustomize-controller', tag: 'v1.8.3' },
  'flux-source-controller': { ...FLUX, upstream: 'ghcr.io/fluxcd/source-controller', tag: 'v1.8.2' },
  'karpenter-controller': {
    upstream: 'public.ecr.aws/karpenter/controller',
    tag: '1.14.1',
    licence: 'Apache-2.0',
    source: 'https://github.com/aws/karpenter-provider-aws/blob/main/charts/karpenter/values.yaml (2026-08-21)',
    checked: CHECKED,
    clusters: BOTH,
  },
  'keda-admission-webhooks': { ...KEDA, upstream: 'ghcr.io/kedacore/keda-admission-webhooks' },
  'keda-metrics-apiserver': { ...KEDA, upstream: 'ghcr.io/kedacore/keda-metrics-apiserver' },
  'keda-operator': { ...KEDA, upstream: 'ghcr.io/kedacore/keda' },
  // The chart's values in git name a staging image; its release build puts registry.k8s.io and the version there.
  'kueue-controller': {
    upstream: 'registry.k8s.io/kueue/kueue',
    tag: 'v0.19.2',
    licence: 'Apache-2.0',
    source: 'https://github.com/kubernetes-sigs/kueue/blob/v0.19.2/Makefile (2026-08-20)',
    checked: CHECKED,
    clusters: BOTH,
  },
  'dataset-builder': {
    upstream: 'built',
    tag: '0.1.0',
    licence: 'Apache-2.0',
    source: 'services/dataset-builder',
    checked: '2026-11-25',
    clusters: ['research'],
    usedFor: 'datasets',
  },
  'pipeline-worker': {
    upstream: 'built',
    tag: '0.1.0',
    licence: 'Apache-2.0',
    source: 'services/pipeline-worker',
    checked: CHECKED,
    clusters: ['production'],
    usedFor: 'pipelines',
  },
  trainer: {
    upstream: 'built',
    tag: '0.1.0',
    licence: 'Apache-2.0',
    source: 'services/trainer',
    checked: '2026-11-26',
    clusters: BOTH,
    usedFor: 'trainings',
  },
  // Jupyter's parts are under BSD-3-Clause, code-server under MIT; versions in its requirements.txt and Dockerfile.
  workbench: {
    upstream: 'built',
    tag: '0.1.0',
    licence: 'Apache-2.0',
    source: 'services/workbench',
    checked: '2026-11-26',
    clusters: ['research'],
    usedFor: 'workbenches',
  },
  'model-loader': {
    upstream: 'built',
    tag: '0.1.0',
    licence: 'Apache-2.0',
    source: 'services/model-loader',
    checked: '2026-11-26',
    clusters: ['production'],
    usedFor: 'serving',
  },
  router: {
    upstream: 'built',
    tag: '0.1.0',
    licence: 'Apache-2.0',
    source: 'services/router',
    checked: '2026-11-26',
    clusters: ['production'],
    usedFor: 'serving',
  },
  // The code is BSD-3-Clause; the image carries NVIDIA's libraries under NVIDIA's own licence for containers.
  triton: {
    upstream: 'nvcr.io/nvidia/tritonserver',
    tag: '26.10-py3',
    licence: 'NVIDIA-Deep-Learning-Container-License',
    source:
      'https://docs.nvidia.com/deeplearning/triton-inference-server/release-notes/rel-26-10.html, ' +
      'https://github.com/triton-inference-server/server/blob/e1db8a60/NVIDIA_Deep_Learning_Container_License.pdf',
    checked: '2026-11-26',
    clusters: ['production'],
    usedFor: 'serving',
  },
  // That PyPI's newest release, of this number, is an image as well follows from the project's documentation: docs/open-claims.md.
  vllm: {
    upstream: 'docker.io/vllm/vllm-openai',
    tag: 'v0.33.0',
    licence: 'Apache-2.0',
    source: 'https://pypi.org/project/vllm/0.33.0/, https://docs.vllm.ai/en/stable/deployment/docker/',
    checked: '2026-11-26',
    clusters: ['production'],
    usedFor: 'serving',
  },
} as const satisfies Record<string, Image>;

export type ImageId = keyof typeof IMAGES;

/** Ids of the images that a pipeline may name. */
export const PIPELINE_IMAGES: readonly string[] = Object.entries<Image>(IMAGES)
  .filter(([, { usedFor }]) => usedFor === 'pipelines')
  .map(([id]) => id);

/** Upstream reference with tag; undefined for an image that this repository builds. */
export function upstreamReference(image: Pick<Image, 'upstream' | 'tag'>): string | undefined {
  return image.upstream === 'built' ? undefined : `${image.upstream}:${image.tag}`;
}

/** The digest that is recorded for an image in the version listed here; undefined while there is none. */
export function lockedDigest(id: ImageId, lock: ImageLock = IMAGE_LOCK): string | undefined {
  const locked = lock.images[id];
  // A digest of the tag before would silently run the old version under the new name.
  return locked?.reference === upstreamReference(IMAGES[id]) ? locked?.digest : undefined;
}

/** An image in the environment's own registry, in the parts by which charts ask for it. */
export interface ImageParts {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  readonly digest?: string;
}

/** Where an image lies in the environment's own registry. */
export function imageParts(
  env: Environment,
  cluster: ClusterName,
  id: ImageId,
  lock: ImageLock = IMAGE_LOCK,
): ImageParts {
  const digest = lockedDigest(id, lock);
  return {
    registry: registryNames.host(env, cluster),
    repository: registryNames.repository(env, id),
    tag: IMAGES[id].tag,
    ...(digest === undefined ? {} : { digest }),
  };
}

/**
 * The reference of an image in the environment's own registry: the only form in which a pod may name it. It ends with the
 * digest once `atoll images lock` has recorded one.
 */
export function imageReference(
  env: Environment,
  cluster: ClusterName,
  id: ImageId,
  lock: ImageLock = IMAGE_LOCK,
): string {
  const { registry, repository, tag, digest } = imageParts(env, cluster, id, lock);
  return `${registry}/${repository}:${tag}${digest === undefined ? '' : `@${digest}`}`;
}
