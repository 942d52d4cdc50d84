import { counted } from '../counted';
import { escapeHtml } from '../isolation/page-parts';
import type { CostResult } from './cost-line';
import { SPOT_SHARE } from './machines';
import { columnsOf } from './page-columns';
import { STYLE } from './page-style';
import { linesTable, ownersTable, pricesTable } from './page-tables';

/** What an environment costs as one HTML file without anything from outside. */
export function costPage(cost: CostResult): string {
  const tenants = cost.owners.filter(({ owner }) => owner.startsWith('tenant/')).length;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>What ${escapeHtml(cost.environment)} costs</title>
<style>${STYLE}</style>
</head>
<body>
<h1>What ${escapeHtml(cost.environment)} costs</h1>
<p class="soft">${escapeHtml(cost.region)}, ${counted(tenants, 'tenant')}. US dollars a month, without discounts, taxes and support.</p>
${verdict(cost)}
${columnsOf(cost)}
${box('To look at', cost.remarks)}
${box(
  'Not known, and in no sum',
  cost.notKnown.map(({ subject, message }) => `${subject}: ${message}`),
)}
<h2>By line</h2>
${linesTable(cost)}
<h2>By tenant</h2>
<p class="soft">What each tenant's own stack, objects and jobs cost. What several share is the platform's and divided among nobody. A tenant's peak is what its own limits
allow, all month; tenants share pools, so that their peaks add up to more than the whole.</p>
${ownersTable(cost, 'tenant')}
<h2>By research team</h2>
${ownersTable(cost, 'team')}
<h2>How this was reckoned</h2>
${RULES}
<h2>What flows without work, and nobody has measured</h2>
<p class="soft">In no sum.</p>
<ul>${cost.unmeasured.map((what) => `<li>${escapeHtml(what)}</li>`).join('')}</ul>
<h2>Prices</h2>
${pricesTable(cost)}
</body>
</html>
`;
}

const MOST = 12;

function box(title: string, items: readonly string[], kind = ''): string {
  if (items.length === 0) return '';
  const list = (some: readonly string[]): string =>
    `<ul>${some.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
  const rest = items.slice(MOST);
  const more = rest.length === 0 ? '' : `<details><summary>${rest.length} more</summary>${list(rest)}</details>`;
  return `<div class="box${kind}"><strong>${title}</strong>${list(items.slice(0, MOST))}${more}</div>`;
}

function verdict({ findings }: CostResult): string {
  if (findings.length === 0) return '<p class="good">No GPU runs without work, and every line has a price.</p>';
  const told = findings.map(({ kind, subject, message }) => `${kind}: ${subject}: ${message}`);
  return `<p class="bad">${counted(findings.length, 'finding')}: the sums below are too low, or are paid without work.</p>${box('Found', told, ' red')}`;
}

const RULES = `<ul>
<li><em>Idle</em> is the idle bill of <code>atoll prove</code>, line by line.</li>
<li><em>Expected</em> adds what the environment and its tenants declare of a usual month (<code>expectedMonth</code>). A job works through
<code>throughputPerHour</code>; inputs come evenly over the hours of working days, and those of one batch window share the boot of a machine, which is paid as well,
and so is its wait before it goes. Where windows come so densely that it never goes, it stays for the day.</li>
<li>A pod gets the cheapest machine of its pool's families that has room for it and for the daemons of every node. Spot is reckoned at ${SPOT_SHARE * 100} % of the price on
demand. A job on shared nodes is reckoned as if it were alone on its machine, which is more than it costs.</li>
<li>Buckets are reckoned as they are once retention has come round, at the price of the first 50 TB.</li>
<li><em>Peak</em> is every pool at its limits at once, with the mix of its machines that costs most, on demand and all month; system nodes at the most of their groups; what
is stored and asked, which has no limit, as expected.</li>
</ul>`;
