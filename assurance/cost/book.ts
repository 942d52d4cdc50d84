import type { FindingKind, Finding } from '../finding';
import type { Prices } from '../idle/prices';
import { rounded } from '../idle/tally';
import type { CostColumn, CostLine, NotKnown, UsedPrice } from './cost-line';

/** Whose a line is, what for, and how its quantity came about. */
export type Entry = Pick<CostLine, 'kind' | 'owner' | 'cluster' | 'what' | 'how'>;

/** What was written down of one column. Nothing without a price gets in: it is a finding. */
export class Book {
  readonly lines: CostLine[] = [];
  readonly findings: Finding[] = [];
  readonly notKnown: NotKnown[] = [];
  /** Hours of vCPUs that were charged of each pool. */
  readonly vcpuHours = new Map<string, number>();

  /** @param columns of which its lines are a part */
  constructor(
    readonly prices: Prices,
    private readonly columns: readonly CostColumn[],
  ) {}

  /**
   * @param price key of the price file
   * @param share of the price that is paid, and what the unit then is @default - all of it
   */
  charge(entry: Entry, price: string, quantity: number, share?: { readonly of: number; readonly unit: string }): void {
    const known = this.prices.prices[price];
    if (known === undefined) {
      const file = `assurance/idle/prices/${this.prices.region}.json`;
      this.report(
        entry.owner,
        'not-understood',
        `got no price of '${price}' in ${this.prices.region}, expected one in ${file}`,
      );
      return;
    }
    if (quantity === 0) return;
    const usdPerUnit = known.usd * (share?.of ?? 1);
    const { sure } = known;
    const unit = share?.unit ?? known.unit;
    this.lines.push({
      columns: this.columns,
      ...entry,
      quantity,
      price,
      unit,
      usdPerUnit,
      sure,
      monthlyUsd: rounded(quantity * usdPerUnit),
    });
  }

  report(subject: string, kind: FindingKind, message: string): void {
    const same = this.findings.some((each) => each.subject === subject && each.message === message);
    if (!same) this.findings.push({ proof: 'idle', kind, subject, message });
  }

  notKnownOf(subject: string, message: string): void {
    this.notKnown.push({ subject, message });
  }
}

/** The prices that lines used, by their names. */
export function usedPrices(lines: readonly CostLine[], { prices }: Prices): UsedPrice[] {
  const names = [...new Set(lines.map(({ price }) => price))].sort();
  return names.flatMap((price) => {
    const known = prices[price];
    return known === undefined ? [] : [{ price, ...known }];
  });
}

/** The lines of one column. */
export const linesOf = ({ lines }: { readonly lines: readonly CostLine[] }, column: CostColumn): readonly CostLine[] =>
  lines.filter(({ columns }) => columns.includes(column));

export const sumOf = (lines: readonly { readonly monthlyUsd: number }[]): number =>
  rounded(lines.reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0));
