import { type ImageId, imageReference, IMAGES } from '../../../schema/images';
import type { Environment } from '../../../schema/model';
import type { ClusterName } from '../../../schema/vocabulary';
import type { Container } from './pod-template';
import { type GateContext, type Report, shown } from './subject';

const allowedByEnvironment = new WeakMap<Environment, Map<ClusterName, ReadonlySet<string>>>();

/** The references of the list for this cluster, made once per environment: a gate runs over thousands of files. */
export function allowedImages({ env, cluster }: GateContext): ReadonlySet<string> {
  let byCluster = allowedByEnvironment.get(env);
  if (byCluster === undefined) allowedByEnvironment.set(env, (byCluster = new Map<ClusterName, ReadonlySet<string>>()));
  let allowed = byCluster.get(cluster);
  if (allowed === undefined) {
    const ids = (Object.keys(IMAGES) as ImageId[]).filter((id) =>
      (IMAGES[id].clusters as readonly ClusterName[]).includes(cluster),
    );
    allowed = new Set(ids.map((id) => imageReference(env, cluster, id)));
    byCluster.set(cluster, allowed);
  }
  return allowed;
}

/** Private nodes have no way to another registry, and nobody reviewed what lies in one. */
export function imageFaults(context: GateContext, container: Container, report: Report): void {
  const image = container.spec['image'];
  if (typeof image !== 'string' || !allowedImages(context).has(image)) {
    report(
      `${container.path}.image: got ${shown(image)}, allowed the images of schema/images.ts for the ${context.cluster} cluster, in its own registry; use imageReference`,
    );
  }
}
