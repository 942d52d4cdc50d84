import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import root from '../../../package.json';
import own from '../../../services/workbench/package.json';
import { IMAGES } from '../../../schema/images';
import { WORKBENCH_EXITS } from '../../../schema/workbench';
import { PROJECT, run } from '../../support/command-line';
import { temporaryFolder } from '../../support/temporary';

const text = (file: string): string => readFileSync(join(PROJECT, 'services', 'workbench', file), 'utf8');

test('the package has the versions of the project, whose lock file its image is built by, and the tag of its image', () => {
  const known: Record<string, string> = { ...root.dependencies, ...root.devDependencies };
  for (const [name, version] of Object.entries({ ...own.dependencies, ...own.devDependencies }))
    expect([name, version]).toEqual([name, known[name]]);
  expect(own.version).toBe(IMAGES.workbench.tag);
});

test('the package is one file that runs by itself, bundled as its script says', () => {
  const folder = temporaryFolder();
  const outfile = join(folder, 'main.js');
  expect(own.scripts.bundle).toBe('esbuild main.ts --bundle --platform=node --target=node20 --outfile=dist/main.js');
  buildSync({
    absWorkingDir: join(PROJECT, 'services', 'workbench'),
    entryPoints: ['main.ts'],
    bundle: true,
    platform: 'node',
    target: 'node20',
    outfile,
    logLevel: 'error',
  });
  const { status, stdout, stderr } = run(process.execPath, ['--no-warnings', outfile], { cwd: folder });
  expect({ status, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({ status: 64, stdout: '', lines: 4 });
});

test('the README says every code by which it ends', () => {
  for (const code of Object.values(WORKBENCH_EXITS)) expect(text('README.md')).toMatch(new RegExp(`^- ${code}: `, 'm'));
});

test('the image has every package in one version, and what it installs beside them too', () => {
  const packages = text('requirements.txt')
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('#'));
  expect(packages.length).toBeGreaterThan(50);
  expect(packages.filter((line) => !/^[\w.-]+==[\w.]+$/.test(line))).toEqual([]);
  expect(packages.filter((line) => /^(?:jupyterlab|jupyter_server)==/.test(line))).toHaveLength(2);
  expect(text('Dockerfile')).toMatch(/npm install .* code-server@\d+\.\d+\.\d+\n/);
  expect(text('Dockerfile')).toMatch(/\nUSER 10001:10001\n/);
});
