import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { stringify } from 'yaml';
import root from '../../../package.json';
import own from '../../../services/dataset-builder/package.json';
import { IMAGES } from '../../../schema/images';
import { run, type RunOptions } from '../../../services/dataset-builder/run';
import { PROJECT, run as runProgram } from '../../support/command-line';
import { S3Stub } from '../../support/s3-stub';
import { temporaryFolder } from '../../support/temporary';
import { DURING, fill, scope, SECRET, STORE } from './sample-data';

const RECIPE = { name: 'notes', classes: ['text'], from: '2026-11-01', to: '2026-11-03', sample: 5, maxGiB: 1 };

let stub: S3Stub;
beforeEach(async () => {
  stub = await S3Stub.start();
  fill(stub);
});
afterEach(() => stub.stop());

function filesOf(recipe: object, told: unknown = scope): { scopeFile: string; recipeFile: string } {
  const folder = temporaryFolder();
  const [scopeFile, recipeFile] = [join(folder, 'scope.json'), join(folder, 'recipe.yaml')];
  writeFileSync(scopeFile, JSON.stringify(told));
  writeFileSync(recipeFile, stringify(recipe));
  return { scopeFile, recipeFile };
}

interface Ran {
  readonly code: number;
  readonly written: readonly string[];
  readonly complained: readonly string[];
}
async function ran(recipe: object, over: Partial<RunOptions> = {}, told: unknown = scope): Promise<Ran> {
  const written: string[] = [];
  const complained: string[] = [];
  const code = await run({
    ...filesOf(recipe, told),
    signal: new AbortController().signal,
    now: () => DURING,
    write: (line) => written.push(line),
    complain: (line) => complained.push(line),
    client: stub.client(),
    ...over,
  });
  return { code, written, complained };
}

describe('a run', () => {
  test('prints a line of JSON for each count and the path of the dataset at its end', async () => {
    const { code, written, complained } = await ran(RECIPE);
    expect([code, complained]).toEqual([0, []]);
    const lines = written.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ event }) => event)).toEqual(['listed', 'listed', 'written', 'dataset']);
    const { path } = lines.at(-1) as { path: string };
    expect(Object.keys(stub.bodies(STORE))).toEqual([`datasets/notes-quality/${path}`]);
  });

  test('refuses a recipe beyond the grant with every fault of it at once, and asks S3 for nothing', async () => {
    const wide = {
      ...RECIPE,
      classes: ['text', 'audio'],
      tenants: ['acme', 'cedar-health', 'acme'],
      to: '2026-10-01',
      smaple: 1,
    };
    const { code, complained } = await ran(wide);
    expect(code).toBe(2);
    expect(complained.join('\n').split('\n')).toEqual([
      "recipe.yaml:4: classes[1]: got 'audio', allowed 'text', which the grant 'notes-quality' opens; take it out, or ask for a grant",
      "recipe.yaml:6: to: got '2026-10-01', at least '2026-11-01', the day of from; correct one of the two days",
      "recipe.yaml:11: tenants[1]: got 'cedar-health', allowed 'acme' or 'birch', which the grant 'notes-quality' opens; take it out, or ask for a grant",
      "recipe.yaml:12: tenants[2]: got 'acme' again, each at most once; remove one of the two",
      "recipe.yaml:13: smaple: got an unknown key, allowed 'name', 'classes', 'tenants', 'origin', 'from', 'to', 'sample', 'maxGiB', 'filters' or 'seed'; did you mean 'sample'",
    ]);
    expect(stub.requests).toEqual([]);
  });

  test.each([
    [
      { to: '2027-11-02' },
      "recipe.yaml:5: to: got '2027-11-02', 367 days with the first, at most 366 days; make two datasets of it",
    ],
    [
      { origin: 'raw', filters: { languages: ['de'] } },
      "recipe.yaml:10: filters.languages: got a list of 1, allowed with origin 'records'; take it out, or draw from records",
    ],
    [
      { filters: { minSeconds: 9, maxSeconds: 3 } },
      'recipe.yaml:9: filters.minSeconds: got 9, at most 3, the maxSeconds; lower it',
    ],
    [{ sample: 0 }, 'recipe.yaml:6: sample: got 0, at least 1; raise it'],
  ])('refuses %j', async (over, expected) => {
    expect(await ran({ ...RECIPE, ...over })).toEqual({ code: 2, written: [], complained: [expected] });
  });

  test.each([[{}], ['{'], [{ ...scope, key: 'secret' }]])('refuses a scope such as %j', async (told) => {
    const { code, complained } = await ran(RECIPE, {}, told);
    expect(code).toBe(2);
    expect(complained).toEqual([
      expect.stringMatching(/^scope: got another form in .*, allowed the ConfigMap of the grant; mount that$/),
    ]);
  });

  test('says of a fault what kind it is and nothing of what it says', async () => {
    const { code, complained } = await ran(RECIPE, { recipeFile: join(temporaryFolder(), SECRET) });
    expect([code, complained]).toEqual([1, ['got Error, allowed none; run it again']]);
  });

  test('that is told to end writes nothing, and says so by its code', async () => {
    const stop = new AbortController();
    const ended = await ran(RECIPE, {
      signal: stop.signal,
      write: () => {
        stop.abort();
      },
    });
    expect(ended.code).toBe(143);
    expect(ended.complained).toEqual(['got the signal to end, so that nothing was written; make the Job again']);
    expect(stub.bodies(STORE)).toEqual({});
  });
});

describe('the package', () => {
  test('has the versions of the project, whose lock file its image is built by, and the tag of its image', () => {
    const known: Record<string, string> = { ...root.dependencies, ...root.devDependencies };
    for (const [name, version] of Object.entries({ ...own.dependencies, ...own.devDependencies }))
      expect([name, version]).toEqual([name, known[name]]);
    expect(own.version).toBe(IMAGES['dataset-builder'].tag);
  });

  test('is one file that runs by itself, bundled as its script says', () => {
    const folder = temporaryFolder();
    const outfile = join(folder, 'main.js');
    expect(own.scripts.bundle).toBe('esbuild main.ts --bundle --platform=node --target=node20 --outfile=dist/main.js');
    buildSync({
      absWorkingDir: join(PROJECT, 'services', 'dataset-builder'),
      entryPoints: ['main.ts'],
      bundle: true,
      platform: 'node',
      target: 'node20',
      outfile,
      logLevel: 'error',
    });
    const { scopeFile, recipeFile } = filesOf({ ...RECIPE, tenants: ['acne'] });
    const { status, stdout, stderr } = runProgram(process.execPath, ['--no-warnings', outfile], {
      cwd: folder,
      env: { ATOLL_SCOPE: scopeFile, ATOLL_RECIPE: recipeFile },
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr:
        "recipe.yaml:9: tenants[0]: got 'acne', allowed 'acme' or 'birch', which the grant 'notes-quality' opens; did you mean 'acme'\n",
    });
  });
});
