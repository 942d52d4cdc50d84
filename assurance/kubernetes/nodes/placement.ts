import { labels as labelNames } from '../../../schema/names';
import type { Tenant } from '../../../schema/tenant';
import type { Environment } from '../../../schema/model';
import { honestPod, placed, poolsOf as declaredPools, SYSTEM_POOL } from '../admission/pods';
import type { Court, Namespace } from '../admission/court';
import { identities } from '../admission/identities';
import { shapes } from '../admission/shapes';
import type { Fields, Labels } from '../objects/kubernetes-object';
import { strangersOf } from '../objects/placeholder';
import type { Finding } from '../../finding';
import { finding, openWay } from '../way';
import type { Pool, Taint } from './pools';

/** A kind of node that may come up: of a pool, and of a tenant where the pool has nodes per tenant. */
interface NodeKind {
  readonly pool: string;
  readonly tenant?: string;
  readonly labels: Labels;
  readonly taints: readonly Taint[];
}

/** Every kind of node that matters to a tenant: its own, others', shared ones, the controllers'. */
function nodeKinds(pools: readonly Pool[], tenant: string): readonly NodeKind[] {
  const system: NodeKind = { pool: SYSTEM_POOL, labels: { [labelNames.pool]: SYSTEM_POOL }, taints: [] };
  return [
    system,
    ...pools.flatMap(({ name, labels, taints, perTenant }) =>
      (perTenant ? [tenant, ...strangersOf(tenant)] : [undefined]).map((owner) => ({
        pool: name,
        taints,
        ...(owner === undefined
          ? { labels }
          : { tenant: owner, labels: { ...labels, [labelNames.nodeTenant]: owner } }),
      })),
    ),
  ];
}

/** What a pod may ask for: every pool with no tenant, its own, or another, under every toleration that could help. */
function wishes(pools: readonly Pool[], tenant: string): readonly Fields[] {
  const names = [SYSTEM_POOL, ...pools.map(({ name }) => name)];
  const asked = names.flatMap((name) =>
    [undefined, tenant, ...strangersOf(tenant)].map((owner) => placed(name, owner)),
  );
  const everything = { tolerations: [{ operator: 'Exists' }] };
  const everyPool = { tolerations: [{ key: labelNames.pool, operator: 'Exists' }] };
  return [{}, ...asked].flatMap((wish) => [wish, { ...wish, ...everything }, { ...wish, ...everyPool }]);
}

/** Whether the scheduler may put a pod there: its selector fits, and it tolerates the taints. */
function fits(wish: Fields, { labels, taints }: NodeKind): boolean {
  const selector = (wish['nodeSelector'] ?? {}) as Labels;
  const tolerations = (wish['tolerations'] ?? []) as readonly Fields[];
  return (
    Object.entries(selector).every(([key, value]) => labels[key] === value) &&
    taints.every(({ key, value, effect }) =>
      tolerations.some(
        (each) =>
          (each['key'] === undefined || each['key'] === key) &&
          (each['operator'] === 'Exists' || each['value'] === value) &&
          (each['effect'] === undefined || each['effect'] === effect),
      ),
    )
  );
}

/**
 * On which nodes an admitted pod of the tenant can run, against the pools that its isolation gives it: another tenant's node, a shared
 * one of a tenant that is not shared, or the controllers' is open; a pool of its own on which it cannot run is closed.
 */
export function provePlacement(
  environment: Environment,
  court: Court,
  namespace: Namespace,
  tenant: Tenant,
  pools: readonly Pool[],
): readonly Finding[] {
  const declared = declaredPools(environment, tenant);
  const admitted = wishes(pools, tenant.id).filter((wish) => {
    const pod = honestPod(environment, 'production', 'pipeline', wish);
    return (
      court.refused({
        by: identities.jobController,
        operation: 'CREATE',
        group: '',
        version: 'v1',
        resource: 'pods',
        namespace,
        object: shapes.pod.around(pod, {}),
      }) === undefined
    );
  });
  const subject = `production: ${namespace.name}`;
  return nodeKinds(pools, tenant.id).flatMap((node) => {
    const own = declared.some(({ pool, tenant: owner }) => pool.name === node.pool && owner === node.tenant);
    const by = admitted.find((wish) => fits(wish, node));
    const on = `a node of pool ${node.pool}${node.tenant === undefined ? '' : ` and tenant ${node.tenant}`}`;
    if (own)
      return openWay(
        subject,
        `a pod of tenant ${tenant.id} runs on ${on}`,
        by === undefined ? 'no pod that admission lets through fits it' : undefined,
      );
    return by === undefined
      ? []
      : [
          finding(
            'open',
            subject,
            `a pod of tenant ${tenant.id} runs on ${on}: got open, expected closed; it is admitted with ${JSON.stringify(by)}`,
          ),
        ];
  });
}
