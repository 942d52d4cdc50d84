import type { Environment } from './model';
import { registryNames } from './names';
import type { ClusterName } from './vocabulary';

/** A container image that runs on a cluster; mirrored into the environment's own registry under an immutable tag. */
export interface Image {
  /** Upstream reference without tag, such as `public.ecr.aws/karpenter/controller`; `built` for what this repository builds. */
  readonly upstream: string;
  readonly tag: string;
  readonly licence: string;
  /** Where version and name were looked up, and when. */
  readonly source: string;
  readonly checked: string;
  readonly clusters: readonly ClusterName[];
}

export const IMAGES = {
  'pipeline-worker': {
    upstream: 'built',
    tag: '0.1.0',
    licence: 'Apache-2.0',
    source: 'services/pipeline-worker',
    checked: '2026-11-24',
    clusters: ['production'],
  },
} as const satisfies Record<string, Image>;

export type ImageId = keyof typeof IMAGES;

/** The reference of an image in the environment's own registry: the only form in which a pod may name it. */
export function imageReference(env: Environment, cluster: ClusterName, id: ImageId): string {
  return `${registryNames.host(env, cluster)}/${registryNames.repository(env, id)}:${IMAGES[id].tag}`;
}
