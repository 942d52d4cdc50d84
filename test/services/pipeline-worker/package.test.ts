import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import root from '../../../package.json';
import own from '../../../services/pipeline-worker/package.json';
import { IMAGES } from '../../../schema/images';
import { STAGE_EXITS, WORKER_EXITS } from '../../../schema/pipeline-job';
import { kindOf, Unreachable } from '../../../services/pipeline-worker/errors';
import { PROJECT, run } from '../../support/command-line';
import { temporaryFolder } from '../../support/temporary';

test('the package has the versions of the project, whose lock file its image is built by, and the tag of its image', () => {
  const known: Record<string, string> = { ...root.dependencies, ...root.devDependencies };
  for (const [name, version] of Object.entries({ ...own.dependencies, ...own.devDependencies }))
    expect([name, version]).toEqual([name, known[name]]);
  expect(own.version).toBe(IMAGES['pipeline-worker'].tag);
});

test('the package is one file that runs by itself, bundled as its script says', () => {
  const folder = temporaryFolder();
  const outfile = join(folder, 'main.js');
  expect(own.scripts.bundle).toBe('esbuild main.ts --bundle --platform=node --target=node20 --outfile=dist/main.js');
  buildSync({
    absWorkingDir: join(PROJECT, 'services', 'pipeline-worker'),
    entryPoints: ['main.ts'],
    bundle: true,
    platform: 'node',
    target: 'node20',
    outfile,
    logLevel: 'error',
  });
  const { status, stdout, stderr } = run(process.execPath, ['--no-warnings', outfile], { cwd: folder });
  expect({ status, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({ status: 64, stdout: '', lines: 8 });
});

test('the README says every code by which a stage or the worker ends', () => {
  const text = readFileSync(join(PROJECT, 'services', 'pipeline-worker', 'README.md'), 'utf8');
  for (const code of Object.values(WORKER_EXITS)) expect(text).toMatch(new RegExp(`(?:^|[ .])${code}: `, 'm'));
  for (const code of Object.values(STAGE_EXITS)) expect(text).toMatch(new RegExp(`^\\| ${code}[ ,]`, 'm'));
});

test('an error says its kind and nothing of what it says', () => {
  const refused = Object.assign(new Error('connect 10.0.0.1'), { code: 'ECONNREFUSED' });
  expect(kindOf(refused)).toBe('ECONNREFUSED');
  expect(kindOf(Object.assign(new Error('raw/text/secret'), { name: 'NoSuchKey', code: 'x' }))).toBe('NoSuchKey');
  expect(kindOf('raw/text/secret')).toBe('an error');
  expect(new Unreachable('queue', refused).message).toBe(
    "queue: got ECONNREFUSED, allowed an answer; look at the role's rights and the way to the service, the messages are in the queue again",
  );
});
