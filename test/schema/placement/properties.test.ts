import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { placeModels, type Placement } from '../../../schema/placement/place';
import { NO_PLACEMENTS, placementRecordText, type PlacementRecord } from '../../../schema/placement/placement-record';
import type { PlacedTenant, PlacementInput } from '../../../schema/placement/wanted';
import { movedBetween, places, randomInput, randomTenant, wrongServers } from '../../support/random-placements';

/** The same cases in every run: a failure that comes and goes is no evidence. */
const RUNS = { seed: 20261126, numRuns: 200 };
const recordOf = (input: PlacementInput): PlacementRecord => placeModels(input, NO_PLACEMENTS).record;
const without = (input: PlacementInput, id: string): PlacementInput => ({
  ...input,
  tenants: input.tenants.filter((tenant) => tenant.id !== id),
});
const withTenant = (input: PlacementInput, tenant: PlacedTenant): PlacementInput => ({
  ...input,
  tenants: [tenant, ...without(input, tenant.id).tenants],
});
const others = (all: Map<string, string>, id: string): Map<string, string> =>
  new Map([...all].filter(([name]) => !name.startsWith(`${id}/`)));
const settled = (placement: Placement): void => {
  expect([placement.unplaced, placement.unrecorded]).toEqual([[], []]);
};

/** Each is told what moved; `lock` is how the record comes about. */
type Lock = (input: PlacementInput) => PlacementRecord;
const oneTenantMore = (lock: Lock) =>
  fc.property(randomInput, randomTenant, (input, tenant) => {
    const before = without(input, tenant.id);
    const record = lock(before);
    const first = places(placeModels(before, recordOf(before)));
    const after = placeModels(withTenant(before, tenant), record);
    expect(movedBetween(first, places(after))).toEqual([]);
    expect(places(placeModels(withTenant(before, tenant), after.record))).toEqual(places(after));
  });
const oneTenantLess = (lock: Lock) =>
  fc.property(randomInput, fc.nat(), (input, n) => {
    const id = input.tenants[n % Math.max(1, input.tenants.length)]?.id ?? 'nobody';
    const first = places(placeModels(input, recordOf(input)));
    expect(places(placeModels(without(input, id), lock(input)))).toEqual(others(first, id));
  });
const oneTypeMore = (lock: Lock) =>
  fc.property(randomInput, fc.constantFrom('common-1x', 'base-1x', 'head-0x', 'head-2x', 'adapter-1x'), (input, id) => {
    const before = {
      ...input,
      models: input.models.filter((type) => type.id !== id && (type.scope === 'common' || type.base !== id)),
    };
    const first = places(placeModels(before, recordOf(before)));
    const after = placeModels(input, lock(before));
    expect(movedBetween(first, places(after))).toEqual([]);
    const all = places(placeModels(input, recordOf(input)));
    expect(movedBetween(all, places(placeModels(before, lock(input))))).toEqual([]);
  });

describe('what lies somewhere stays there', () => {
  test('when any tenant comes, in any state', () => {
    fc.assert(oneTenantMore(recordOf), RUNS);
  });

  test('when any tenant goes', () => {
    fc.assert(oneTenantLess(recordOf), RUNS);
  });

  test('when a model type comes or goes, common or of tenants', () => {
    fc.assert(oneTypeMore(recordOf), RUNS);
  });

  test('when tenants come, change and go one after the other for long', () => {
    fc.assert(
      fc.property(randomInput, fc.array(randomTenant, { maxLength: 30 }), (start, changes) => {
        let input = start;
        let placed = placeModels(input, NO_PLACEMENTS);
        changes.forEach((tenant, i) => {
          const next = i % 3 === 2 ? without(input, tenant.id) : withTenant(input, tenant);
          const after = placeModels(next, placed.record);
          expect(movedBetween(others(places(placed), tenant.id), places(after))).toEqual([]);
          expect([after.unplaced, wrongServers(after, next)]).toEqual([[], []]);
          [input, placed] = [next, after];
        });
      }),
      { ...RUNS, numRuns: 60 },
    );
  });

  test('while a tenant is suspended, which then comes back to where it was', () => {
    fc.assert(
      fc.property(randomInput, randomTenant, fc.nat(), (input, newcomer, n) => {
        const active = input.tenants.filter(({ state, id }) => state === 'active' && id !== newcomer.id);
        const chosen = active[n % Math.max(1, active.length)];
        if (chosen === undefined) return;
        const first = placeModels(input, recordOf(input));
        const away = withTenant(input, { ...chosen, state: 'suspended' });
        const meanwhile = placeModels(withTenant(away, newcomer), first.record);
        const back = placeModels(withTenant(withTenant(away, newcomer), chosen), meanwhile.record);
        const own = (placement: Placement): [string, string][] =>
          [...places(placement)].filter(([name]) => name.startsWith(`${chosen.id}/`)).sort();
        expect([own(meanwhile), own(back)]).toEqual([[], own(first)]);
      }),
      RUNS,
    );
  });

  const forget: Lock = () => NO_PLACEMENTS;
  test.each([
    ['when a tenant comes', () => fc.check(oneTenantMore(forget), RUNS).failed],
    ['when a tenant goes', () => fc.check(oneTenantLess(forget), RUNS).failed],
    ['when a type comes', () => fc.check(oneTypeMore(forget), RUNS).failed],
  ])('by the record alone: without one, something moves %s', (_when, fails) => {
    expect(fails()).toBe(true);
  });
});

