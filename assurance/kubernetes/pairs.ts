import type { Environment } from '../../schema/model';
import type { Cluster } from './cluster';
import type { NetworkPolicy } from './network/policies';
import { type Destination, reachByLabels, type Room } from './network/reach';
import { isFields, type KubernetesObject } from './objects/kubernetes-object';
import { strangersOf } from './objects/placeholder';
import type { TenantClass, TenantObjects } from './objects/tenant-classes';
import { tenantRoom } from './tenant-proof';
import type { Way } from './way';

/** A tenant as another one sees it. */
export interface Neighbour {
  readonly objects: TenantObjects;
  readonly room: Room;
}

export const neighbourOf = (environment: Environment, cluster: Cluster, objects: TenantObjects): Neighbour => ({
  objects,
  room: tenantRoom(environment, cluster, objects).room,
});

/** The neighbours of a class under names that they are given: each is made once. */
export class Renamed {
  private readonly known = new Map<string, Neighbour>();

  constructor(
    private readonly environment: Environment,
    private readonly cluster: Cluster,
  ) {}

  of({ any }: TenantClass, id: string, number: number): Neighbour {
    const key = `${number} ${id}`;
    let known = this.known.get(key);
    if (known === undefined) {
      known = neighbourOf(this.environment, this.cluster, renamed(any, id));
      this.known.set(key, known);
    }
    return known;
  }
}

/** The same objects of a tenant with another id. */
export function renamed({ tenant, index, platform, workloads }: TenantObjects, id: string): TenantObjects {
  const whole = new RegExp(`(?<![a-z0-9])${tenant.id}(?![a-z0-9])`, 'g');
  const change = (value: unknown): unknown => {
    if (typeof value === 'string') return value.includes(tenant.id) ? value.replace(whole, id) : value;
    if (Array.isArray(value)) return value.map(change);
    if (isFields(value)) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, change(each)]));
    return value;
  };
  const all = (objects: readonly KubernetesObject[]): KubernetesObject[] =>
    objects.map((each) => change(each) as KubernetesObject);
  return { tenant: { ...tenant, id }, index: all(index), platform: all(platform), workloads: all(workloads) };
}

function destination(from: Room, { objects, room }: Neighbour): Destination {
  return {
    name: `pods of tenant ${objects.tenant.id}`,
    namespace: room.namespace,
    open: [],
    policies: room.policies,
    locks: [...room.listens, from.identity],
  };
}

/** From one tenant's pods to each of the neighbours'. */
export const waysToNeighbours = (from: Room, neighbours: readonly Neighbour[]): readonly Way[] =>
  neighbours.flatMap((each) => reachByLabels(from, destination(from, each)).ways);

/** Ids of other tenants that a tenant's network policies name: strangers stand for all others, but not for those. */
export function namedTenants(environment: Environment, { tenant, platform }: TenantObjects): readonly string[] {
  const text = JSON.stringify(platform.filter(({ kind }) => kind === 'NetworkPolicy'));
  return environment.tenants
    .map(({ id }) => id)
    .filter((id) => id !== tenant.id && text.includes(id) && new RegExp(`(?<![a-z0-9])${id}(?![a-z0-9])`).test(text));
}

/** Every neighbour of a tenant of that id: of each class, by names that have nothing, a beginning or an end in common with its own. */
export const neighboursOf = (id: string, classes: readonly TenantClass[], names: Renamed): readonly Neighbour[] =>
  classes.flatMap((each, number) => strangersOf(id).map((stranger) => names.of(each, stranger, number)));

/** From each team's pods to every other team's. */
export function waysBetweenTeams(rooms: readonly Room[]): readonly Way[] {
  return rooms.flatMap((from) =>
    rooms
      .filter((to) => to !== from)
      .flatMap((to) => {
        const policies: readonly NetworkPolicy[] = to.policies;
        return reachByLabels(from, {
          name: `pods of ${to.owner}`,
          namespace: to.namespace,
          open: [],
          policies,
          locks: [from.identity],
        }).ways;
      }),
  );
}
