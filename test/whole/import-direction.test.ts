import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

const root = resolve(__dirname, '..', '..');

/** Who may import whom: the arrows of the design. A room may always import itself. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  schema: [],
  environments: ['schema'],
  constructs: ['schema'],
  'infra/aws': ['schema', 'constructs', 'infra'],
  'infra/k8s': ['schema', 'constructs', 'infra'],
  'infra/audit': ['schema', 'infra'],
  infra: ['schema', 'constructs', 'infra/aws', 'infra/k8s'],
  assurance: ['schema'],
  services: [],
  cli: ['schema', 'environments', 'infra', 'infra/aws', 'assurance'],
};
/** Entry points have effects: they pick an environment, and nothing imports them. */
const ENTRY_POINTS = ['infra/main.ts', 'cli/main.ts', 'bench/main.ts', 'test/upstream/main.ts'];
/** What the rooms of infra share: types of files that the one renders and the other uploads. */
const SHARED_BY_INFRA = ['infra/rendered.ts'];

const roomOf = (file: string): string => {
  const [first, second] = file.split('/');
  return first === 'infra' && ['aws', 'k8s', 'audit'].includes(second ?? '') ? `infra/${second ?? ''}` : (first ?? '');
};

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.parentPath.includes('node_modules'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

function importsOf(file: string): string[] {
  return ts
    .preProcessFile(readFileSync(join(root, file), 'utf8'))
    .importedFiles.map((imported) => imported.fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) =>
      relative(root, resolve(root, dirname(file), name))
        .split(sep)
        .join('/'),
    );
}

function wrongArrows(file: string, imports: readonly string[]): string[] {
  const room = roomOf(file);
  return imports.flatMap((target) => {
    if (ENTRY_POINTS.includes(`${target}.ts`)) return [`${file} imports the entry point ${target}`];
    const targetRoom = roomOf(target);
    if (targetRoom === room) return [];
    if (ENTRY_POINTS.includes(file) && targetRoom === 'environments') return [];
    if (room.startsWith('infra/') && targetRoom === 'infra') {
      return SHARED_BY_INFRA.includes(`${target}.ts`) ? [] : [`${file} imports ${target}`];
    }
    return ALLOWED[room]?.includes(targetRoom) === true ? [] : [`${file} imports ${target}`];
  });
}

test('imports flow one way between the rooms', () => {
  const files = Object.keys(ALLOWED)
    .filter((room) => !room.includes('/'))
    .flatMap(sourceFiles);
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap((file) => wrongArrows(file, importsOf(file)))).toEqual([]);
});

test('an arrow against the flow is found', () => {
  expect(wrongArrows('schema/names.ts', ['infra/synth'])).toEqual(['schema/names.ts imports infra/synth']);
  expect(wrongArrows('constructs/aws/x.ts', ['environments/prod-us/index'])).toEqual([
    'constructs/aws/x.ts imports environments/prod-us/index',
  ]);
  expect(wrongArrows('infra/aws/x.ts', ['infra/k8s/render'])).toEqual(['infra/aws/x.ts imports infra/k8s/render']);
  expect(wrongArrows('assurance/x.ts', ['infra/synth'])).toEqual(['assurance/x.ts imports infra/synth']);
  expect(wrongArrows('test/x.ts', ['infra/main'])).toEqual(['test/x.ts imports the entry point infra/main']);
});
