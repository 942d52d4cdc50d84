import { expect, test } from '@jest/globals';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Reference, references } from '../support/imports/references';
import { fileOf, sourceTree } from '../support/imports/sources';
import { temporaryFolder } from '../support/temporary';

const ROOT = '/checkout';
const found = (text: string, file = 'schema/deep/x.ts'): string[] =>
  references(file, text, ROOT).map(({ kind, target }: Reference) => `${kind} ${target}`);

const CREATE = "import { createRequire } from 'node:module';";
const PATHS = "import { join, resolve } from 'node:path';";

test.each([
  "import '../../infra/synth';",
  "import { a } from '../../infra/synth';",
  "import type { A } from '../../infra/synth';",
  "import a, { type B } from '../../infra/synth';",
  "import a = require('../../infra/synth');",
  "export { a } from '../../infra/synth';",
  "export * from '../../infra/synth';",
  "export * as a from '../../infra/synth';",
  "export type { A } from '../../infra/synth';",
  "type A = import('../../infra/synth').A;",
  "type A = typeof import('../../infra/synth');",
  "declare module '../../infra/synth' {}",
  "const a = await import('../../infra/synth');",
  "async () => (await import('../../infra/synth')).a;",
  "const a = require('../../infra/synth');",
  'const a = require(`../../infra/synth`);',
  "const a = module.require('../../infra/synth');",
  "const a = require.resolve('../../infra/synth');",
  "const load = require; load('../../infra/synth');",
  "const up = '../..'; require(up + '/infra/synth');",
  'const at = "../../infra"; require(`${at}/synth`);',
  "jest.requireActual('../../infra/synth');",
  "jest.mock('../../infra/synth');",
  "import.meta.resolve('../../infra/synth');",
  "import '/checkout/infra/synth';",
  "import 'file:///checkout/infra/synth';",
  '/// <reference path="../../infra/synth" />',
  '/// <reference types="../../infra/synth" />',
])('a module is found: %s', (text) => {
  expect(found(text)).toContain('module infra/synth');
});

test.each([
  "createRequire(__filename)('../../infra/synth');",
  "const load = createRequire(__filename); load('../../infra/synth');",
  "const load = createRequire(import.meta.url) as Load; (load('../../infra/synth') as A).a;",
  "const load = createRequire(__filename); load.resolve('../../infra/synth');",
  "class A { private readonly a = createRequire('/checkout/package.json')('./infra/synth'); }",
  "createRequire('/checkout/')('./infra/synth');",
  "import { createRequire as made } from 'module'; made(__filename)('../../infra/synth');",
  "import * as m from 'node:module'; m.createRequire(__filename)('../../infra/synth');",
  "const { createRequire: made } = require('node:module'); made(__filename)('../../infra/synth');",
])('a module is found behind createRequire: %s', (text) => {
  expect(found(CREATE + text)).toContain('module infra/synth');
});

test.each([
  "join(__dirname, '..', '..', 'infra', 'aws');",
  "resolve(__dirname, '../../infra/aws');",
  "const root = resolve(__dirname, '..', '..'); readFileSync(join(root, 'infra', 'aws'));",
  "import path from 'node:path'; path.join(__dirname, '../../infra/aws');",
  "import * as p from 'path'; p.posix.resolve(__dirname, '../../infra/aws');",
  "import { dirname as up, join as j } from 'node:path'; j(up(__filename), '../../infra/aws');",
  "const { join: j } = require('path'); j(__dirname, '../../infra/aws');",
  "const p = require('path'); p.join(__dirname, '../../infra/aws');",
  "import { default as p } from 'path'; p.join(__dirname, '../../infra/aws');",
  "require('path').join(__dirname, '../../infra/aws');",
  "join(import.meta.dirname, '../../infra/aws');",
  "new URL('../../infra/aws', import.meta.url);",
  "join(process.cwd(), 'infra/aws');",
  "resolve('infra', 'aws');",
  "readFileSync('/checkout/infra/aws');",
  'readFileSync(`${__dirname}/../../infra/aws`);',
  "readFileSync(__dirname + '/../../infra/aws');",
  "join(__dirname, '../../infra/aws', name);",
  'readFileSync(`${__dirname}/../../infra/aws/${name}.ts`);',
  "new Worker(join(__dirname, '../../infra/aws', f(1)));",
])('a path is found: %s', (text) => {
  expect(found(PATHS + text)).toContain('path infra/aws');
});

