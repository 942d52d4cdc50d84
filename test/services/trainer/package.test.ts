import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import root from '../../../package.json';
import own from '../../../services/trainer/package.json';
import { IMAGES } from '../../../schema/images';
import { TRAINING_EXITS } from '../../../schema/training-job';
import { PROJECT, run } from '../../support/command-line';
import { temporaryFolder } from '../../support/temporary';

test('the package has the versions of the project, whose lock file its image is built by, and the tag of its image', () => {
  const known: Record<string, string> = { ...root.dependencies, ...root.devDependencies };
  for (const [name, version] of Object.entries({ ...own.dependencies, ...own.devDependencies }))
    expect([name, version]).toEqual([name, known[name]]);
  expect(own.version).toBe(IMAGES['trainer'].tag);
});

test('the package is one file that runs by itself, bundled as its script says', () => {
  const folder = temporaryFolder();
  const outfile = join(folder, 'main.js');
  expect(own.scripts.bundle).toBe('esbuild main.ts --bundle --platform=node --target=node20 --outfile=dist/main.js');
  buildSync({
    absWorkingDir: join(PROJECT, 'services', 'trainer'),
    entryPoints: ['main.ts'],
    bundle: true,
    platform: 'node',
    target: 'node20',
    outfile,
    logLevel: 'error',
  });
  const { status, stdout, stderr } = run(process.execPath, ['--no-warnings', outfile], { cwd: folder });
  expect({ status, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({ status: 64, stdout: '', lines: 6 });
});

test('the README says every code with which the container ends', () => {
  const text = readFileSync(join(PROJECT, 'services', 'trainer', 'README.md'), 'utf8');
  for (const code of [...Object.values(TRAINING_EXITS), 70])
    expect(text).toMatch(new RegExp(`^\\|[^|]+\\| ${code} `, 'm'));
});
