import { expect, test } from '@jest/globals';
import { dirname, join, normalize, sep } from 'node:path';
import ts from 'typescript';
import { environmentNames, loadNamed } from '../../environments';
import { bigInput } from '../support/big-environment';
import { goodFiles, goodInput } from '../support/good-environment';
import { sampleGrants, sampleInput, sampleTenants } from '../support/sample-environment';
import { literalTexts, sourceFiles, sourceText } from '../support/source-files';

interface Named {
  readonly name: string;
  readonly nodePools: readonly { readonly name: string }[];
  readonly models: readonly { readonly id: string }[];
  readonly researchTeams: readonly { readonly id: string }[];
}
const namesOf = ({ name, nodePools, models, researchTeams }: Named): string[] => [
  name,
  ...[...models, ...researchTeams].map(({ id }) => id),
  ...nodePools.map((pool) => pool.name),
];
const live = environmentNames.flatMap((name) => {
  const env = loadNamed(name);
  return [...namesOf(env), ...[...env.tenants, ...env.grants].map(({ id }) => id)];
});
/** A tenant may be called like one of the tests' own environments, or like a word of the program: nobody depends on it by that. */
const common = new Set([
  ...[sampleInput, goodInput, bigInput].flatMap(namesOf),
  ...[...sampleTenants, ...sampleGrants].map(({ id }) => id),
  ...Object.keys(goodFiles).flatMap(parts),
  ...sourceFiles('schema', 'constructs', 'infra', 'cli').flatMap((file) => literalTexts(sourceText(file))),
]);
const files = sourceFiles('test', 'bench');

/** What a text may name: `env=one`, `tenants/one.yaml` and `tenant-one` name one. A sentence names nothing, nor does a path of the machine. */
function parts(text: string): string[] {
  if (/\s|^\//.test(text)) return [];
  return text.split(/[/=:,]/).map((part) => part.replace(/^tenant-|\.(?:yaml|ts)$/g, ''));
}

function named(text: string, names: ReadonlySet<string>): string[] {
  return literalTexts(text)
    .flatMap(parts)
    .filter((part) => names.has(part));
}

/** Files that load live environments, by an import through any number of others or in a process of the command line. */
const reading = new Map<string, boolean>();
function readsLive(file: string): boolean {
  const known = reading.get(file);
  if (known !== undefined) return known;
  reading.set(file, false);
  const text = sourceText(file);
  const imports = ts
    .preProcessFile(text)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) =>
      normalize(join(dirname(file), fileName))
        .split(sep)
        .join('/'),
    );
  const is =
    literalTexts(text).includes('bin.cjs') ||
    imports.some((target) => /^environments(?!\/read-input$)(?:\/|$)/.test(target)) ||
    files.some((other) => imports.includes(other.replace(/(?:\/index)?\.ts$/, '')) && readsLive(other));
  reading.set(file, is);
  return is;
}

test('no test and no benchmark that loads a live environment says a name of it, which an edit may take away', () => {
  const names = new Set(live.filter((name) => !common.has(name)));
  const judged = files.filter(readsLive);
  expect(judged).toEqual(expect.arrayContaining(['test/whole/checks.test.ts', 'test/support/synthesized.ts']));
  expect(judged.flatMap((file) => named(sourceText(file), names).map((name) => `${file}: ${name}`))).toEqual([]);
});

test.each([
  ["synthesized('One');", true],
  ['act({ context: [`env=One`] });', true],
  ["read('environments/One/index.ts');", true],
  ["read(join(folder, 'tenants/One.yaml'));", true],
  ['find(`k8s/tenants/One/${layer}`);', true],
  ["stack('tenant-One');", true],
  ["test('One of them');", false],
  ["import x from './One';", false],
  ["label('atoll.One');", false],
  ["stack('One-more');", false],
  ["open('/One/full');", false],
])('%s names what is called One: %s', (text, is) => {
  expect(named(text, new Set(['One'])).length > 0).toBe(is);
});
