import { expect, test } from '@jest/globals';
import { accessMatrix } from '../../../assurance/isolation/matrix';
import { matrixPage } from '../../../assurance/isolation/page';
import type { Environment } from '../../../schema/model';
import { generateEnvironment } from '../../support/generate-environment';
import { sampleEnvironment } from '../../support/sample-environment';

const matrixOf = (env: Environment, subject = 'tenant-acme') =>
  accessMatrix(env, [{ tenants: env.tenants.map(({ id }) => id), asked: [], standing: [] }], {
    closedTo: ['sample-production-cluster/NodeRole'],
    covered: { tenants: env.tenants.length },
    findings: subject === '' ? [] : [{ proof: 'isolation', kind: 'open', subject, message: 'a <role> may read' }],
  });

test('grants reach the tenants that they name, and the eraser every one that is there', () => {
  const env = sampleEnvironment();
  const { rows } = matrixOf(env);
  const reached = (who: RegExp): (readonly [string, readonly string[]])[] =>
    rows.filter((row) => who.test(row.who)).map((row) => [row.who, Object.keys(row.cells).toSorted()]);
  for (const { id, tenants } of env.grants)
    expect(reached(new RegExp(`^grant ${id}$`))).toEqual([[`grant ${id}`, tenants.toSorted()]]);
  const present = env.tenants.filter(({ state }) => state !== 'erased').map(({ id }) => id);
  expect(reached(/^eraser$/)).toEqual([['eraser', present.toSorted()]]);
});

test('the eraser deletes and lists, and no other row deletes', () => {
  const deleting = matrixOf(sampleEnvironment()).rows.filter(({ cells }) =>
    Object.values(cells).some((rights) => rights.includes('deletes')),
  );
  expect(deleting.map(({ who }) => who)).toEqual(['eraser']);
  expect([...new Set(Object.values(deleting[0]?.cells ?? {}).flat())].toSorted()).toEqual(['deletes', 'lists']);
});

test('an erased tenant is neither a column nor a cell', () => {
  const env = sampleEnvironment();
  const [first, ...others] = env.tenants;
  if (first === undefined) throw new Error('the sample has no tenant');
  const { tenants, rows } = matrixOf({ ...env, grants: [], tenants: [{ ...first, state: 'erased' }, ...others] });
  expect(tenants.map(({ id }) => id)).toEqual(others.map(({ id }) => id));
  expect(rows.filter(({ cells }) => first.id in cells)).toEqual([]);
});

test.each([8, 200])(
  'the page of %d tenants has a cell for each principal and tenant, and one colour for each right',
  (count) => {
    const env = generateEnvironment(count);
    const matrix = matrixOf(env);
    const html = matrixPage(matrix);
    const cells = html.match(/<rect [^>]*height="14"/g) ?? [];
    expect(cells).toHaveLength(matrix.rows.length * matrix.tenants.length);
    const open = matrix.rows.flatMap((row) => Object.keys(row.cells).map((id) => `<title>${row.who}, ${id}: `));
    expect(open.filter((title) => !html.includes(title))).toEqual([]);
    const legend = html.match(/<i style="background:#\w+"/g) ?? [];
    expect(new Set(legend).size).toBe(legend.length);
    const rights = new Set(matrix.rows.flatMap(({ cells: all }) => Object.values(all).flat()));
    expect(rights.size).toBeLessThanOrEqual(legend.length);
  },
);

test('the page says how many findings there are, and shows them as text', () => {
  const env = sampleEnvironment();
  const red = matrixPage(matrixOf(env));
  expect(red).toContain('1 finding.');
  expect(red).toContain('The picture shows what is declared; 1 finding below says where that does not hold.');
  expect(red).toContain('a &#60;role&#62; may read');
  expect(red).not.toContain('No way but the declared ones');
  expect(matrixPage(matrixOf(env, ''))).toContain('No way but the declared ones. Every declared way is open.');
});

const ofClasses = (env: Environment, subject: string, covered: Readonly<Record<string, number>> = { tenants: 1 }) =>
  accessMatrix(
    env,
    env.tenants.map(({ id }) => ({ tenants: [id], asked: [], standing: [] })),
    { closedTo: [], covered, findings: [{ proof: 'isolation', kind: 'open', subject, message: 'somebody may read' }] },
  );

test.each(['sample-tenant-acme/BucketPolicy', 'tenant-acme', 'production: tenant-acme'])(
  'a finding about %s marks the tenant, in JSON and in the picture, and no other',
  (subject) => {
    const matrix = ofClasses(sampleEnvironment(), subject);
    expect(matrix.proven).toBe(false);
    expect(matrix.tenants.filter(({ inDoubt }) => inDoubt).map(({ id }) => id)).toEqual(['acme']);
    const marked = Array.from(matrixPage(matrix).matchAll(/class="doubt" data-tenant="([^"]*)"/g), ([, id]) => id);
    expect(marked).toEqual(['acme']);
  },
);

test('a finding about a tenant marks those of its class, and one about nobody marks none', () => {
  const env = sampleEnvironment();
  expect(matrixOf(env).tenants.every(({ inDoubt }) => inDoubt)).toBe(true);
  const nobody = ofClasses(env, 'sample-production-cluster/NodeRole');
  expect(nobody.tenants.some(({ inDoubt }) => inDoubt)).toBe(false);
  expect(nobody.proven).toBe(false);
  expect(matrixPage(nobody)).toContain('The picture shows what is declared; 1 finding below');
});

test('where nothing was asked there are no rows, no picture and no claim', () => {
  const matrix = ofClasses(sampleEnvironment(), 'sample-tenant-acme/Added', {});
  expect([matrix.proven, matrix.asked, matrix.rows]).toEqual([false, false, []]);
  const html = matrixPage(matrix);
  expect(html).toContain('nothing is proven and no matrix is drawn');
  expect(html).not.toContain('<svg');
  expect(html).not.toContain('Asked as well');
});

test('without findings the matrix is proven, and nobody is marked', () => {
  const matrix = matrixOf(sampleEnvironment(), '');
  expect([matrix.proven, matrix.asked]).toEqual([true, true]);
  expect(matrixPage(matrix)).not.toMatch(/class="doubt"|as declared|does not hold/);
});
