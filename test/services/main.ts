/**
 * `npm run test:services`: the tests of `test/services/real`, against the protocols of a real queue and a real bucket as moto's server speaks
 * them, and with the Jupyter of a workbench. Needs Python 3.11 to 3.14 with venv and pip; the first run downloads what `requirements.txt` and
 * that of the workbench pin. It ends with jest's code.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join, resolve } from 'node:path';
import { startMoto } from './moto-server';
import { pythonWith } from './python';

const root = resolve(__dirname, '..', '..');
/** The configuration of `npm test` leaves these tests out; here they are asked for. */
const REAL = ['--testPathIgnorePatterns', '/node_modules/', '--', 'test/services/real/'];

let jest: ChildProcess | undefined;
// The server has to be stopped, whatever ends the tests.
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    jest?.kill(signal);
  });

async function main(): Promise<number> {
  const cache = join(root, 'node_modules', '.cache', 'atoll');
  const python = pythonWith(join(__dirname, 'requirements.txt'), cache);
  const workbench = pythonWith(join(root, 'services', 'workbench', 'requirements.txt'), cache);
  const moto = await startMoto(python);
  try {
    jest = spawn(
      process.execPath,
      [
        '--no-warnings',
        join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
        '--ci',
        '--runInBand',
        ...process.argv.slice(2),
        ...REAL,
      ],
      {
        cwd: root,
        env: { ...process.env, ATOLL_TEST_ENDPOINT: moto.endpoint, ATOLL_TEST_JUPYTER: dirname(workbench) },
        stdio: 'inherit',
      },
    );
    const [code] = (await once(jest, 'exit')) as [number | null];
    return code ?? 1;
  } finally {
    await moto.stop();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
