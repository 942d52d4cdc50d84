import { App, Chart } from 'cdk8s';
import { admissionObjects } from '../../constructs/k8s/platform/admission/admission';
import { doorObjects } from '../../constructs/k8s/doors/door-objects';
import { controllerObjects } from '../../constructs/k8s/platform/controllers';
import { poolNodeClass, poolNodePool } from '../../constructs/k8s/platform/pool';
import { priorityClasses } from '../../constructs/k8s/platform/priorities';
import { viewers } from '../../constructs/k8s/platform/viewers';
import { queueObjects } from '../../constructs/k8s/platform/queues';
import { object, type KubernetesObject } from '../../constructs/k8s/object';
import { renderChart } from '../../constructs/k8s/render';
import type { Environment } from '../../schema/model';
import { deliveryNames } from '../../schema/names';
import type { ClusterName } from '../../schema/vocabulary';
import type { RenderedFile } from '../rendered';
import { PLATFORM_LAYERS, type PlatformLayer } from './platform-layers';

const OBJECTS: Readonly<
  Record<PlatformLayer, (env: Environment, cluster: ClusterName) => readonly KubernetesObject[]>
> = {
  '10-controllers': controllerObjects,
  '20-pools': (env, cluster) => [
    ...env.nodePools
      .filter((pool) => pool.cluster === cluster)
      .flatMap((pool) => [poolNodeClass(env, pool), poolNodePool(env, pool)]),
    ...queueObjects(env, cluster),
    ...priorityClasses(env, cluster),
    ...doorObjects(env, cluster),
  ],
  '30-admission': admissionObjects,
};

/** One layer of a cluster's platform as a cdk8s chart. */
class PlatformChart extends Chart {
  constructor(app: App, layer: PlatformLayer, props: { readonly env: Environment; readonly cluster: ClusterName }) {
    super(app, layer);
    for (const manifest of OBJECTS[layer](props.env, props.cluster)) {
      const { namespace = '', name } = manifest.metadata;
      object(this, [manifest.kind, namespace, name].filter((part) => part !== '').join('-'), manifest);
    }
    if (layer === '10-controllers') viewers(this, props.env, props.cluster);
  }
}

/** The platform's files of one cluster, a layer each, in the order in which they are applied. */
export function platformFiles(env: Environment, cluster: ClusterName): RenderedFile[] {
  const app = new App();
  return PLATFORM_LAYERS.map((layer) => ({
    cluster,
    key: deliveryNames.platformKey(layer),
    text: renderChart(new PlatformChart(app, layer, { env, cluster })),
    owner: { kind: 'platform' },
  }));
}
