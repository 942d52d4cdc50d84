import type { Environment } from '../../schema/model';
import type { Prices } from '../idle/prices';
import { HOURS } from '../idle/bill';
import { proveIdle } from '../idle/prove-idle';
import { rounded } from '../idle/tally';
import type { Output } from '../output/output';
import { placedObjects } from '../output/placed-objects';
import { livingTenants } from '../output/tenant-stacks';
import { Book, sumOf, usedPrices } from './book';
import type { Column, CostLine, CostResult, OwnerCost } from './cost-line';
import { expectPipelines } from './expected-pipelines';
import { expectResearch } from './expected-research';
import { expectServing } from './expected-serving';
import { expectLogs, expectStorage } from './expected-storage';
import { idleLines } from './idle-lines';
import { peakOfPools, peakOfSystemNodes, peakOfTenants } from './peak';
import { readPools } from './pools';
import { remarksOf } from './remarks';
import { readPipelineJobs } from './workloads';

/**
 * What an environment costs idle, in a usual month and at its peak, from what was synthesized and what the environment declares of a month.
 * Findings are those of the idle bill, and whatever has no price or cannot be read.
 * @param prices of the environment's region: `readPrices(environment.region)`
 */
export function costOf(environment: Environment, output: Output, prices: Prices): CostResult {
  const idleBill = proveIdle(environment, output, prices);
  const ids = livingTenants(environment).map(({ id }) => id);
  const { objects } = placedObjects(output.objects, ids);
  const [expectedBook, peakBook, tenantBook] = [new Book(prices), new Book(prices), new Book(prices)];
  const pools = readPools(objects, expectedBook);
  const jobs = readPipelineJobs(objects, expectedBook);
  expectPipelines(environment, jobs, pools, expectedBook);
  const machinesOnly = expectedBook.lines.length;
  expectServing(environment, objects, pools, expectedBook);
  expectResearch(environment, pools, expectedBook);
  const beforeStorage = expectedBook.lines.length;
  expectStorage(environment, jobs, expectedBook);
  expectLogs(environment, expectedBook);
  const stored = expectedBook.lines.slice(beforeStorage);
  peakOfPools(environment, pools, peakBook);
  peakOfSystemNodes(output, environment, peakBook);
  peakOfTenants(environment, objects, jobs, pools, tenantBook);

  const idle = idleLines(idleBill);
  const expected = [...idle, ...expectedBook.lines];
  // What is kept and asked has no limit: at the peak it is what is expected.
  const peak = [...idle, ...stored, ...peakBook.lines];
  const tenantPeaks = tenantBook.lines;
  const notKnown = expectedBook.notKnown;
  const owners = ownersOf(environment, { idle, expected, stored, tenantPeaks }, notKnown);
  const peakColumn = column(peak);
  return {
    environment: environment.name,
    region: environment.region,
    findings: [...idleBill.findings, ...expectedBook.findings, ...peakBook.findings, ...tenantBook.findings],
    covered: {
      resources: idleBill.covered['resources'] ?? 0,
      objects: objects.length,
      pools: pools.size,
      'pipelines of tenants': jobs.length,
      'lines of machines': machinesOnly,
      tenants: ids.length,
    },
    idle: column(idle),
    expected: column(expected),
    peak: { ...peakColumn, hourlyUsd: rounded(peakColumn.monthlyUsd / HOURS) },
    tenantPeaks,
    owners,
    notKnown,
    unmeasured: idleBill.unmeasured.map(({ what }) => what),
    remarks: remarksOf(environment, owners, expected),
    prices: usedPrices([...expected, ...peak, ...tenantPeaks], prices),
  };
}

const column = (lines: readonly CostLine[]): Column => ({ monthlyUsd: sumOf(lines), lines });

function ownersOf(
  environment: Environment,
  lines: Readonly<Record<'idle' | 'expected' | 'stored' | 'tenantPeaks', readonly CostLine[]>>,
  notKnown: CostResult['notKnown'],
): OwnerCost[] {
  const open = new Set(notKnown.map(({ subject }) => subject));
  const sums = Object.fromEntries(Object.entries(lines).map(([name, each]) => [name, byOwner(each)])) as Readonly<
    Record<keyof typeof lines, ReadonlyMap<string, number>>
  >;
  const usd = (name: keyof typeof lines, owner: string): number => rounded(sums[name].get(owner) ?? 0);
  const costs = (owner: string) => ({
    owner,
    idleUsd: usd('idle', owner),
    expectedUsd: usd('expected', owner),
    atLeast: open.has(owner),
  });
  return [
    costs('platform'),
    ...environment.researchTeams.map(({ id, monthlyBudgetUsd }) => ({
      ...costs(`team/${id}`),
      budgetUsd: monthlyBudgetUsd,
    })),
    ...livingTenants(environment).map(({ id, monthlyBudgetUsd }) => {
      const owner = `tenant/${id}`;
      const peakUsd = rounded(usd('idle', owner) + usd('stored', owner) + usd('tenantPeaks', owner));
      return { ...costs(owner), peakUsd, budgetUsd: monthlyBudgetUsd };
    }),
  ];
}

function byOwner(lines: readonly CostLine[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { owner, monthlyUsd } of lines) sums.set(owner, (sums.get(owner) ?? 0) + monthlyUsd);
  return sums;
}
