import type { Environment } from '../../schema/model';
import { tenantNames } from '../../schema/names';
import type { Finding } from '../finding';
import { authenticationAttacks, triggerAttacks } from './admission/keda-attacks';
import { controllerWays, namespaceAttacks } from './admission/namespace-attacks';
import { account, identities } from './admission/identities';
import type { Battlefield } from './admission/pod-attacks';
import { honestPod, placed, poolsOf } from './admission/pods';
import { tenantPodAttacks, tenantUserAttacks } from './admission/tenant-attacks';
import { proveTrainings } from './admission/tenant-trainings';
import { proveWorkloads } from './admission/tenant-workloads';
import { type Cluster, identityLock } from './cluster';
import { proveTenantLayers, writableLayer } from './controllers/tenant-layers';
import { listensLock, proveTenantNamespace, withName } from './controllers/tenant-namespace';
import { commonDestinations } from './destinations';
import { networkPolicies } from './network/policies';
import { zonesFor } from './network/zones';
import { reachByAddress, reachByLabels, reachedByAddress, type Room } from './network/reach';
import { provePlacement } from './nodes/placement';
import type { TenantObjects } from './objects/tenant-classes';
import { reconciler } from './rbac/declared-rights';
import { type Grant, grantsOf, isRbac } from './rbac/grants';
import { proveRights } from './rbac/prove-rights';
import { closedWay, type Way } from './way';

/** What a proof of one tenant's or team's room says: ways that must be closed, and what was found wrong besides. */
export interface RoomProof {
  readonly ways: readonly Way[];
  readonly findings: readonly Finding[];
}

/** A tenant's namespace with all that the network's proof asks of it. */
export function tenantRoom(
  environment: Environment,
  cluster: Cluster,
  { tenant, platform, workloads }: TenantObjects,
): { room: Room; grants: readonly Grant[] } {
  const name = tenantNames.namespace(tenant.id);
  const written = platform.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === name);
  const namespace = { name, labels: withName(name, written?.metadata.labels ?? {}) };
  const grants = grantsOf(platform.filter(isRbac));
  const [own] = poolsOf(environment, tenant);
  const honest =
    own === undefined ? undefined : honestPod(environment, 'production', 'pipeline', placed(own.pool.name, own.tenant));
  const room: Room = {
    owner: `tenant ${tenant.id}`,
    cluster: 'production',
    namespace,
    policies: networkPolicies(platform).filter((policy) => policy.namespace === name),
    identity: identityLock(cluster, namespace, honest, grants),
    listens: [listensLock(platform, workloads)],
  };
  return { room, grants };
}

/** Everything of one tenant but the pairs with others. */
export function proveTenant(environment: Environment, cluster: Cluster, objects: TenantObjects): RoomProof {
  const { tenant, platform, workloads } = objects;
  const { room, grants: own } = tenantRoom(environment, cluster, objects);
  const grants = [...cluster.grants, ...own];
  const field: Battlefield = { court: cluster.court, grants, namespace: room.namespace, owner: room.owner };
  const layers = proveTenantLayers(environment, objects, grants, cluster.flux);
  const byAddress = reachByAddress(room, zonesFor(cluster.zones, undefined), cluster.vpc, cluster.metadata);
  const byLabels = commonDestinations(cluster, room, 'tenant').map((to) => reachByLabels(room, to));
  const ways = [
    ...tenantPodAttacks(environment, field, tenant),
    ...tenantUserAttacks(environment, field, tenant),
    ...triggerAttacks(environment, field, tenant),
    ...authenticationAttacks(field, tenant),
    ...namespaceAttacks(field, [
      ['its own layer', identities.reconciler(tenant.id)],
      ['a pod of its own', account(room.namespace.name, 'pipeline')],
    ]),
    ...layers.ways,
    ...byAddress.ways,
    ...reachedByAddress(room, cluster.zones),
    ...byLabels.flatMap((each) => each.ways),
  ];
  return {
    ways,
    findings: [
      ...ways.flatMap(closedWay),
      ...proveTenantNamespace(environment, tenant, platform),
      ...proveRights('production', own, [reconciler(tenant.id)]),
      ...layers.findings,
      ...writableLayer(objects, grants),
      ...proveWorkloads(environment, field, tenant, workloads),
      ...proveTrainings(environment, field, tenant, workloads),
      ...provePlacement(environment, cluster.court, room.namespace, tenant, cluster.pools),
      ...byAddress.findings,
      ...byLabels.flatMap((each) => each.findings),
      ...controllerFindings(field),
    ],
  };
}

/** What controllers of Kubernetes and Flux have to do in a namespace is let through. */
export const controllerFindings = (field: Battlefield): readonly Finding[] =>
  controllerWays(field).flatMap(([what, refused]) =>
    refused === undefined
      ? []
      : [
          {
            proof: 'kubernetes' as const,
            kind: 'closed' as const,
            subject: `${field.court.cluster}: ${field.namespace.name}`,
            message: `${what}: got closed, expected open; refused by ${refused}`,
          },
        ],
  );
