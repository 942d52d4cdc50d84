import { escapeHtml } from '../isolation/page-parts';
import { linesOf } from './book';
import { COST_KINDS, type CostKind, type CostLine, type CostResult } from './cost-line';
import { COLOURS } from './page-style';

/** Dollars as a person reads them: cents only where they count. */
export const dollars = (usd: number): string =>
  `$${usd.toLocaleString('en', usd >= 100 || usd === 0 ? { maximumFractionDigits: 0 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

interface Slice {
  readonly kind: CostKind;
  readonly usd: number;
}

/** What a column is made of, in the order of the kinds. */
function slicesOf(lines: readonly CostLine[]): Slice[] {
  const sums = new Map<CostKind, number>();
  for (const { kind, monthlyUsd } of lines) sums.set(kind, (sums.get(kind) ?? 0) + monthlyUsd);
  return COST_KINDS.flatMap((kind) => {
    const usd = sums.get(kind) ?? 0;
    return usd > 0 ? [{ kind, usd }] : [];
  });
}

const HEIGHT = 26;

/** Slices side by side, as wide as their part of `whole`. */
function bar(label: string, slices: readonly Slice[], whole: number): string {
  let x = 0;
  const rects = slices.map(({ kind, usd }) => {
    const width = whole === 0 ? 0 : (usd / whole) * 1000;
    const rect = `<rect x="${x.toFixed(2)}" y="0" width="${width.toFixed(2)}" height="${HEIGHT}" fill="${COLOURS[kind]}"><title>${escapeHtml(`${kind}: ${dollars(usd)}`)}</title></rect>`;
    x += width;
    return rect;
  });
  return (
    `<svg role="img" aria-label="${escapeHtml(label)}" viewBox="0 0 1000 ${HEIGHT}" height="${HEIGHT}" preserveAspectRatio="none">` +
    `<rect x="0" y="0" width="1000" height="${HEIGHT}" fill="var(--track)"/>${rects.join('')}</svg>`
  );
}

/** Idle, expected and peak side by side, each with its parts, and below all three to one scale. */
export function columnsOf(cost: CostResult): string {
  const least = cost.notKnown.length === 0 ? '' : ', at least';
  const reserved = cost.unmeasured.some((what) => what.startsWith('capacity reservations')) ? ', but reservations' : '';
  const said = [
    ['Idle', 'idle', cost.idleUsd, `with no work at all${reserved}`],
    ['Expected', 'expected', cost.expectedUsd, `in a usual month${least}`],
    ['Peak', 'peak', cost.peakUsd, `all pools at their limits, ${dollars(cost.peakHourlyUsd)} an hour`],
  ] as const;
  const cards = said.map(([name, column, usdOfAll, when]) => {
    const slices = slicesOf(linesOf(cost, column));
    const rows = slices.map(
      ({ kind, usd }) =>
        `<tr><td><span class="swatch" style="background:${COLOURS[kind]}"></span>${kind}</td><td class="number">${dollars(usd)}</td><td class="number soft">${percent(usd, usdOfAll)}</td></tr>`,
    );
    return `<section class="column"><h2>${name}</h2>
<div class="amount">${dollars(usdOfAll)} <small>a month</small></div>
<p class="soft">${when}</p>
${bar(`parts of ${name.toLowerCase()}`, slices, usdOfAll)}
<table>${rows.join('')}</table></section>`;
  });
  const strips = said.map(
    ([name, column, usdOfAll]) =>
      `<tr><td>${name}</td><td class="number">${dollars(usdOfAll)}</td><td class="wide">${bar(`${name} to scale`, slicesOf(linesOf(cost, column)), cost.peakUsd)}</td></tr>`,
  );
  return `<div class="columns">${cards.join('')}</div>
<h2>All three to one scale</h2>
<table class="wide">${strips.join('')}</table>`;
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? '' : part / whole < 0.005 ? '< 1 %' : `${Math.round((part / whole) * 100)} %`;
