import { describe, expect, test } from '@jest/globals';
import { modelTypeSchema } from '../../../schema/model-type';
import { placeModels, type Placement } from '../../../schema/placement/place';
import { NO_PLACEMENTS } from '../../../schema/placement/placement-record';
import type { PlacedTenant, PlacementInput } from '../../../schema/placement/wanted';
import { servingPoolSchema } from '../../../schema/serving-pool';
import { buckets, bucketsFor, moved, rendezvous, seats, usedServers, type Way } from '../../support/placement-ways';
import { sampleEnvironment } from '../../support/sample-environment';
import { adapter, baseModel } from '../../support/sample-models';

/** The figures of docs/decisions/0026-where-models-lie.md: every other tenant has an adapter, and a server holds 32. */
const SIZES = [10, 100, 1000] as const;
const names = (count: number, first = 0): string[] => Array.from({ length: count }, (_, i) => `tenant-${first + i}`);
const withAdapter = (ids: readonly string[]): string[] =>
  ids.filter((id) => Number(id.slice('tenant-'.length)) % 2 === 0);

const pool = { engine: 'vllm', name: 'vllm', nodePool: 'serving-gpu', maxServers: 100 } as const;
const environment = {
  models: [baseModel('base', 'Words of all tenants.'), adapter('reply', 'Drafts of replies.', 'base')].map((type) =>
    modelTypeSchema.parse(type),
  ),
  servingPools: [servingPoolSchema.parse(pool)],
  nodePools: sampleEnvironment().nodePools,
};
const tenantOf = (id: string): PlacedTenant => ({
  id,
  state: 'active',
  data: [],
  models: ['reply'],
  serving: 'shared',
});
const inputOf = (ids: readonly string[]): PlacementInput => ({ ...environment, tenants: ids.map(tenantOf) });
const adaptersOf = ({ servers }: Placement): Way =>
  new Map(
    servers.flatMap(({ id, models }) =>
      models.flatMap(({ tenant }) => (tenant === undefined ? [] : [[tenant, Number(id.split('-')[1])] as const])),
    ),
  );

/** A few tenants after the other, each recorded when it came; `rounds` times, a tenth of them is replaced by others. */
function grown(count: number, rounds = 0): Placement {
  let ids = withAdapter(names(count));
  let placed = placeModels(inputOf([]), NO_PLACEMENTS);
  const step = Math.ceil(ids.length / 20);
  for (let n = step; n < ids.length + step; n += step) placed = placeModels(inputOf(ids.slice(0, n)), placed.record);
  for (let round = 1; round <= rounds; round++) {
    const stay = ids.filter((_, i) => i % 10 !== round % 10);
    ids = [...stay, ...withAdapter(names(2 * (ids.length - stay.length), 10_000 * round))];
    placed = placeModels(inputOf(ids), placeModels(inputOf(stay), placed.record).record);
  }
  return placed;
}

describe('GPUs at 10, 100 and 1,000 tenants', () => {
  const atEach = (gpus: (count: number) => number): number[] => SIZES.map(gpus);

  test('with a record: the fewest that there can be, and the same after years of coming and going', () => {
    expect(atEach((count) => grown(count).gpus)).toEqual([1, 2, 16]);
    expect(atEach((count) => placeModels(inputOf(withAdapter(names(count))), NO_PLACEMENTS).gpus)).toEqual([1, 2, 16]);
    expect(atEach((count) => grown(count, 20).gpus)).toEqual([1, 2, 16]);
  });

  test('with fixed buckets: half of them empty room, even where all may have an adapter, and one knows which ids come', () => {
    const sets = Array.from({ length: 20 }, (_, i) => names(1000, 10_000 * i));
    const count = bucketsFor(sets);
    expect(count).toBe(54);
    expect(atEach((size) => usedServers(buckets(withAdapter(names(size)), count)))).toEqual([4, 31, 54]);
  });

  test('with a seat for each tenant: room for adapters that nobody has', () => {
    expect(atEach((count) => usedServers(seats(names(count), new Set(withAdapter(names(count))))))).toEqual([1, 4, 32]);
  });

  test('with rendezvous hashing and bounded loads: the fewest, and one tenant more moves others', () => {
    expect(atEach((count) => usedServers(rendezvous(withAdapter(names(count)))))).toEqual([1, 2, 16]);
    const most = (count: number): number => {
      const ids = withAdapter(names(count));
      const before = rendezvous(ids);
      return Math.max(...names(20, 20_000).map((id) => moved(before, rendezvous([...ids, id]))));
    };
    expect(atEach(most)).toEqual([0, 0, 4]);
    const full = names(512);
    expect(moved(rendezvous(full), rendezvous([...full, 'tenant-512']))).toBe(60);
  });
});

test('one tenant more moves nothing of a recorded placement of 1,000', () => {
  const before = grown(1000);
  const after = placeModels(inputOf([...withAdapter(names(1000)), 'tenant-1000']), before.record);
  expect(moved(adaptersOf(before), adaptersOf(after))).toBe(0);
  expect(adaptersOf(after).size).toBe(adaptersOf(before).size + 1);
});
