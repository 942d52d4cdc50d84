import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { wrongArrow } from '../support/imports/arrows';
import { cycles } from '../support/imports/cycles';
import { type Reference, references } from '../support/imports/references';
import { COMPUTED, ENTRY_POINTS, roomOf } from '../support/imports/rooms';
import { fileOf, sourceTree } from '../support/imports/sources';

const root = resolve(__dirname, '..', '..');
const { sources, links } = sourceTree(root);
const named = new Map(sources.map((file) => [file, references(file, readFileSync(join(root, file), 'utf8'), root)]));
const modulesOf = (all: readonly Reference[]): string[] =>
  all.filter(({ kind }) => kind === 'module').map(({ target }) => target);

test('imports flow one way between the rooms, and every file is in a room', () => {
  expect(sources.length).toBeGreaterThan(250);
  const wrong = [...named].flatMap(([file, all]) => all.flatMap((reference) => wrongArrow(file, reference)));
  const nowhere = sources.filter((file) => roomOf(file) === undefined);
  expect({ wrong: [...new Set(wrong)], nowhere }).toEqual({ wrong: [], nowhere: [] });
});

test('every module that is imported is a file, by no link, and no two files import each other, even for a type', () => {
  const missing = [...named].flatMap(([file, all]) =>
    modulesOf(all)
      .filter((target) => fileOf(root, target) === undefined)
      .map((target) => `${file} imports ${target}`),
  );
  const edges = [...named].map(
    ([file, all]) => [file, modulesOf(all).map((target) => fileOf(root, target) ?? target)] as const,
  );
  expect({ missing, links, cycles: cycles(new Map(edges)) }).toEqual({ missing: [], links: [], cycles: [] });
});

test('no alias gives a room another name', () => {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => readFileSync(path, 'utf8'));
  const { extends: base, compilerOptions } = config.config as { extends?: unknown; compilerOptions: object };
  const aliases = ['baseUrl', 'paths', 'rootDirs', 'customConditions', 'plugins'];
  const jest = readFileSync(join(root, 'jest.config.cjs'), 'utf8');
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as object;
  expect({
    tsconfig: Object.keys(compilerOptions).filter((option) => aliases.includes(option)),
    base,
    jest: /moduleNameMapper|modulePaths|moduleDirectories|resolver/.exec(jest)?.[0],
    // `#x` and the project's own name are no paths: package.json alone would say what they are.
    manifest: Object.keys(manifest).filter((key) => ['imports', 'exports', 'main', 'workspaces'].includes(key)),
  }).toEqual({ tsconfig: [], base: undefined, jest: undefined, manifest: [] });
});

test('entry points and computed names are listed, each that there is and no other', () => {
  const manifests = ['package.json', 'cdk.json'].map((name) => readFileSync(join(root, name), 'utf8')).join('\n');
  const started = sources.filter((file) => manifests.includes(file) && file.includes('/'));
  const called = sources.filter((file) => /(^|\/)main\.\w+$/.test(file));
  const listed = Object.keys(ENTRY_POINTS);
  expect([...started, ...called].filter((file) => !listed.includes(file))).toEqual([]);
  expect(listed.filter((file) => !sources.includes(file))).toEqual([]);
  const computed = [...named].flatMap(([file, all]) =>
    all.filter(({ kind }) => kind === 'computed').map(({ target }) => `${file}: ${target}`),
  );
  expect([...new Set(computed)].sort()).toEqual(Object.keys(COMPUTED).sort());
});

const aModule = (target: string): Reference => ({ kind: 'module', target });
const aPath = (target: string): Reference => ({ kind: 'path', target });
const aPackage = (target: string): Reference => ({ kind: 'package', target });

