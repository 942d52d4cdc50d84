import type { IdleResult } from '../idle/bill';
import { rounded } from '../idle/tally';
import type { CostColumn, CostKind, CostLine } from './cost-line';

/** What the idle bill's prices are for; every other one is for keys, alarms and the questions of controllers. */
function kindOf(price: string): CostKind {
  if (price === 'eks-cluster') return 'control planes';
  if (price.startsWith('instance ') || price === 'volume-gp3') return 'system nodes';
  if (['interface-endpoint', 'transit-gateway-attachment', 'dns-firewall-domain'].includes(price)) return 'network';
  return 'keys, alarms and others';
}

const OWN = ['own peak'] as const;

/** The lines of the idle bill by who they are for; of each line the last share takes what rounding leaves, so that the sum is the bill's. */
export function idleLines({ lines }: IdleResult): CostLine[] {
  return lines.flatMap(({ what, price, unit, usdPerUnit, sure, monthlyUsd, shares }) => {
    let left = monthlyUsd;
    return shares.map(({ owner, cluster, quantity }, i) => {
      const usd = i === shares.length - 1 ? left : rounded(quantity * usdPerUnit);
      left = rounded(left - usd);
      const how = 'with no work: the idle bill';
      const columns: CostColumn[] = ['idle', 'expected', 'peak', ...(owner.startsWith('tenant/') ? OWN : [])];
      return {
        columns,
        kind: kindOf(price),
        owner,
        cluster,
        what,
        how,
        quantity,
        price,
        unit,
        usdPerUnit,
        sure,
        monthlyUsd: usd,
      };
    });
  });
}
