import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(__dirname, '..', '..');

/** Texts that are a name of ours, or the beginning of one. */
const OURS = /^\/?atoll[-/.]|^alias\/atoll|[:/]atoll-/;
/** Texts that are an ARN of something in an account of ours; AWS's own (no account, or `aws`) may stand where they are used. */
const ARN = /^arn:aws:[a-z0-9-]+:[^:]*:(?!:)(?!aws:)[^:]+:|^arn:aws:s3:::(?!cdk-|$)/;

/** Files that may spell them: the names themselves, and a guard that rebuilds what CloudFormation will make of any name. */
const SPELLING = ['constructs/guards/templates/text.ts'];
/** The rest of an ARN that no name of ours is in. */
const NAMELESS = /:root$|:\*:capacity-reservation\/|<network account>/;

/** Literal texts of a source, template literals with `…` in place of what they put in; no comment, no import. */
function texts(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node)) found.push(node.text);
    else if (ts.isTemplateExpression(node))
      found.push(node.head.text + node.templateSpans.map((span) => `…${span.literal.text}`).join(''));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function misplaced(text: string): boolean {
  return OURS.test(text) || (ARN.test(text) && !NAMELESS.test(text));
}

test('names and ARNs of ours are made in schema/ only', () => {
  const files = ['constructs', 'infra', 'assurance', 'cli', 'services'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
      .map((name) => `${room}/${name}`),
  );
  expect(files.length).toBeGreaterThan(100);
  const found = files
    .filter((file) => !SPELLING.includes(file))
    .flatMap((file) =>
      texts(ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest))
        .filter(misplaced)
        .map((text) => `${file}: ${text}`),
    );
  expect(found).toEqual([]);
});

test.each([
  ['const name = `atoll-${env.name}-x`;', true],
  ["const key = 'alias/atoll/prod/x';", true],
  ['const group = `/atoll/${env.name}/x`;', true],
  ["const label = 'atoll.dev/tenant';", true],
  ['const queue = `arn:aws:sqs:${env.region}:${account}:x`;', true],
  ['const bucket = `arn:aws:s3:::${name}`;', true],
  ['const image = `arn:aws:ec2:${env.region}::image/*`;', false],
  ["const policy = 'arn:aws:eks::aws:cluster-access-policy/X';", false],
  ["// 'atoll-x'", false],
  ["import x from './atoll-x';", false],
])('%s is found: %s', (text, is) => {
  const source = ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest);
  expect(texts(source).some(misplaced)).toBe(is);
});
