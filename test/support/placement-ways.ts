import { createHash } from 'node:crypto';

/** The server of each adapter, by tenant. */
export type Way = ReadonlyMap<string, number>;

/** Slots of a server. */
export const SLOTS = 32;

const hash = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0);
export const usedServers = (way: Way): number => new Set(way.values()).size;

/** Fixed buckets: the tenant's id alone says its server. */
export const buckets = (tenants: readonly string[], count: number): Way =>
  new Map(tenants.map((id) => [id, hash(id) % count]));

/** Most adapters on one server. */
export function fullest(way: Way): number {
  const counts = new Map<number, number>();
  for (const server of way.values()) counts.set(server, (counts.get(server) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

/** Fewest buckets of which none overflows for any of these sets of tenants; for others nobody knows. */
export function bucketsFor(sets: readonly (readonly string[])[]): number {
  let count = 1;
  while (sets.some((tenants) => fullest(buckets(tenants, count)) > SLOTS)) count += 1;
  return count;
}

/** Rendezvous hashing with bounded loads: as few servers as hold all, each tenant on the one that it likes best and that has room. */
export function rendezvous(tenants: readonly string[]): Way {
  const count = Math.ceil(tenants.length / SLOTS);
  const loads = new Array<number>(count).fill(0);
  const liking = (id: string): number[] => {
    const scores = loads.map((_, server) => ({ server, score: hash(`${id}/${server}`) }));
    return scores.sort((a, b) => b.score - a.score).map(({ server }) => server);
  };
  return new Map(
    [...tenants]
      .sort((a, b) => hash(a) - hash(b))
      .map((id) => {
        const server = liking(id).find((each) => (loads[each] ?? SLOTS) < SLOTS) ?? 0;
        loads[server] = (loads[server] ?? 0) + 1;
        return [id, server];
      }),
  );
}

/** A seat for every tenant, adapter or not, in the order in which they came. */
export const seats = (tenants: readonly string[], withAdapter: ReadonlySet<string>): Way =>
  new Map(tenants.flatMap((id, i) => (withAdapter.has(id) ? [[id, Math.floor(i / SLOTS)] as const] : [])));

/** How many of the first are elsewhere in the second. */
export const moved = (before: Way, after: Way): number =>
  [...before].filter(([id, server]) => (after.get(id) ?? server) !== server).length;
