import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { machineHours, type Rhythm } from '../../../assurance/cost/expected-pipelines';

/** The same cases in every run: a failure that comes and goes is no evidence. */
const RUNS = { seed: 20261126, numRuns: 500 };

const rhythm: Rhythm = {
  workHours: 50,
  inputs: 1000,
  windowSeconds: 300,
  month: { workingDays: 20, hoursPerDay: 10 },
  besideSeconds: 360,
  perJob: 20,
  most: 4,
};

describe('hours of machines of a month', () => {
  test('are none where nothing arrives', () => {
    expect(machineHours({ ...rhythm, workHours: 0, inputs: 0 })).toEqual({ hours: 0, boots: 0 });
  });

  test('pay a boot and a wait for every input that comes by itself', () => {
    // 1,000 times 6 minutes are 100 hours beside 50 of work.
    expect(machineHours(rhythm)).toEqual({ hours: 150, boots: 1000 });
  });

  test('share a boot among the inputs of a window, up to the messages of a job', () => {
    // 200 hours have 400 windows of half an hour, with 25 inputs each: 2 jobs.
    const busy = { ...rhythm, inputs: 10_000, windowSeconds: 1800, besideSeconds: 36 };
    expect(machineHours(busy)).toEqual({ hours: 50 + 400 * 2 * 0.01, boots: 800 });
  });

  test('are a day where windows come so densely that no machine goes', () => {
    expect(machineHours({ ...rhythm, inputs: 100_000 })).toEqual({ hours: 200 + 20 * 0.1, boots: 20 });
  });

  test('a longer window never costs more boots', () => {
    const at = (windowSeconds: number): number =>
      machineHours({ ...rhythm, inputs: 2000, windowSeconds, besideSeconds: 180 }).boots;
    expect([at(0), at(900), at(1800)]).toEqual([2000, 800, 400]);
  });

  test('are never fewer for more inputs or more work', () => {
    const amounts = fc.record({
      workHours: fc.double({ min: 0, max: 5000, noNaN: true }),
      inputs: fc.integer({ min: 0, max: 1_000_000 }),
    });
    const settings = fc.record({
      windowSeconds: fc.integer({ min: 0, max: 900 }),
      besideSeconds: fc.integer({ min: 0, max: 4000 }),
      perJob: fc.integer({ min: 1, max: 50 }),
      most: fc.integer({ min: 1, max: 50 }),
    });
    const more = fc.record({ workHours: fc.double({ min: 0, max: 100, noNaN: true }), inputs: fc.nat(10_000) });
    fc.assert(
      fc.property(amounts, settings, more, (amount, setting, added) => {
        const before = machineHours({ ...rhythm, ...setting, ...amount }).hours;
        const grown = { workHours: amount.workHours + added.workHours, inputs: amount.inputs + added.inputs };
        expect(machineHours({ ...rhythm, ...setting, ...grown }).hours).toBeGreaterThanOrEqual(before - 1e-9);
      }),
      RUNS,
    );
  });
});
