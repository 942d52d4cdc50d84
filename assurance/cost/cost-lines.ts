import { counted } from '../counted';
import { COST_KINDS, type CostResult, type OwnerCost } from './cost-line';

/** Tenants, remarks and unknown things that are printed of each; all of them are in the files. */
const MOST = 20;

const COLUMNS = ['idle', 'expected', 'peak'] as const;

const usd = (amount: number): string =>
  amount.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** What an environment costs as a person reads it: by line, by owner, and what to look at. */
export function costLines(cost: CostResult): string[] {
  const least = cost.notKnown.length === 0 ? '' : 'at least ';
  const head =
    `${cost.environment}: idle ${usd(cost.idleUsd)} $, expected ${least}${usd(cost.expectedUsd)} $, ` +
    `peak ${usd(cost.peakUsd)} $ a month (${usd(cost.peakHourlyUsd)} $ an hour)`;
  const remarks = few(
    cost.remarks.map((remark) => `to look at: ${remark}`),
    'remark',
  );
  const open = few(
    cost.notKnown.map(({ subject, message }) => `not known: ${subject}: ${message}`),
    'thing that is not known',
    'things that are not known',
  );
  return [
    head,
    ...[...kindRows(cost), '', ...ownerRows(cost), ...remarks, ...open].map((line) => (line === '' ? '' : `  ${line}`)),
  ];
}

function few(lines: readonly string[], one: string, many = `${one}s`): string[] {
  const rest = lines.length - MOST;
  return rest <= 0 ? [...lines] : [...lines.slice(0, MOST), `and ${counted(rest, `more ${one}`, `more ${many}`)}`];
}

function kindRows({ lines }: CostResult): string[] {
  const rows = COST_KINDS.map((kind) => {
    const own = lines.filter((line) => line.kind === kind);
    const sums = COLUMNS.map((name) =>
      own.reduce((sum, { columns, monthlyUsd }) => sum + (columns.includes(name) ? monthlyUsd : 0), 0),
    );
    return { kind, sums };
  });
  const shown = rows.filter(({ sums }) => sums.some((sum) => sum > 0));
  return table([['by line', ...COLUMNS], ...shown.map(({ kind, sums }) => [kind, ...sums.map(usd)])]);
}

function ownerRows({ owners }: CostResult): string[] {
  const tenants = owners
    .filter(({ owner }) => owner.startsWith('tenant/'))
    .toSorted((a, b) => b.expectedUsd - a.expectedUsd || (a.owner < b.owner ? -1 : 1));
  const others = owners.filter(({ owner }) => !owner.startsWith('tenant/'));
  const row = ({ owner, idleUsd, expectedUsd, peakUsd, budgetUsd, atLeast }: OwnerCost): string[] => [
    owner,
    usd(idleUsd),
    `${atLeast ? '>= ' : ''}${usd(expectedUsd)}`,
    peakUsd === undefined ? '' : usd(peakUsd),
    budgetUsd === undefined ? '' : usd(budgetUsd),
  ];
  const rest = tenants.length - MOST;
  return [
    ...table([
      ['by owner', 'idle', 'expected', 'own peak', 'budget'],
      ...[...others, ...tenants.slice(0, MOST)].map(row),
    ]),
    ...(rest > 0 ? [`and ${counted(rest, 'tenant')} more, in cost.json`] : []),
  ];
}

/** Rows with their first cell to the left and the others to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
