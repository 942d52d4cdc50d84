import type { Environment } from '../../schema/model';
import { CLUSTERS } from '../../schema/vocabulary';
import { HOURS } from '../idle/bill';
import { sumOf } from './book';
import type { CostLine, OwnerCost } from './cost-line';
import type { Pool } from './pools';

const rounded = (amount: number): string => amount.toLocaleString('en', { maximumFractionDigits: 0 });
const dollars = (usd: number): string => `${rounded(usd)} $`;

/** What a person should look at. A budget stops nothing, so none of it is a finding. */
export function remarksOf(
  environment: Environment,
  owners: readonly OwnerCost[],
  expected: readonly CostLine[],
  use: { readonly pools: ReadonlyMap<string, Pool>; readonly vcpuHours: ReadonlyMap<string, number> },
): string[] {
  const beyond = owners.flatMap(({ owner, expectedUsd, budgetUsd, atLeast }) =>
    budgetUsd !== undefined && expectedUsd > budgetUsd
      ? [
          `${owner}: a usual month costs ${atLeast ? 'at least ' : ''}${dollars(expectedUsd)}, its budget is ${dollars(budgetUsd)}`,
        ]
      : [],
  );
  const accounts = CLUSTERS.flatMap((cluster) => {
    const usd = sumOf(expected.filter((line) => line.cluster === cluster));
    const budget = environment.monthlyBudgetUsd;
    return usd > budget
      ? [`the ${cluster} account: a usual month costs ${dollars(usd)}, its budget is ${dollars(budget)}`]
      : [];
  });
  const full = [...use.pools.values()].flatMap(({ name, limits }) => {
    const hours = use.vcpuHours.get(name) ?? 0;
    const most = limits.vcpus * HOURS;
    return hours > most
      ? [`pool ${name}: a usual month works ${rounded(hours)} vCPU hours there, its limit allows ${rounded(most)}`]
      : [];
  });
  const guessed = [...new Set(expected.filter(({ sure }) => sure === 'memory').map(({ price }) => price))].sort();
  const prices = guessed.length === 0 ? [] : [`prices that nobody looked up: ${guessed.join(', ')}`];
  return [...accounts, ...beyond, ...full, ...prices];
}
