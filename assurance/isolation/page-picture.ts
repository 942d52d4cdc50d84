import type { AccessMatrix, MatrixRow, Right } from './matrix';
import { escapeHtml } from './page-parts';

const WRITES = '#d98c3f';
const DOUBT = '#a61b1b';

/** From what shows data to what only counts it: a cell has the colour of the first that it holds. */
export const COLOURS: readonly (readonly [right: Right, colour: string, meaning: string])[] = [
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

/** What is declared as a picture; tenants of which a finding tells are hatched and outlined in red. */
export function picture({ tenants, rows }: AccessMatrix): string {
  const named = tenants.length <= NAMED_TENANTS;
  const width = named ? CELL : Math.max(1, Math.floor(1200 / tenants.length));
  const head = named ? HEAD : 20;
  const size = { width: LABEL + tenants.length * width + (named ? RIGHT : 10), height: head + rows.length * CELL + 10 };
  const columns = named
    ? tenants.map(({ id, state, inDoubt }, i) => {
        const x = LABEL + i * width + width / 2 + 4;
        const shown = state === 'active' ? id : `${id} (${state})`;
        const style = inDoubt ? ` style="fill:${DOUBT};font-weight:600"` : '';
        return `<text transform="translate(${x},${head - 4}) rotate(-60)"${style}>${escapeHtml(shown)}</text>`;
      })
    : [`<text x="${LABEL}" y="${head - 6}">${tenants.length} tenants, in the order of their ids</text>`];
  const body = rows.map((row, r) => rowOf(row, r, tenants, { width, head }));
  const doubts = tenants.flatMap(({ id, inDoubt }, i) =>
    inDoubt ? [doubt(id, { x: LABEL + i * width, y: head, width, height: rows.length * CELL })] : [],
  );
  return (
    `<svg role="img" aria-label="principals by tenants" width="${size.width}" height="${size.height}" ` +
    `viewBox="0 0 ${size.width} ${size.height}">${doubts.length === 0 ? '' : HATCH}` +
    `${columns.join('')}${body.join('')}${doubts.join('')}</svg>`
  );
}

const HATCH =
  '<defs><pattern id="doubt" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
  `<line x1="0" y1="0" x2="0" y2="6" stroke="${DOUBT}" stroke-width="2"/></pattern></defs>`;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What lies below still tells its rights where the pointer rests. */
const doubt = (id: string, { x, y, width, height }: Box): string =>
  `<rect class="doubt" data-tenant="${escapeHtml(id)}" x="${x}" y="${y}" width="${width}" height="${height}" ` +
  `fill="url(#doubt)" fill-opacity="0.55" stroke="${DOUBT}" stroke-width="${width >= 6 ? 2 : 0.5}" pointer-events="none"/>`;

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
