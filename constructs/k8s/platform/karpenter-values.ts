import { type ImageId, imageParts } from '../../../schema/images';
import type { Environment } from '../../../schema/model';
import { clusterNames, controllerNames } from '../../../schema/names';
import { CONTROLLERS } from '../../../schema/system-load';
import type { ClusterName } from '../../../schema/vocabulary';
import { resourcesOf } from './resources-of';

const IMAGE: ImageId = 'karpenter-controller';

/**
 * Values of the chart `karpenter`.
 * @see https://github.com/aws/karpenter-provider-aws/blob/v1.14.1/charts/karpenter/values.yaml (read 2026-11-24)
 */
export function karpenterValues(env: Environment, cluster: ClusterName): object {
  const image = imageParts(env, cluster, IMAGE);
  return {
    serviceAccount: { create: true, name: controllerNames.karpenter.serviceAccount },
    replicas: CONTROLLERS.karpenter.replicas,
    controller: {
      image: {
        repository: `${image.registry}/${image.repository}`,
        tag: image.tag,
        // The chart's own digest is that of the public index; the mirror's is known only once it is recorded.
        digest: image.digest ?? '',
      },
      resources: resourcesOf(CONTROLLERS.karpenter),
      // Without it the region is asked of the metadata service, which a pod does not reach (hop limit 1).
      env: [{ name: 'AWS_REGION', value: env.region }],
    },
    settings: {
      clusterName: clusterNames.cluster(env, cluster),
      interruptionQueue: clusterNames.interruptionQueue(env, cluster),
      // No calls of the pricing API, so prices are those compiled into the release, and no clean-up of instance profiles by IAM,
      // which has no endpoint in the VPC (v1.14.1, pkg/controllers/controllers.go and nodeclass/controller.go, read 2026-11-24).
      isolatedVPC: true,
      // Pods that need a pool have a required selector; a preferred rule must never buy a bigger machine.
      preferencePolicy: 'Ignore',
      featureGates: {
        nodeRepair: false,
        nodeOverlay: false,
        reservedCapacity: true,
        spotToSpotConsolidation: false,
        // `replicas` would be a floor under a GPU pool.
        staticCapacity: false,
        capacityBuffer: false,
      },
    },
  };
}
