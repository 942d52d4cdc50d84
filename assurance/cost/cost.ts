import type { Environment } from '../../schema/model';
import type { Prices } from '../idle/prices';
import { HOURS } from '../idle/bill';
import { proveIdle } from '../idle/prove-idle';
import { rounded } from '../idle/tally';
import type { Output } from '../output/output';
import { placedObjects } from '../output/placed-objects';
import { livingTenants } from '../output/tenant-stacks';
import { Book, linesOf, sumOf, usedPrices } from './book';
import type { CostColumn, CostLine, CostResult, OwnerCost } from './cost-line';
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
  const added = new Book(prices, ['expected']);
  // What is kept and asked has no limit: at the peak it is what is expected.
  const kept = new Book(prices, ['expected', 'peak', 'own peak']);
  const limits = new Book(prices, ['peak']);
  const own = new Book(prices, ['own peak']);
  const pools = readPools(objects, added);
  const jobs = readPipelineJobs(objects, added);
  expectPipelines(environment, jobs, pools, added);
  expectServing(environment, objects, pools, added);
  expectResearch(environment, pools, added);
  expectStorage(environment, jobs, kept);
  expectLogs(environment, kept);
  peakOfPools(environment, pools, limits);
  peakOfSystemNodes(output, environment, limits);
  peakOfTenants(environment, objects, jobs, pools, own);

  const books = [added, kept, limits, own];
  const lines = [...idleLines(idleBill), ...books.flatMap((book) => book.lines)];
  const notKnown = books.flatMap((book) => book.notKnown);
  const usd = (name: CostColumn): number => sumOf(linesOf({ lines }, name));
  const owners = ownersOf(environment, lines, notKnown);
  const peakUsd = usd('peak');
  return {
    environment: environment.name,
    region: environment.region,
    findings: [...idleBill.findings, ...books.flatMap((book) => book.findings)],
    covered: {
      resources: idleBill.covered['resources'] ?? 0,
      objects: objects.length,
      pools: pools.size,
      'pipelines of tenants': jobs.length,
      lines: lines.length,
      tenants: ids.length,
    },
    idleUsd: usd('idle'),
    expectedUsd: usd('expected'),
    peakUsd,
    peakHourlyUsd: rounded(peakUsd / HOURS),
    lines,
    owners,
    notKnown,
    unmeasured: idleBill.unmeasured.map(({ what }) => what),
    remarks: remarksOf(environment, owners, linesOf({ lines }, 'expected'), { pools, vcpuHours: added.vcpuHours }),
    prices: usedPrices(lines, prices),
  };
}

function ownersOf(environment: Environment, lines: readonly CostLine[], notKnown: CostResult['notKnown']): OwnerCost[] {
  const open = new Set(notKnown.map(({ subject }) => subject));
  const sums = new Map<string, number>();
  for (const { owner, columns, monthlyUsd } of lines)
    for (const name of columns) sums.set(`${name} ${owner}`, (sums.get(`${name} ${owner}`) ?? 0) + monthlyUsd);
  const usd = (name: CostColumn, owner: string): number => rounded(sums.get(`${name} ${owner}`) ?? 0);
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
      return { ...costs(owner), peakUsd: usd('own peak', owner), budgetUsd: monthlyBudgetUsd };
    }),
  ];
}