test.each([
  ["require(join(__dirname, '../../infra/synth'));", 'module infra/synth'],
  ["import(resolve(__dirname, '../../infra/synth'));", 'module infra/synth'],
  ["require('../../infra/synth' as string);", 'module infra/synth'],
  ["require(new URL('../../infra/synth', import.meta.url).pathname);", 'module infra/synth'],
  [
    "import { fileURLToPath as f } from 'url'; require(f(new URL('../../infra/synth', import.meta.url)));",
    'module infra/synth',
  ],
  ['readFileSync(`${__dirname}/../../infra/aw${x}`);', 'path infra'],
  ['require(name);', 'computed name'],
  ['import(`../${name}`);', 'computed `../${name}`'],
  ['run(require);', 'computed require'],
  ['export const made = { require };', 'computed require'],
  ['const { resolve: r } = require;', 'computed require'],
  [`${CREATE} run(createRequire);`, 'computed createRequire'],
  [`${CREATE} createRequire(base)('./x');`, "computed './x'"],
  [`${CREATE} const load = createRequire(__filename); run(load);`, 'computed load'],
  [`${CREATE} createRequire(base)('aws-cdk-lib/core');`, 'package aws-cdk-lib'],
  ["import fs from 'fs';", 'package node:fs'],
  ["import { S3 } from '@aws-sdk/client-s3/x';", 'package @aws-sdk/client-s3'],
  ["import '#infra';", 'package #infra'],
])('what a name means: %s', (text, meant) => {
  expect(found(PATHS + text)).toContain(meant);
});

test.each(['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'cjs', 'mjs'])('a .%s file is read', (end) => {
  expect(found("export * from '../infra/synth';", `schema/x.${end}`)).toEqual(['module infra/synth']);
});

test('a script without an extension is read, and the types in its comments', () => {
  const text = "#!/usr/bin/env node\n/** @type {import('../infra/synth').A} */\nconst a = <b>{require('./c')}</b>;";
  expect(found(text, 'tools/x').sort()).toEqual(['module infra/synth', 'module tools/c']);
});

test('what only looks like one is passed over', () => {
  const text = "import { join } from 'node:path'; ['infra'].join('/'); Promise.resolve('../infra'); a.b('../infra/x');";
  expect(found(`${text} // require('../infra/x')`)).toEqual(['package node:path']);
  expect(found('const a = { require: true, createRequire: 1 }; type B = typeof require;')).toEqual([]);
  expect(found("if (require.main === module) 'import(../infra/x)';")).toEqual([]);
});

test('every file that Node can run is listed, and every link', () => {
  const root = temporaryFolder();
  const write = (path: string, text = ''): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const sources = ['.ci/node', 'a/b.mts', 'a/dist/c.cjs', 'bin/run', 'd.tsx', 'tools.d/e'];
  for (const path of sources) write(path, '#!/usr/bin/env -S node --require tsx/cjs\n');
  for (const path of ['dist/x.ts', 'a/node_modules/x.ts', '.a.partial/x.ts', 'a/x.yaml'])
    write(path, '#!/usr/bin/env node');
  write('.ci/shell', '#!/usr/bin/env bash\nnode x\n');
  symlinkSync(join(root, 'a'), join(root, 'link'));
  symlinkSync('b.mts', join(root, 'a', 'link.ts'));
  expect(sourceTree(root)).toEqual({ sources, links: ['a/link.ts', 'link'] });
  expect(['a/b', 'a/b.mjs', 'd', 'a/c'].map((target) => fileOf(root, target))).toEqual([
    'a/b.mts',
    'a/b.mts',
    'd.tsx',
    undefined,
  ]);
});
