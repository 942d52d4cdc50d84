import type { Environment } from '../../../schema/model';
import { labels as labelNames, registryNames } from '../../../schema/names';
import type { NodePool } from '../../../schema/node-pool';
import type { Tenant } from '../../../schema/tenant';
import type { ClusterName } from '../../../schema/vocabulary';
import type { Fields } from '../objects/kubernetes-object';

/** The node group of the controllers: its nodes carry the pool's label and no taint. */
export const SYSTEM_POOL = 'system';

const toleration = (pool: string): Fields => ({
  key: labelNames.pool,
  operator: 'Equal',
  value: pool,
  effect: 'NoSchedule',
});

/** Where a pod asks to run: a pool and, on nodes per tenant, the tenant of the node. */
export const placed = (pool: string, tenant?: string): Fields => ({
  nodeSelector: { [labelNames.pool]: pool, ...(tenant === undefined ? {} : { [labelNames.nodeTenant]: tenant }) },
  tolerations: [toleration(pool)],
});

/** A pod that asks for nothing that it may not have. */
export function honestPod(
  environment: Environment,
  cluster: ClusterName,
  serviceAccountName: string,
  placement: Fields,
): Fields {
  return {
    serviceAccountName,
    automountServiceAccountToken: false,
    restartPolicy: 'Never',
    ...placement,
    securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      container(`${registryNames.host(environment, cluster)}/${registryNames.repository(environment, 'worker')}:1`),
    ],
  };
}

export const container = (image: string): Fields => ({
  name: 'worker',
  image,
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
});

/** Pools of the production cluster on which pods of the tenant may run, and the node's tenant there, if it has one. */
export function poolsOf(environment: Environment, { id, isolation }: Tenant): { pool: NodePool; tenant?: string }[] {
  return environment.nodePools
    .filter(({ cluster, workload }) => cluster === 'production' && workload !== 'serving')
    .filter(({ segregation, workload }) =>
      isolation === 'dedicated' ? segregation === 'tenant' : segregation === 'shared' || workload === 'training',
    )
    .map((pool) => (pool.segregation === 'tenant' ? { pool, tenant: id } : { pool }));
}
