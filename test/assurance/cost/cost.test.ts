import { describe, expect, test } from '@jest/globals';
import { costOf } from '../../../assurance/cost/cost';
import type { CostLine, CostResult } from '../../../assurance/cost/cost-line';
import { proveIdle } from '../../../assurance/idle/prove-idle';
import { samplePrices, SAMPLE_MONTH, sampleMonth } from '../../support/sample-cost';
import { sampleTenants } from '../../support/sample-environment';
import { writtenOutput } from '../../support/written-output';

const environment = sampleMonth();
const output = writtenOutput(environment);
const prices = samplePrices(environment.region);
const cost = costOf(environment, output, prices);

const line = (owner: string, what: string, price: string, column: CostLine['columns'][number] = 'expected') =>
  cost.lines.find(
    (each) => each.owner === owner && each.what === what && each.price === price && each.columns.includes(column),
  );
/** Volumes of a machine of the sample: 4 and 100 GiB, and 375 MB/s above what gp3 has. */
const VOLUMES_HOUR = (104 * 0.5 + 375 * 0.25) / 730;

describe('what the sample environment costs with no work', () => {
  test('is the idle bill, line by line and in sum', () => {
    const bill = proveIdle(environment, output, prices);
    expect(cost.idleUsd).toBe(bill.monthlyUsd);
    for (const { what, price, scope, monthlyUsd } of bill.lines) {
      const own = cost.lines.filter(
        (each) => each.columns.includes('idle') && each.what === what && each.price === price,
      );
      const scoped = own.filter(({ owner }) => owner.startsWith('tenant/') === (scope === 'tenants'));
      expect(scoped.reduce((sum, each) => sum + each.monthlyUsd, 0)).toBeCloseTo(monthlyUsd, 3);
    }
    for (const { tenant, monthlyUsd } of bill.tenants)
      expect(cost.owners.find(({ owner }) => owner === `tenant/${tenant}`)?.idleUsd).toBeCloseTo(monthlyUsd, 2);
  });

  test('says of which team a key is', () => {
    const keys = cost.lines.filter(({ price, owner }) => price === 'kms-key' && owner.startsWith('team/'));
    expect(keys.map(({ owner, cluster, quantity }) => [owner, cluster, quantity])).toEqual([
      ['team/speech', 'research', 1],
      ['team/language', 'research', 1],
    ]);
  });
});

describe('what a usual month of the sample costs', () => {
  test('has no finding and nothing that is not known', () => {
    expect([cost.findings, cost.notKnown]).toEqual([[], []]);
  });

  test('pays the work, the boots and the waits of a pipeline on the cheapest machine that fits', () => {
    // 500 hours at 10 an hour; 1,000 recordings in 2,400 windows boot 1,000 times, 300 s each, and wait 60 s: 150 hours. A job of 4 vCPUs does
    // not fit a machine of 4, so that it gets one of 8 at 2 $, of which spot is 0.6.
    expect(line('tenant/acme', 'machines of audio', 'instance g6.2xlarge')).toMatchObject({
      quantity: expect.closeTo(150, 6),
      monthlyUsd: expect.closeTo(150 * 2 * 0.6, 3),
      how: '500 hours of media, 10 an hour, 1,000 boots',
      kind: 'pipelines',
    });
    const volumes = cost.lines.filter(
      ({ owner, what }) => owner === 'tenant/acme' && what === 'volumes of machines of audio',
    );
    const expected = volumes.filter(({ columns }) => columns.includes('expected'));
    expect(expected.reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0)).toBeCloseTo(150 * VOLUMES_HOUR, 3);
  });

  test('keeps what arrives for as long as its retention', () => {
    expect(line('tenant/acme', 'what is kept of audio', 'bucket-storage')?.monthlyUsd).toBeCloseTo(
      12 * (90 / (365 / 12)) * 0.125,
      3,
    );
  });

  test('counts the requests of each input and the heartbeats of the work', () => {
    // One stage: a put of the input and one of its output, a get.
    const of = (price: string): number | undefined => line('tenant/acme', 'requests of audio', price)?.quantity;
    expect(of('bucket-list-request')).toBe(2000);
    expect(of('bucket-get-request')).toBe(1000);
    expect(of('data-event')).toBe(3000);
    expect(of('key-request')).toBe(3000);
    expect(of('queue-request')).toBeCloseTo(2000 + 50 * 60, 6);
  });

  test('pays what a suspended tenant keeps, and no machine of it', () => {
    const own = cost.lines.filter(
      ({ owner, columns }) => owner === 'tenant/cedar-health' && columns.includes('expected'),
    );
    expect(own.some(({ what }) => what === 'what is kept of audio')).toBe(true);
    expect(own.filter(({ kind }) => ['pipelines', 'training', 'model servers'].includes(kind))).toEqual([]);
  });

  test('pays training and workbenches by the hour of the cheapest GPU or vCPU', () => {
    // g6e.xlarge has a GPU with 4 vCPUs; p5.4xlarge has 16.
    expect(line('tenant/acme', "training of tenants' models", 'instance g6e.xlarge')).toMatchObject({
      quantity: 40,
      monthlyUsd: expect.closeTo(40 * 0.6, 3),
    });
    expect(line('team/speech', 'training of research teams', 'instance g6e.xlarge')).toMatchObject({ quantity: 100 });
    const vcpus = cost.lines
      .filter(({ owner, what }) => owner === 'team/speech' && what === 'workbenches')
      .reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0);
    expect(vcpus).toBeCloseTo(1000 * 0.25 * 0.6, 3);
  });

  test('pays the log lines that come in and those that are kept', () => {
    expect(line('platform', 'log lines that come in', 'log-ingestion')?.monthlyUsd).toBe(200);
    expect(line('platform', 'log lines that are kept', 'log-storage')?.monthlyUsd).toBeCloseTo(100 * 12 * 0.5, 3);
  });
});

