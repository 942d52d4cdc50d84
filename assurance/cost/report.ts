import type { Environment } from '../../schema/model';
import { readPrices } from '../idle/prices';
import { readOutput } from '../output/output';
import { costOf } from './cost';
import type { CostResult } from './cost-line';
import { costLines } from './cost-lines';
import { costPage } from './page';

/** What an environment costs, and the files that say so. */
export interface CostReport {
  readonly result: CostResult;
  /** What is printed of it. */
  readonly lines: readonly string[];
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

/**
 * @param folder where the environment was synthesized to, such as `dist`
 * @throws UnreadableOutput where there is no output, or there are no prices of the region
 */
export function reportCost(environment: Environment, folder: string): CostReport {
  const result = costOf(environment, readOutput(folder, environment.name), readPrices(environment.region));
  return {
    result,
    lines: costLines(result),
    files: [
      { name: 'cost.json', text: `${JSON.stringify(result, undefined, 2)}\n` },
      { name: 'cost.html', text: costPage(result) },
    ],
  };
}