describe('a placement', () => {
  test('is within the memory, slots and tenants of every server, and lets no dedicated tenant share', () => {
    fc.assert(
      fc.property(randomInput, (input) => {
        expect(wrongServers(placeModels(input, NO_PLACEMENTS), input)).toEqual([]);
      }),
      RUNS,
    );
  });

  test('has every model of every active tenant once, with copies of common ones where serving is dedicated, and no other', () => {
    fc.assert(
      fc.property(randomInput, (input) => {
        const expected = input.models.filter(({ scope }) => scope === 'common').map(({ id }) => `/${id}`);
        for (const { id, state, models, data, serving } of input.tenants) {
          if (state !== 'active') continue;
          expected.push(...models.map((model) => `${id}/${model}`));
          for (const type of serving === 'dedicated' ? input.models : [])
            if (type.scope === 'common' && data.some((entry) => type.reads.includes(entry.class)))
              expected.push(`${id}/${type.id}`);
        }
        const placed = placeModels(input, NO_PLACEMENTS);
        expect([...places(placed).keys()].sort()).toEqual(expected.sort());
        expect([...places(placed).values()].filter((server) => server.includes(' and '))).toEqual([]);
        settled(placeModels(input, placed.record));
        expect(placed.gpus).toBe(new Set(places(placed).values()).size);
      }),
      RUNS,
    );
  });

  test('does not depend on the order of tenants, types or entries of the record', () => {
    fc.assert(
      fc.property(randomInput, randomTenant, (input, tenant) => {
        const reversed = { ...input, models: [...input.models].reverse(), tenants: [...input.tenants].reverse() };
        const record = recordOf(without(input, tenant.id));
        const turned: PlacementRecord = {
          common: Object.fromEntries(Object.entries(record.common).reverse()),
          tenants: Object.fromEntries(Object.entries(record.tenants).reverse()),
        };
        expect(placeModels(reversed, turned)).toEqual(placeModels(input, record));
        expect(placementRecordText(turned)).toBe(placementRecordText(record));
      }),
      RUNS,
    );
  });
});

describe('the judge of servers', () => {
  const input = fc.sample(randomInput, { seed: 1, numRuns: 1 })[0] as PlacementInput;
  const tenants = ['a', 'b'].map((id): PlacedTenant => ({
    id,
    state: 'active',
    data: [],
    models: [],
    serving: 'dedicated',
  }));
  const server = { id: 'triton-0', pool: 'triton', nodePool: 'serving-gpu', engine: 'triton' } as const;
  const amounts = { memoryMiB: 0, slots: 0, tenants: 0 };
  const wrong = (models: Placement['servers'][number]['models']): string[] =>
    wrongServers(
      {
        servers: [{ ...server, models, capacity: amounts, used: amounts }],
        gpus: 1,
        unplaced: [],
        unrecorded: [],
        record: NO_PLACEMENTS,
      },
      { ...input, tenants },
    );
  const model = { model: 'head-0x', memoryMiB: 1, slots: 0 };

  test('finds one that is too full, one with an adapter in no slot, and one that is shared', () => {
    expect(wrong([{ ...model, memoryMiB: 30_000 }])).toEqual(['triton-0 has 30000 MiB']);
    expect(wrong([{ ...model, model: 'adapter-0x', slots: 1 }])).toEqual([
      'triton-0 has 1 adapters in 0 slots',
      'triton-0 runs another base',
    ]);
    expect(wrong(tenants.map(({ id }) => ({ ...model, tenant: id })))).toContain('triton-0 is shared');
    expect(wrong([model])).toEqual([]);
  });
});
