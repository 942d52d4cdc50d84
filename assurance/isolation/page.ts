import type { AccessMatrix, MatrixRow, Right } from './matrix';
import { escapeHtml, tableOf } from './page-parts';

const WRITES = '#d98c3f';

/** From what shows data to what only counts it: a cell has the colour of the first that it holds. */
const COLOURS: readonly (readonly [right: Right, colour: string, meaning: string])[] = [
  ['reads', '#1f4e79', 'reads objects'],
  ['receives', '#2e75b6', 'receives messages'],
  ['writes', WRITES, 'writes objects'],
  ['deletes', '#8c3b3b', 'deletes objects and messages'],
  ['decrypts', '#9dc3e6', 'decrypts'],
  ['encrypts', '#f0cfa8', 'encrypts'],
  ['lists', '#bdd7ee', 'lists names'],
  ['logs', '#a3a3a3', 'adds log lines'],
  ['counts', '#c2c2c2', 'counts messages'],
  ['describes', '#dedede', 'describes'],
];

const CELL = 14;
const LABEL = 190;
/** Room for the longest name with its state, at an angle. */
const HEAD = 200;
const RIGHT = 120;
/** Beyond this many tenants a column is a stripe, and only the class is written. */
const NAMED_TENANTS = 120;

/** The matrix as one HTML file without anything from outside. */
export function matrixPage(matrix: AccessMatrix): string {
  const { environment, findings, covered, tenants } = matrix;
  const verdict =
    findings.length === 0
      ? `<p class="good">No way but the declared ones. Every declared way is open.</p>`
      : `<p class="bad">${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}.</p>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Access matrix of ${escapeHtml(environment)}</title>
<style>
body { font: 14px/1.45 system-ui, sans-serif; color: #222; margin: 2rem; max-width: 1500px; }
h1 { font-size: 1.5rem; margin-bottom: 0; }
h2 { font-size: 1.1rem; margin-top: 2rem; }
.good { color: #1d6b36; font-weight: 600; }
.bad { color: #a61b1b; font-weight: 600; }
.figure { overflow-x: auto; border: 1px solid #ddd; padding: 0.5rem; }
table { border-collapse: collapse; }
td, th { text-align: left; padding: 0.2rem 0.9rem 0.2rem 0; vertical-align: top; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
.legend span { display: inline-block; margin-right: 1.2rem; }
.legend i { display: inline-block; width: 12px; height: 12px; margin-right: 0.35rem; border: 1px solid #aaa; }
text { font: 11px system-ui, sans-serif; fill: #222; }
</style>
</head>
<body>
<h1>Who reaches whose data: ${escapeHtml(environment)}</h1>
<p>${tenants.length} tenants, ${matrix.rows.length} kinds of principals. A white cell is closed. A cell has the colour of the strongest right; one that reads and writes has a corner of the other colour, and all rights show where the pointer rests.</p>
${verdict}
<h2>Principals by tenants</h2>
<p class="legend">${COLOURS.map(([, colour, meaning]) => `<span><i style="background:${colour}"></i>${meaning}</span>`).join('')}</p>
<div class="figure">${picture(matrix)}</div>
<h2>Closed to everybody else</h2>
<p>Asked as well, with every right that policies of their own could give: anybody else of both accounts, the roles of CDK's bootstrap among them; other accounts of the
organisation, the auditors' among them; anybody outside of it; requests without a signature; AWS services, but for what is declared of them. And these roles of the stacks:</p>
<p>${escapeHtml(matrix.closedTo.join(', '))}</p>
<h2>Where one lock lets more through</h2>
${matrix.singleLocks.length === 0 ? '<p>Nowhere.</p>' : tableOf(matrix.singleLocks.map(({ who, lock, reason }) => [who, `by the ${lock}'s policies`, reason]))}
<h2>What was asked</h2>
${tableOf(Object.entries(covered).map(([name, count]) => [name, count.toLocaleString('en')]))}
<h2>Findings</h2>
${findings.length === 0 ? '<p>None.</p>' : tableOf(findings.map(({ proof, kind, subject, message }) => [proof, kind, subject, message]))}
</body>
</html>
`;
}

function picture({ tenants, rows }: AccessMatrix): string {
  const named = tenants.length <= NAMED_TENANTS;
  const width = named ? CELL : Math.max(1, Math.floor(1200 / tenants.length));
  const head = named ? HEAD : 20;
  const size = { width: LABEL + tenants.length * width + (named ? RIGHT : 10), height: head + rows.length * CELL + 10 };
  const columns = named
    ? tenants.map(({ id, state }, i) => {
        const x = LABEL + i * width + width / 2 + 4;
        const shown = state === 'active' ? id : `${id} (${state})`;
        return `<text transform="translate(${x},${head - 4}) rotate(-60)">${escapeHtml(shown)}</text>`;
      })
    : [`<text x="${LABEL}" y="${head - 6}">${tenants.length} tenants, in the order of their ids</text>`];
  const body = rows.map((row, r) => rowOf(row, r, tenants, { width, head }));
  return (
    `<svg role="img" aria-label="principals by tenants" width="${size.width}" height="${size.height}" ` +
    `viewBox="0 0 ${size.width} ${size.height}">${columns.join('')}${body.join('')}</svg>`
  );
}

function rowOf(
  row: MatrixRow,
  r: number,
  tenants: AccessMatrix['tenants'],
  { width, head }: { readonly width: number; readonly head: number },
): string {
  const y = head + r * CELL;
  const cells = tenants.map(({ id }, i) => {
    const rights = row.cells[id];
    const colour = COLOURS.find(([right]) => rights?.includes(right))?.[1] ?? '#fff';
    const title = rights === undefined ? '' : `<title>${escapeHtml(`${row.who}, ${id}: ${rights.join(', ')}`)}</title>`;
    const stroke = width >= 6 ? ' stroke="#e3e3e3"' : '';
    const [x, half] = [LABEL + i * width, Math.ceil(width / 2)];
    const corner =
      rights?.includes('writes') === true && colour !== WRITES
        ? `<rect x="${x + width - half}" y="${y + CELL / 2}" width="${half}" height="${CELL / 2}" fill="${WRITES}">${title}</rect>`
        : '';
    return `<rect x="${x}" y="${y}" width="${width}" height="${CELL}" fill="${colour}"${stroke}>${title}</rect>${corner}`;
  });
  return `<text x="${LABEL - 6}" y="${y + 11}" text-anchor="end">${escapeHtml(row.who)}</text>${cells.join('')}`;
}
