import type { Environment } from './model';
import type { Tenant } from './tenant';

type Placed = Pick<Environment, 'models' | 'placement'>;

/**
 * Ids of the servers on which models of the tenant's own lie, sorted: their roles read them. None of a tenant that is not active. Copies of common
 * models on its own servers are everybody's weights, and not the tenant's.
 */
export function serversOf({ models, placement }: Placed, { id, state, models: types }: Tenant): string[] {
  if (state !== 'active') return [];
  const recorded = placement.tenants[id] ?? {};
  const own = types.filter((type) => models.some((model) => model.id === type && model.scope === 'tenant'));
  return [...new Set(own.flatMap((type) => recorded[type] ?? []))].sort();
}

/** Ids of the tenants whose own models lie on a server, by its id, both sorted. */
export function tenantsByServer(env: Placed & Pick<Environment, 'tenants'>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const tenant of env.tenants)
    for (const server of serversOf(env, tenant)) {
      const there = found.get(server);
      if (there === undefined) found.set(server, [tenant.id]);
      else there.push(tenant.id);
    }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
