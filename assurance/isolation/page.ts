import { counted } from '../counted';
import type { AccessMatrix } from './matrix';
import { escapeHtml, tableOf } from './page-parts';
import { COLOURS, picture } from './page-picture';

/** The matrix as one HTML file without anything from outside. */
export function matrixPage(matrix: AccessMatrix): string {
  const { environment, findings, covered, tenants, asked } = matrix;
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
.doubtful { color: #a61b1b; border: 2px solid #a61b1b; padding: 0.5rem 0.8rem; }
text { font: 11px system-ui, sans-serif; fill: #222; }
</style>
</head>
<body>
<h1>Who reaches whose data: ${escapeHtml(environment)}</h1>
<p>${counted(tenants.length, 'tenant')}${asked ? `, ${counted(matrix.rows.length, 'kind')} of principals` : ''}.</p>
${verdict(matrix)}
${asked ? declared(matrix) : ''}
<h2>What was asked</h2>
${asked ? tableOf(Object.entries(covered).map(([name, count]) => [name, count.toLocaleString('en')])) : '<p>Nothing.</p>'}
<h2>Findings</h2>
${findings.length === 0 ? '<p>None.</p>' : tableOf(findings.map(({ proof, kind, subject, message }) => [proof, kind, subject, message]))}
</body>
</html>
`;
}

function verdict({ asked, findings }: AccessMatrix): string {
  const count = counted(findings.length, 'finding');
  if (!asked)
    return `<p class="bad">${count}.</p>
<p class="doubtful">Nothing was asked, so that nothing is proven and no matrix is drawn: what the proof could not read is below.</p>`;
  if (findings.length === 0) return `<p class="good">No way but the declared ones. Every declared way is open.</p>`;
  const say = findings.length === 1 ? 'finding below says' : 'findings below say';
  return `<p class="bad">${count}.</p>
<p class="doubtful">The picture shows what is declared; ${findings.length.toLocaleString('en')} ${say} where that does not hold. Tenants of which one tells, and those that are
like them, are hatched in red. What is the same of others is told once, by the first of them.</p>`;
}

function declared(matrix: AccessMatrix): string {
  const closed = matrix.proven ? 'is closed' : 'is declared closed';
  return `<h2>Principals by tenants${matrix.proven ? '' : ', as declared'}</h2>
<p>A white cell ${closed}. A cell has the colour of the strongest right; one that reads and writes has a corner of the other colour, and all rights show where the pointer rests.</p>
<p class="legend">${COLOURS.map(([, colour, meaning]) => `<span><i style="background:${colour}"></i>${meaning}</span>`).join('')}</p>
<div class="figure">${picture(matrix)}</div>
<h2>${matrix.proven ? 'Closed to everybody else' : 'Of whom nothing is declared'}</h2>
<p>Asked as well, with every right that policies of their own could give: anybody else of both accounts, the roles of CDK's bootstrap among them; other accounts of the
organisation, the auditors' among them; anybody outside of it; requests without a signature; AWS services, but for what is declared of them. And these roles of the stacks:</p>
<p>${escapeHtml(matrix.closedTo.join(', '))}</p>
<h2>Where one lock lets more through</h2>
${matrix.singleLocks.length === 0 ? '<p>Nowhere.</p>' : tableOf(matrix.singleLocks.map(({ who, lock, reason }) => [who, `by the ${lock}'s policies`, reason]))}`;
}
