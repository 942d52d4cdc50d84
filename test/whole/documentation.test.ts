import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { atollProgram } from '../../cli/program';
import manifest from '../../package.json';
import { atoll, PROJECT } from '../support/command-line';
import { unknownAtoll, unknownScripts, wrongCdk } from '../support/documentation-commands';
import { brokenLinks, missingPaths } from '../support/documentation-paths';
import { environments, smallestEnvironment } from '../support/environments';
import { temporaryFolder } from '../support/temporary';

const NOT_OURS = ['.cache', '.git', 'cdk.out', 'coverage', 'dist', 'node_modules'];

/** Every path below a folder, with slashes, and folders with one at their end. */
function pathsBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).map((entry) => {
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/');
    return entry.isDirectory() ? `${path}/` : path;
  });
}

const project = readdirSync(PROJECT, { withFileTypes: true })
  .filter(({ name }) => !NOT_OURS.includes(name) && !name.endsWith('.partial'))
  .flatMap((entry) =>
    entry.isDirectory()
      ? [`${entry.name}/`, ...pathsBelow(join(PROJECT, entry.name)).map((path) => `${entry.name}/${path}`)]
      : [entry.name],
  );
const textOf = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');
const texts = new Map(project.filter((path) => path.endsWith('.md')).map((path) => [path, textOf(path)]));

const dist = temporaryFolder();
const environment = smallestEnvironment();
expect(atoll(['prove', '-e', environment, '-o', dist]).stderr).toBe('');
expect(atoll(['cost', '-e', environment, '-o', dist, '--no-synth']).stderr).toBe('');
const written = pathsBelow(dist);
const output = ['dist/', ...written.map((path) => `dist/${path}`)];
const stacks = written
  .filter((path) => path === `cdk/${environment}/assembly-${environment}/manifest.json`)
  .flatMap((path) => [...readFileSync(join(dist, path), 'utf8').matchAll(/"displayName": "[^"/]+\/([^"]+)"/g)])
  .map(([, id = '']) => id);
const program = atollProgram(environments);

interface Check {
  readonly what: string;
  readonly find: (file: string, text: string) => readonly string[];
  /** Texts of a document `docs/x.md` in which the check finds the whole of each in backticks, or each link. */
  readonly mistakes: readonly string[];
  /** What looks like a mistake and is none. */
  readonly right: readonly string[];
}

const code = (text: string): string => `say \`${text}\` and`;
const CHECKS: readonly Check[] = [
  {
    what: 'a path that is not there',
    find: (file, text) => missingPaths(file, text, project, output),
    mistakes: [
      'schema/nmes.ts',
      'schemas/names.ts',
      'nmes.ts',
      'environments/<env>/tenant/<id>.yaml',
      'constructs/aws/tenants/',
      'test/whole/*.tst.ts',
      'dist/k8s/<env>/platform/',
      'dist/profiles',
      'indexes/<id>.yaml',
      '../docs/open.md',
    ],
    right: ['names.ts', 'index/<id>.yaml', 'dist/cdk/<env>', '../README.md', 'test/whole/*.test.ts', 'nvidia.com/gpu'],
  },
  {
    what: 'a script that package.json does not have',
    find: (_, text) => unknownScripts(text, manifest.scripts),
    mistakes: ['npm run snyth', 'npm synth', 'npm run ci', 'npm run test:upsteam', 'ROUNDS=5 npm run benchmark'],
    right: ['npm ci', 'npm test', 'npm run test', 'ROUNDS=5 npm run bench'],
  },
  {
    what: 'a command or an option that atoll does not have',
    find: (_, text) => unknownAtoll(text, program),
    mistakes: [
      'npx atoll check',
      'npx atoll validate --all',
      'atoll images copy',
      'npx atoll images',
      'npx atoll validate one',
      'npx atoll images mirror --tenant x',
      'npx atoll dataset -e one -g two three four',
    ],
    right: [
      'npx atoll synth -e one --tenant <id>',
      'npx atoll images mirror --verbose -c env=one',
      'atoll images --help',
      'npx atoll dataset -e one -g two recipe.yaml',
    ],
  },
  {
    what: 'a cdk command without an environment, or with a key or a stack that is not there',
    find: (_, text) => wrongCdk(text, stacks),
    mistakes: [
      'npx cdk ls',
      'ATOLL_VERBOSE=1 npx cdk ls',
      'npx cdk ls -c env=one -c tenent=x',
      "npx cdk deploy -c env=one 'one/tenants-<id>'",
      "npx cdk deploy -c env=one 'two/tenant-<id>'",
    ],
    right: ["npx cdk deploy -c env=<env> '<env>/<cluster>-delivery'", 'npx cdk synth -c env=one -c tenant=<id>'],
  },
];

describe.each(CHECKS)('$what', ({ find, mistakes, right }) => {
  test('is in no document', () => {
    expect(texts.size).toBeGreaterThan(20);
    expect([...texts].flatMap(([file, text]) => find(file, text).map((found) => `${file}: ${found}`))).toEqual([]);
  });

  test.each(mistakes)('is found in %s', (mistake) => {
    expect(find('docs/x.md', code(mistake))).toEqual([mistake]);
    expect(find('docs/x.md', `\`\`\`\n${mistake}   # why\n\`\`\`\n`)).toEqual([mistake]);
  });

  test.each(right)('is not found in %s', (text) => {
    expect(find('docs/x.md', code(text))).toEqual([]);
  });
});

test('every relative link leads to a file or a folder, and to a heading where it names one', () => {
  const broken = (file: string, text: string): string[] => brokenLinks(file, text, texts, project);
  expect([...texts].flatMap(([file, text]) => broken(file, text).map((link) => `${file}: ${link}`))).toEqual([]);
  const links = [
    'performance.md',
    '../README.md#to-change-x-open-y',
    'decisions',
    'https://x.test/',
    'README.md',
    '../README.md#x',
  ];
  expect(broken('docs/x.md', links.map((link) => `[so](${link})`).join('\n'))).toEqual(['README.md', '../README.md#x']);
});

test('every document that the code names is there', () => {
  const named = (text: string): string[] => [...text.matchAll(/(?<![\w/])docs\/[\w/.-]+\.md\b/g)].map(([path]) => path);
  const missing = (text: string): string[] => named(text).filter((path) => !project.includes(path));
  const sources = project.filter((path) => /\.(?:ts|cjs)$/.test(path) && path !== 'test/whole/documentation.test.ts');
  expect(sources.map(textOf).flatMap(named).length).toBeGreaterThan(10);
  expect(sources.flatMap((path) => missing(textOf(path)).map((document) => `${path}: ${document}`))).toEqual([]);
  expect(missing('// docs/decisions/0000-nothing.md')).toEqual(['docs/decisions/0000-nothing.md']);
});
