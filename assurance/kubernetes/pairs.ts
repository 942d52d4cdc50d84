import type { Environment } from '../../schema/model';
import { tenantNames } from '../../schema/names';
import { listensLock, withName } from './controllers/tenant-namespace';
import { type NetworkPolicy, networkPolicies } from './network/policies';
import { reachByLabels, type Room } from './network/reach';
import { isFields, type KubernetesObject, type Labels } from './objects/kubernetes-object';
import { strangersOf } from './objects/placeholder';
import type { TenantClass, TenantObjects } from './objects/tenant-classes';
import type { Lock, Way } from './way';

/** A tenant as another one's pods see it. */
export interface Neighbour {
  /** How a finding names it. */
  readonly name: string;
  readonly namespace: { readonly name: string; readonly labels: Labels };
  readonly policies: readonly NetworkPolicy[];
  readonly listens: Lock;
}

/** @param id another id under which the same objects are seen. @default - the tenant's own */
export function neighbourOf(
  { tenant, platform, workloads }: TenantObjects,
  shown = `tenant ${tenant.id}`,
  id: string = tenant.id,
): Neighbour {
  const name = tenantNames.namespace(id);
  const seen = platform
    .filter(({ kind }) => kind === 'Namespace' || kind === 'NetworkPolicy')
    .map((object) => (id === tenant.id ? object : renamed(object, tenant.id, id)));
  const written = seen.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === name);
  return {
    name: shown,
    namespace: { name, labels: withName(name, written?.metadata.labels ?? {}) },
    policies: networkPolicies(seen).filter(({ namespace }) => namespace === name),
    listens: listensLock(platform, workloads),
  };
}

/** The object with another id wherever the whole of the first stands. */
function renamed(object: KubernetesObject, from: string, to: string): KubernetesObject {
  const whole = new RegExp(`(?<![a-z0-9])${from}(?![a-z0-9])`, 'g');
  const change = (value: unknown): unknown => {
    if (typeof value === 'string') return value.includes(from) ? value.replace(whole, to) : value;
    if (Array.isArray(value)) return value.map(change);
    if (isFields(value)) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, change(each)]));
    return value;
  };
  return change(object) as KubernetesObject;
}

/** The neighbours of a class under names that they are given: each is made once. */
export class Neighbours {
  private readonly known = new Map<string, Neighbour>();

  constructor(private readonly classes: readonly TenantClass[]) {}

  /**
   * Every neighbour of a tenant of that id: each that is proven by its own name, and of those that are alike any, by names that have
   * nothing, a beginning or an end in common with its own.
   */
  of(id: string): readonly Neighbour[] {
    return this.classes.flatMap(({ any, alike, alone }, number) => [
      ...alone
        .filter(({ tenant }) => tenant.id !== id)
        .map((each) => this.once(each.tenant.id, () => neighbourOf(each))),
      ...(alike.length === 0 ? [] : strangersOf(id)).map((stranger) =>
        this.once(`${number} ${stranger}`, () =>
          neighbourOf(
            any,
            `another tenant, such as ${alike.find(({ tenant }) => tenant.id !== id)?.tenant.id ?? stranger}`,
            stranger,
          ),
        ),
      ),
    ]);
  }

  private once(key: string, make: () => Neighbour): Neighbour {
    let known = this.known.get(key);
    if (known === undefined) {
      known = make();
      this.known.set(key, known);
    }
    return known;
  }
}

/** From one tenant's pods to each of the neighbours'. */
export const waysToNeighbours = (from: Room, neighbours: readonly Neighbour[]): readonly Way[] =>
  neighbours.flatMap(
    ({ name, namespace, policies, listens }) =>
      reachByLabels(from, {
        name: `pods of ${name}`,
        namespace,
        open: [],
        policies,
        locks: [listens, from.identity],
      }).ways,
  );

/** Ids of other tenants that a tenant's network policies name: strangers stand for all others, but not for those. */
export function namedTenants(environment: Environment, { tenant, platform }: TenantObjects): readonly string[] {
  const text = JSON.stringify(platform.filter(({ kind }) => kind === 'NetworkPolicy'));
  return environment.tenants
    .map(({ id }) => id)
    .filter((id) => id !== tenant.id && text.includes(id) && new RegExp(`(?<![a-z0-9])${id}(?![a-z0-9])`).test(text));
}

/** From each team's pods to every other team's. */
export function waysBetweenTeams(rooms: readonly Room[]): readonly Way[] {
  return rooms.flatMap((from) =>
    rooms
      .filter((to) => to !== from)
      .flatMap(
        ({ owner, namespace, policies }) =>
          reachByLabels(from, { name: `pods of ${owner}`, namespace, open: [], policies, locks: [from.identity] }).ways,
      ),
  );
}
