import type { Environment } from '../../../schema/model';
import { controllerNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { labelSet } from '../label-set';
import type { KubernetesObject } from '../object';
import { servingNamespace } from '../serving/serving-namespace';
import { chartRelease } from './chart-release';
import { karpenterValues } from './karpenter-values';
import { kedaValues } from './keda-values';
import { kueueValues } from './kueue-values';
import { platformDoors } from './platform-doors';
import { platformNamespace } from './platform-namespace';

/** Helm leaves what carries it when a release goes: with a CRD would go every object of its kind. */
const KEEP = { 'helm.sh/resource-policy': 'keep' } as const;

/** Namespaces with their doors, chart sources and releases of a cluster's controllers. KEDA polls tenants' queues, which production alone has. */
export function controllerObjects(env: Environment, cluster: ClusterName): readonly KubernetesObject[] {
  const { flux, karpenter, keda, kueue } = controllerNames;
  const production = cluster === 'production';
  const names = [flux.namespace, karpenter.namespace, kueue.namespace, ...(production ? [keda.namespace] : [])];
  const version = env.clusters[cluster].kubernetesVersion;
  const namespaces = names.flatMap((name) => [
    platformNamespace(name, version, labelSet({ env, name, owner: 'platform' })),
    ...platformDoors(env, cluster, name),
  ]);
  const own = { env, cluster };
  // Before anything that is in it: the door to the router, the router, the servers.
  const serving = production && (env.servingPools.length > 0 || env.doors?.product !== undefined);
  return [
    ...namespaces,
    ...(serving ? servingNamespace(env) : []),
    ...chartRelease({
      ...own,
      chart: 'karpenter-crd',
      namespace: karpenter.namespace,
      values: { additionalAnnotations: KEEP },
    }),
    ...chartRelease({
      ...own,
      chart: 'karpenter',
      namespace: karpenter.namespace,
      values: karpenterValues(env, cluster),
      // Its crds folder holds the same CRDs: two releases would own them.
      crds: 'Skip',
      dependsOn: ['karpenter-crd'],
    }),
    ...chartRelease({ ...own, chart: 'kueue', namespace: kueue.namespace, values: kueueValues(env, cluster) }),
    ...(production ? chartRelease({ ...own, chart: 'keda', namespace: keda.namespace, values: kedaValues(env) }) : []),
  ];
}
