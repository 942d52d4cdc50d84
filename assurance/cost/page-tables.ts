import { counted } from '../counted';
import { escapeHtml } from '../isolation/page-parts';
import { linesOf } from './book';
import { COST_KINDS, type CostLine, type CostResult, type OwnerCost } from './cost-line';
import { dollars } from './page-columns';

const COLUMNS = ['idle', 'expected', 'peak'] as const;
type Amounts = Record<(typeof COLUMNS)[number], number>;

/** Every thing that is paid, over all its owners, by kind. */
export function linesTable(cost: CostResult): string {
  const byKind = COST_KINDS.flatMap((kind) => {
    const rows = rowsOf(cost, kind);
    if (rows.length === 0) return [];
    const head = `<tr class="kind"><td colspan="4">${kind}</td></tr>`;
    return [head, ...rows.map(([what, amounts]) => `<tr><td>${escapeHtml(what)}</td>${amountCells(amounts)}</tr>`)];
  });
  const totals = { idle: cost.idleUsd, expected: cost.expectedUsd, peak: cost.peakUsd };
  return `<table class="wide"><tr><th>a month</th>${COLUMNS.map((name) => `<th class="number">${name}</th>`).join('')}</tr>
${byKind.join('\n')}
<tr class="kind"><td>all of it</td>${amountCells(totals)}</tr></table>`;
}

function rowsOf(cost: CostResult, kind: CostLine['kind']): (readonly [what: string, amounts: Amounts])[] {
  const rows = new Map<string, Amounts>();
  for (const column of COLUMNS)
    for (const line of linesOf(cost, column).filter((each) => each.kind === kind)) {
      const row = rows.get(line.what) ?? { idle: 0, expected: 0, peak: 0 };
      row[column] += line.monthlyUsd;
      rows.set(line.what, row);
    }
  // What work costs stands together, and below it what limits allow.
  return [...rows].toSorted(([, a], [, b]) => b.expected - a.expected || b.peak - a.peak);
}

const amountCells = (amounts: Amounts): string =>
  COLUMNS.map((name) => `<td class="number">${amounts[name] === 0 ? '' : dollars(amounts[name])}</td>`).join('');

/** Rows that are shown at once; the others wait behind a line to click. */
const SHOWN = 40;

/** Tenants or teams by what a usual month costs, the dearest first. */
export function ownersTable(cost: CostResult, kind: 'tenant' | 'team'): string {
  const owners = cost.owners
    .filter(({ owner }) => owner.startsWith(`${kind}/`))
    .toSorted((a, b) => b.expectedUsd - a.expectedUsd || (a.owner < b.owner ? -1 : 1));
  const head = `<tr><th>${kind}</th><th class="number">idle</th><th class="number">expected</th>${kind === 'tenant' ? '<th class="number">peak</th>' : ''}<th class="number">budget</th><th>of budget</th></tr>`;
  const table = (some: readonly OwnerCost[]): string =>
    `<div class="scroll"><table class="wide">${head}${some.map((owner) => ownerRow(owner, kind)).join('\n')}</table></div>`;
  const rest = owners.slice(SHOWN);
  const more =
    rest.length === 0
      ? ''
      : `<details><summary>${counted(rest.length, `${kind} more`, `${kind}s more`)}</summary>${table(rest)}</details>`;
  return owners.length === 0 ? '<p>None.</p>' : `${table(owners.slice(0, SHOWN))}${more}`;
}

function ownerRow({ owner, idleUsd, expectedUsd, peakUsd, budgetUsd, atLeast }: OwnerCost, kind: string): string {
  const name = escapeHtml(owner.slice(kind.length + 1));
  const over = budgetUsd !== undefined && expectedUsd > budgetUsd;
  const cells = [
    `<td>${name}</td>`,
    `<td class="number">${dollars(idleUsd)}</td>`,
    `<td class="number${over ? ' bad' : ''}">${atLeast ? '&ge; ' : ''}${dollars(expectedUsd)}</td>`,
    ...(kind === 'tenant' ? [`<td class="number">${dollars(peakUsd ?? 0)}</td>`] : []),
    `<td class="number">${budgetUsd === undefined ? '' : dollars(budgetUsd)}</td>`,
    `<td class="meter">${budgetUsd === undefined ? '' : meter(expectedUsd / budgetUsd, over)}</td>`,
  ];
  return `<tr>${cells.join('')}</tr>`;
}

const meter = (part: number, over: boolean): string =>
  `<svg role="img" aria-label="${Math.round(part * 100)} % of the budget" viewBox="0 0 100 8" height="8" preserveAspectRatio="none"><rect width="100" height="8" fill="var(--track)"/>` +
  `<rect width="${Math.min(100, part * 100).toFixed(1)}" height="8" fill="var(${over ? '--bad' : '--good'})"/></svg>`;

const SURE: Readonly<Record<CostLine['sure'], string>> = {
  'price-list': "AWS's price list",
  'price-page': "AWS's page",
  'second-hand': 'quoted by others',
  memory: 'nobody looked it up',
};

/** As many digits as a price has. */
const figure = (usd: number): string => usd.toLocaleString('en', { maximumFractionDigits: 10 });

/** Each price that a line used, with whence and of when it is. */
export function pricesTable({ prices }: CostResult): string {
  const rows = prices.map(({ price, usd, unit, source, checked, sure, seen }) => {
    const doubt = sure === 'memory' ? 'whole bad' : 'whole';
    return `<tr><td>${escapeHtml(price)}</td><td class="number">${figure(usd)}</td><td>${escapeHtml(unit)}</td><td class="number">${checked}</td><td class="${doubt}">${SURE[sure]}</td><td><a href="${escapeHtml(source)}">${escapeHtml(new URL(source).host)}</a>: ${escapeHtml(seen)}</td></tr>`;
  });
  return `<div class="scroll"><table class="wide source"><tr><th>price</th><th class="number">USD</th><th>unit</th><th>looked up</th><th>how sure</th><th>where</th></tr>${rows.join('\n')}</table></div>`;
}
