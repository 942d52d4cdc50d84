import { type ImageId, imageParts } from '../../../schema/images';
import type { Environment } from '../../../schema/model';
import type { ClusterName } from '../../../schema/vocabulary';
import { type Allowed, free, like } from '../allowed';

/** An image of the environment's own registry as a chart asks for it: where it lies, and the tag with the digest that is recorded. */
export interface ChartImage {
  readonly registry: string;
  readonly repository: string;
  readonly path: string;
  readonly tag: string;
  readonly pinned: string;
  readonly digest: string;
}

export function chartImage(environment: Environment, cluster: ClusterName, id: ImageId): ChartImage {
  const { registry, repository, tag, digest } = imageParts(environment, cluster, id);
  return {
    registry,
    repository,
    path: `${registry}/${repository}`,
    tag,
    pinned: digest === undefined ? tag : `${tag}@${digest}`,
    digest: digest ?? '',
  };
}

const amount = like('an amount', /^\d+(?:m|Mi|Gi)?$/);
/** Amounts decide what a controller costs and how fast it is. */
export const AMOUNTS: Allowed = {
  requests: { cpu: amount, memory: amount },
  limits: { cpu: amount, memory: amount },
};
export const COUNT = free('how many there are decides how long a fault lasts');
/** With the annotation Helm leaves what belongs to a definition when a release goes. */
export const KEPT: Allowed = { 'helm.sh/resource-policy': 'keep' };
