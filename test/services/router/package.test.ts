import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import root from '../../../package.json';
import own from '../../../services/router/package.json';
import { IMAGES } from '../../../schema/images';
import { ROUTER_EXITS } from '../../../schema/router-config';
import { OPERATIONS, WAYS } from '../../../services/router/paths';
import { PROJECT, run } from '../../support/command-line';
import { temporaryFolder } from '../../support/temporary';

const readme = readFileSync(join(PROJECT, 'services', 'router', 'README.md'), 'utf8');

test('the package has the versions of the project, whose lock file its image is built by, and the tag of its image', () => {
  const known: Record<string, string> = { ...root.dependencies, ...root.devDependencies };
  for (const [name, version] of Object.entries({ ...own.dependencies, ...own.devDependencies }))
    expect([name, version]).toEqual([name, known[name]]);
  expect(own.version).toBe(IMAGES.router.tag);
});

test('the package is one file that runs by itself, bundled as its script says', () => {
  const folder = temporaryFolder();
  const outfile = join(folder, 'main.js');
  expect(own.scripts.bundle).toBe('esbuild main.ts --bundle --platform=node --target=node20 --outfile=dist/main.js');
  buildSync({
    absWorkingDir: join(PROJECT, 'services', 'router'),
    entryPoints: ['main.ts'],
    bundle: true,
    platform: 'node',
    target: 'node20',
    outfile,
    logLevel: 'error',
  });
  const ended = run(process.execPath, ['--no-warnings', outfile], {
    cwd: folder,
    env: { ...process.env, ATOLL_ROUTER_CONFIG: join(folder, 'none.json') },
  });
  expect([ended.status, ended.stdout]).toEqual([64, '']);
  expect(ended.stderr).toMatch(/none\.json: file: got ENOENT, /);
});

test('the README says every path of a client and every code by which the router ends', () => {
  for (const operation of OPERATIONS) expect(readme).toContain(`POST ${WAYS[operation].client('<type>')}`);
  for (const code of Object.values(ROUTER_EXITS)) expect(readme).toMatch(new RegExp(`(?:^|[ .])${code}: `, 'm'));
});
