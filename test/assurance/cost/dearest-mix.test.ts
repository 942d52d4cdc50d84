import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dearestMix } from '../../../assurance/cost/dearest-mix';
import { MACHINE_TYPES } from '../../../assurance/cost/machine-types';
import type { Pool, PricedType } from '../../../assurance/cost/pools';

const RUNS = { seed: 20261126, numRuns: 60 };
const [any] = MACHINE_TYPES;
if (any === undefined) throw new Error('got no machine types');

const typeOf = (name: string, gpus: number, vcpus: number, memoryMiB: number, usd: number): PricedType => ({
  ...any,
  name,
  gpus,
  vcpus,
  memoryMiB,
  usd,
});
const poolOf = (types: readonly PricedType[], limits: Pool['limits']): Pool => ({
  name: 'pool',
  cluster: 'production',
  types,
  spot: false,
  reserved: false,
  limits,
  idleSeconds: 0,
  bootSeconds: 0,
  volumes: { gib: 0, extraThroughput: 0 },
});
const worth = (pool: Pool): number =>
  dearestMix(pool, ({ usd }) => usd).reduce((sum, { type, machines }) => sum + type.usd * machines, 0);

describe('the dearest mix within the limits of a pool', () => {
  test('is the dearest type, where it is dearest by every limit', () => {
    const pool = poolOf([typeOf('small', 0, 2, 4096, 1), typeOf('dear', 0, 2, 4096, 3)], {
      gpus: 0,
      vcpus: 20,
      memoryMiB: 1e6,
    });
    expect(dearestMix(pool, ({ usd }) => usd)).toMatchObject([{ type: { name: 'dear' }, machines: 10 }]);
  });

  test('mixes types where one uses up the GPUs and another the vCPUs', () => {
    // Of 10 GPUs and 100 vCPUs: x of (1, 4, 1 $) and y of (1, 16, 3 $) with x + y = 10 and 4x + 16y = 100 are 5 each, 20 $.
    const types = [typeOf('little', 1, 4, 1, 1), typeOf('big', 1, 16, 1, 3)];
    const mix = dearestMix(poolOf(types, { gpus: 10, vcpus: 100, memoryMiB: 1e6 }), ({ usd }) => usd);
    expect(mix.map(({ type, machines }) => [type.name, machines])).toEqual([
      ['little', expect.closeTo(5, 6)],
      ['big', expect.closeTo(5, 6)],
    ]);
  });

  test('is none where a limit is none', () => {
    expect(dearestMix(poolOf([typeOf('gpu', 1, 4, 1024, 1)], { gpus: 0, vcpus: 8, memoryMiB: 1e6 }), () => 1)).toEqual(
      [],
    );
  });

  test('keeps to the limits, and no whole machines within them cost more', () => {
    const type = fc.record({
      gpus: fc.integer({ min: 0, max: 2 }),
      vcpus: fc.integer({ min: 1, max: 8 }),
      memoryMiB: fc.integer({ min: 1, max: 8 }),
      usd: fc.integer({ min: 1, max: 20 }),
    });
    const limits = fc.record({
      gpus: fc.nat(4),
      vcpus: fc.integer({ min: 1, max: 16 }),
      memoryMiB: fc.integer({ min: 1, max: 16 }),
    });
    fc.assert(
      fc.property(fc.array(type, { minLength: 1, maxLength: 3 }), limits, (rows, limit) => {
        const types = rows.map((row, i) => typeOf(`type-${i}`, row.gpus, row.vcpus, row.memoryMiB, row.usd));
        const pool = poolOf(types, limit);
        const mix = dearestMix(pool, ({ usd }) => usd);
        for (const amount of ['gpus', 'vcpus', 'memoryMiB'] as const)
          expect(mix.reduce((sum, part) => sum + part.type[amount] * part.machines, 0)).toBeLessThanOrEqual(
            limit[amount] + 1e-6,
          );
        expect(worth(pool)).toBeGreaterThanOrEqual(bestWhole(types, limit) - 1e-6);
      }),
      RUNS,
    );
  });
});

/** The dearest of all whole numbers of machines, tried one after the other. */
function bestWhole([type, ...rest]: readonly PricedType[], left: Pool['limits']): number {
  if (type === undefined) return 0;
  let best = 0;
  for (let count = 0; count <= 16; count += 1) {
    const then = {
      gpus: left.gpus - count * type.gpus,
      vcpus: left.vcpus - count * type.vcpus,
      memoryMiB: left.memoryMiB - count * type.memoryMiB,
    };
    if (Object.values(then).some((amount) => amount < 0)) break;
    best = Math.max(best, count * type.usd + bestWhole(rest, then));
  }
  return best;
}