test.each<[file: string, reference: Reference, wrong: string]>([
  ['schema/names.ts', aModule('infra/synth'), 'schema/names.ts imports infra/synth'],
  ['schema/names.ts', aPath('infra'), 'schema/names.ts names infra'],
  ['schema/names.ts', aPath(''), 'schema/names.ts names the root of the checkout'],
  ['schema/names.ts', aPackage('aws-cdk-lib'), 'schema/names.ts imports the package aws-cdk-lib'],
  ['schema/names.ts', aPackage('node:child_process'), 'schema/names.ts imports the package node:child_process'],
  ['schema/names.ts', aPackage('#infra'), 'schema/names.ts imports the package #infra'],
  ['schema/names.ts', aModule('../other/x'), 'schema/names.ts imports ../other/x, outside of the checkout'],
  ['schema/names.ts', aModule('schema/node_modules/x'), 'schema/names.ts imports schema/node_modules/x'],
  ['schema/x.ts', { kind: 'computed', target: 'f' }, 'schema/x.ts loads f, which constants do not tell'],
  ['environments/index.ts', aModule('infra/synth'), 'environments/index.ts imports infra/synth'],
  ['constructs/aws/x.ts', aModule('environments/dev/index'), 'constructs/aws/x.ts imports environments/dev/index'],
  ['constructs/aws/x.ts', aModule('environments'), 'constructs/aws/x.ts imports environments'],
  ['constructs/aws/x.ts', aModule('constructs/k8s/object'), 'constructs/aws/x.ts imports constructs/k8s/object'],
  ['constructs/aws/x.ts', aPackage('cdk8s'), 'constructs/aws/x.ts imports the package cdk8s'],
  ['constructs/k8s/x.ts', aPackage('aws-cdk-lib'), 'constructs/k8s/x.ts imports the package aws-cdk-lib'],
  [
    'constructs/aws/delivery/handler/x.cjs',
    aModule('constructs/aws/statement'),
    'constructs/aws/delivery/handler/x.cjs imports constructs/aws/statement',
  ],
  ['infra/aws/x.ts', aModule('infra/k8s/render'), 'infra/aws/x.ts imports infra/k8s/render'],
  ['infra/aws/x.ts', aModule('infra/synth'), 'infra/aws/x.ts imports infra/synth'],
  ['infra/synth.ts', aModule('environments'), 'infra/synth.ts imports environments'],
  ['cli/synth.ts', aModule('environments'), 'cli/synth.ts imports environments'],
  ['assurance/x.ts', aModule('infra/synth'), 'assurance/x.ts imports infra/synth'],
  ['schema/names.ts', aModule('test/support/tree'), 'schema/names.ts imports test/support/tree'],
  ['cli/synth.ts', aModule('bench/measure'), 'cli/synth.ts imports bench/measure'],
  ['test/x.test.ts', aModule('bench/measure'), 'test/x.test.ts imports bench/measure'],
  ['test/support/x.ts', aModule('test/whole/x'), 'test/support/x.ts imports test/whole/x'],
  ['bench/x.ts', aModule('test/whole/x'), 'bench/x.ts imports test/whole/x'],
  ['test/x.test.ts', aModule('infra/main'), 'test/x.test.ts imports the entry point infra/main'],
  ['test/x.test.ts', aModule('infra/main.ts'), 'test/x.test.ts imports the entry point infra/main.ts'],
  ['cli/synth.ts', aModule('cli/bin'), 'cli/synth.ts imports the entry point cli/bin'],
  ['test/x.test.ts', aModule('test/y.test'), 'test/x.test.ts imports the entry point test/y.test'],
  ['tools/x.mjs', aModule('tools/y'), 'tools/x.mjs is in no room of the table'],
  ['constructs/x.ts', aPackage('constructs'), 'constructs/x.ts is in no room of the table'],
  ['x.ts', aPackage('zod'), 'x.ts is in no room of the table'],
])('%s may not name %j', (file, reference, wrong) => {
  expect(wrongArrow(file, reference)).toEqual([wrong]);
});

test.each<[file: string, reference: Reference]>([
  ['cli/bin.cjs', aModule('cli/main.ts')],
  ['infra/main.ts', aModule('environments')],
  ['bench/main.ts', aModule('test/support/generate-environment')],
  ['test/x.test.ts', aPath('cli/bin.cjs')],
  ['infra/aws/x.ts', aModule('infra/rendered')],
])('%s may name %j', (file, reference) => {
  expect(wrongArrow(file, reference)).toEqual([]);
});

test('a ring of imports is found once, wherever one begins', () => {
  const edges = { c: ['d', 'a'], a: ['b', 'd'], b: ['c'], d: [], e: ['e'] };
  expect(cycles(new Map(Object.entries(edges)))).toEqual(['a -> b -> c -> a', 'e -> e']);
});
