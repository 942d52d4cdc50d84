import type { Environment } from '../../schema/model';
import { CLUSTERS } from '../../schema/vocabulary';
import { sumOf } from './book';
import type { CostLine, OwnerCost } from './cost-line';

const dollars = (usd: number): string => `${usd.toLocaleString('en', { maximumFractionDigits: 0 })} $`;

/** What a person should look at. A budget stops nothing, so none of it is a finding. */
export function remarksOf(
  environment: Environment,
  owners: readonly OwnerCost[],
  expected: readonly CostLine[],
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
  const guessed = [...new Set(expected.filter(({ sure }) => sure === 'memory').map(({ price }) => price))].sort();
  const prices = guessed.length === 0 ? [] : [`prices that nobody looked up: ${guessed.join(', ')}`];
  return [...accounts, ...beyond, ...prices];
}