describe('the peak of the sample', () => {
  test('is every pool at its limits all month, on demand', () => {
    // All types cost 0.25 $ a vCPU, but small ones have more volumes beside them: 16 machines for 16 GPUs.
    const machines = cost.lines.filter(
      ({ what, price }) => what === 'pool pipeline-gpu at its limits' && price.startsWith('instance '),
    );
    expect(machines.reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0)).toBeCloseTo(256 * 0.25 * 730, 1);
    expect(cost.peakHourlyUsd).toBeCloseTo(cost.peakUsd / 730, 3);
  });

  test('pays system nodes up to the most of their groups', () => {
    const { production, research } = environment.clusters;
    const more = [production, research].map(({ systemNodes: { min, max } }) => max - min);
    const added = cost.lines.filter(({ what }) => what === 'system nodes that are added');
    expect(added.map(({ quantity }) => quantity / 730).sort()).toEqual(more.sort());
  });

  test('of a tenant is as many jobs as its limits allow', () => {
    // Two GPUs are its quota; its ScaledJobs may have more between them.
    const own = cost.lines.filter(
      ({ owner, columns, price }) =>
        owner === 'tenant/acme' && columns.join() === 'own peak' && price.startsWith('instance g'),
    );
    expect(own.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(2 * 730);
    const { idleUsd, peakUsd } = cost.owners.find(({ owner }) => owner === 'tenant/acme') ?? {};
    expect(peakUsd).toBeGreaterThan(idleUsd ?? 0);
  });

  test('is never below a usual month, for the whole and for each tenant', () => {
    expect(cost.peakUsd).toBeGreaterThan(cost.expectedUsd);
    expect(cost.expectedUsd).toBeGreaterThan(cost.idleUsd);
  });
});

describe('sums', () => {
  /** By another route: in whole hundredths of a cent, from the text that is written, owner by owner. */
  const again = (text: string, column: string): bigint => {
    const { lines } = JSON.parse(text) as CostResult;
    const owners = [...new Set(lines.map(({ owner }) => owner))];
    return owners
      .flatMap((owner) => lines.filter((each) => each.owner === owner))
      .filter(({ columns }) => (columns as readonly string[]).includes(column))
      .reduce((sum, { monthlyUsd }) => sum + BigInt(Math.round(monthlyUsd * 10_000)), 0n);
  };

  test('are those of the lines that are written, added up another way', () => {
    const text = JSON.stringify(cost);
    for (const [column, usd] of [
      ['idle', cost.idleUsd],
      ['expected', cost.expectedUsd],
      ['peak', cost.peakUsd],
    ] as const)
      expect(again(text, column)).toBe(BigInt(Math.round(usd * 10_000)));
  });

  test('of owners are the whole: nothing is divided among them, nothing is left', () => {
    expect(cost.owners.reduce((sum, { expectedUsd }) => sum + expectedUsd, 0)).toBeCloseTo(cost.expectedUsd, 2);
    expect(cost.owners.reduce((sum, { idleUsd }) => sum + idleUsd, 0)).toBeCloseTo(cost.idleUsd, 2);
  });

  test('are quantities by prices', () => {
    for (const { quantity, usdPerUnit, monthlyUsd, columns } of cost.lines)
      if (!columns.includes('idle')) expect(monthlyUsd).toBeCloseTo(quantity * usdPerUnit, 3);
  });
});

describe('one tenant more', () => {
  const added = { ...sampleTenants[0], id: 'added' } as (typeof sampleTenants)[number];
  const larger = sampleMonth({ tenants: [...sampleTenants, added].toSorted((a, b) => (a.id < b.id ? -1 : 1)) });
  const more = costOf(larger, writtenOutput(larger), prices);

  test('adds lines of its own, and changes no others', () => {
    const of = ({ lines }: CostResult): string[] =>
      lines.filter(({ owner }) => owner !== 'tenant/added').map((each) => JSON.stringify(each));
    expect(of(more)).toEqual(of(cost));
    expect(more.lines.some(({ owner }) => owner === 'tenant/added')).toBe(true);
  });

  test('costs a month more, and leaves the peak of the pools', () => {
    const own = more.owners.find(({ owner }) => owner === 'tenant/added');
    expect(more.expectedUsd - cost.expectedUsd).toBeCloseTo(own?.expectedUsd ?? 0, 2);
    expect(own?.expectedUsd).toBeGreaterThan(0);
  });
});

describe('more of anything', () => {
  const grown = (perTenant: Partial<typeof SAMPLE_MONTH.perTenant>): CostResult =>
    costOf(
      sampleMonth({
        input: { expectedMonth: { ...SAMPLE_MONTH, perTenant: { ...SAMPLE_MONTH.perTenant, ...perTenant } } },
      }),
      output,
      prices,
    );

  test.each([
    ['inputs', { audio: { inputs: 5000, hours: 500, storedGiB: 12 } }],
    ['hours', { audio: { inputs: 1000, hours: 5000, storedGiB: 12 } }],
    ['bytes', { audio: { inputs: 1000, hours: 500, storedGiB: 120 } }],
    ['texts', { text: { inputs: 60_000, storedGiB: 6 } }],
    ['training', { trainingGpuHours: 400 }],
  ])('%s never costs less', (_, perTenant) => {
    expect(grown(perTenant as never).expectedUsd).toBeGreaterThan(cost.expectedUsd);
  });
});
