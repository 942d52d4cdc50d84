import { expect, jest, test } from '@jest/globals';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atollProgram } from '../../cli/program';
import { placementText } from '../../cli/placement';
import type { Environments } from '../../cli/environments';
import { loadEnvironment } from '../../schema/load';
import { PLACEMENT_FILE } from '../../schema/placement/placement-record';
import { goodFiles, goodInput } from '../support/good-environment';
import { temporaryFolder } from '../support/temporary';

const input: typeof goodInput = {
  ...goodInput,
  nodePools: [
    ...goodInput.nodePools,
    {
      name: 'serving',
      cluster: 'production',
      workload: 'serving',
      families: ['g6'],
      gpuLimit: 4,
      cpuLimit: 64,
      memoryLimitGiB: 256,
    },
  ],
  servingPools: [{ name: 'triton', engine: 'triton', nodePool: 'serving', maxServers: 1, tenantsPerServer: 2 }],
};
const root = join(temporaryFolder(), 'environments');
const folder = join(root, goodInput.name);
const lockFile = join(folder, PLACEMENT_FILE);
for (const [path, text] of Object.entries(goodFiles)) {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}
const environments = {
  folder: root,
  requireName: (name: string | undefined) => name ?? '',
  load: (_name: string, options?: object) => loadEnvironment(input, folder, options),
} as unknown as Environments;
/** What the command prints. */
function run(...args: string[]): string {
  const printed: unknown[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(text) > 0);
  try {
    atollProgram(environments).parse(['placement', ...args, '-e', goodInput.name], { from: 'user' });
  } finally {
    write.mockRestore();
  }
  return printed.join('');
}
const tenant = (id: string): string => (goodFiles['tenants/acme.yaml'] ?? '').replace('id: acme', `id: ${id}`);

test('what is new is recorded, what is recorded stays, and what has no place is refused and leaves the file', () => {
  expect(() => loadEnvironment(input, folder)).toThrow('run npx atoll placement lock -e test');
  expect(run('lock')).toBe('recorded 2 new models, moved 0; 1 server\n');
  const first = readFileSync(lockFile, 'utf8');
  expect(JSON.parse(first)).toEqual({
    common: { recognizer: 'triton-0' },
    tenants: { acme: { 'call-outcome': 'triton-0' } },
  });
  expect(loadEnvironment(input, folder).placement).toEqual(JSON.parse(first));

  writeFileSync(join(folder, 'tenants', 'aaa.yaml'), tenant('aaa'));
  expect(run('lock')).toBe('recorded 1 new model, moved 0; 1 server\n');
  const second = readFileSync(lockFile, 'utf8');
  expect(JSON.parse(second)).toEqual({
    common: { recognizer: 'triton-0' },
    tenants: { aaa: { 'call-outcome': 'triton-0' }, acme: { 'call-outcome': 'triton-0' } },
  });

  writeFileSync(join(folder, 'tenants', 'aab.yaml'), tenant('aab'));
  expect(() => {
    run('lock');
  }).toThrow("aab/call-outcome: got no server with room, allowed maxServers 1 of pool 'triton'; raise it");
  expect(readFileSync(lockFile, 'utf8')).toBe(second);
  expect(existsSync(`${lockFile}.${process.pid}`)).toBe(false);
});

test('what is shown are servers, models, GPUs, what is not recorded and the first limit', () => {
  const shown = placementText(loadEnvironment(input, folder, { placesAnew: true }));
  expect(run('show')).toBe(shown);
  expect(shown.split('\n')).toEqual([
    'triton-0  386 of 20599 MiB, 2 of 2 tenants',
    '  recognizer  258 MiB',
    '  aaa/call-outcome  64 MiB',
    '  acme/call-outcome  64 MiB',
    '1 GPU when all of them run at once',
    'cold start of triton: 282 of 480 s, node 90 + image 50 + weights 70 + load 72',
    `not in ${PLACEMENT_FILE}: 1 model`,
    'without a place: 1 model',
    'first limit: maxServers of triton (1), short of tenants per server, with 4 tenants',
    '',
  ]);
});
