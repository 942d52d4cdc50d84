import { type ImageId, imageParts } from '../../../schema/images';
import type { Environment } from '../../../schema/model';
import { clusterNames, controllerNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';

export interface Resources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu?: string; readonly memory: string };
}

const IMAGE: ImageId = 'karpenter-controller';

/** Limit equals request: Karpenter computes GOMEMLIMIT from it. @see https://karpenter.sh/docs/getting-started/ (v1.14, 2026-11-24) */
const RESOURCES: Resources = { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1', memory: '1Gi' } };

/**
 * Values of the chart `karpenter`.
 * @see https://github.com/aws/karpenter-provider-aws/blob/v1.14.1/charts/karpenter/values.yaml
 */
export function karpenterValues(env: Environment, cluster: ClusterName): object {
  const image = imageParts(env, cluster, IMAGE);
  return {
    serviceAccount: { create: true, name: controllerNames.karpenter.serviceAccount },
    replicas: 2,
    controller: {
      image: {
        repository: `${image.registry}/${image.repository}`,
        tag: image.tag,
        // The chart's own digest is that of the public index; the mirror's is known only once it is recorded.
        digest: image.digest ?? '',
      },
      resources: RESOURCES,
      // Without it the region is asked of the metadata service, which a pod does not reach (hop limit 1).
      env: [{ name: 'AWS_REGION', value: env.region }],
    },
    settings: {
      clusterName: clusterNames.cluster(env, cluster),
      interruptionQueue: clusterNames.interruptionQueue(env, cluster),
      // The pricing API has no VPC endpoint: prices are those compiled into the release.
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
