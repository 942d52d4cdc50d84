import { compare } from '../faults';
import { QUOTAS } from '../quotas';
import { placing } from './place';
import type { PlacementRecord } from './placement-record';
import type { Refusal } from './placer';
import { OpenServer, type Scarce } from './server';
import { wantedModels, type PlacedTenant, type PlacementInput } from './wanted';

/** What breaks first as tenants come, if each further one is like one of today's. */
export interface FirstLimit {
  /** A name of `schema/quotas.ts`, `maxServers of <pool>`, or `GPU memory of <pool>`. */
  readonly limit: string;
  /** How much of it there is: tenants, servers, or MiB of one server. */
  readonly value: number;
  /** What the pool's servers were full of when it wanted one more. @default - it is no limit of a pool, or of a server by itself */
  readonly because?: Scarce;
  /** With how many tenants that are not erased it is hit: that many no longer fit. */
  readonly tenants: number;
}

/**
 * The first limit that a growing number of tenants hits: no place on a pool's servers, or the quota of tenants of an environment. Further tenants
 * are like the active ones in turn, by id; where there is none, like one that lists every type.
 * @returns undefined where nothing is served
 */
export function firstLimit(input: PlacementInput, record: PlacementRecord): FirstLimit | undefined {
  if (input.servingPools.length === 0) return undefined;
  const present = input.tenants.filter(({ state }) => state !== 'erased').length;
  const { placer, unrecorded } = placing(input, record);
  const refused = unrecorded.find(({ outcome }) => !(outcome instanceof OpenServer))?.outcome;
  if (refused !== undefined && !(refused instanceof OpenServer)) return ofPool(refused, present);
  const quota = QUOTAS.tenantsPerEnvironment;
  const examples = examplesOf(input);
  for (let count = present + 1; count <= quota.value; count++) {
    const example = examples[(count - present - 1) % examples.length];
    if (example === undefined) break;
    // Whatever its id, nobody has it: an id has no capitals.
    const tenant = { ...example, id: `Further-${count}` };
    const further = wantedModels({ ...input, tenants: [tenant] }, record).filter((item) => item.tenant !== undefined);
    for (const item of further) {
      const outcome = placer.put(item);
      if (!(outcome instanceof OpenServer)) return ofPool(outcome, count);
    }
  }
  return { limit: quota.name, value: quota.value, tenants: quota.value + 1 };
}

function ofPool({ limit, pool, value, because }: Refusal, tenants: number): FirstLimit {
  return { limit: `${limit} of ${pool}`, value, ...(because === undefined ? {} : { because }), tenants };
}

function examplesOf({ tenants, models }: PlacementInput): PlacedTenant[] {
  const active = tenants.filter(({ state }) => state === 'active').sort((a, b) => compare(a.id, b.id));
  if (active.length > 0) return active;
  const own = models.filter(({ scope }) => scope === 'tenant').map(({ id }) => id);
  return [{ id: '', state: 'active', data: [], models: own, serving: 'shared' }];
}
