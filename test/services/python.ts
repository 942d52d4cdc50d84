import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What the pinned requirements need: theirs, not Atoll's own. */
const [OLDEST, NEWEST] = [11, 14];
const ALLOWED = `Python 3.${OLDEST} to 3.${NEWEST}`;
const PROBE = "import sys; print('%d.%d.%d' % sys.version_info[:3])";

type Variables = Readonly<Record<string, string | undefined>>;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  /** The last words, for an error. */
  readonly said: string;
}

/**
 * A virtual environment with the requirements installed, made at the first call and kept in a cache by their hash.
 * @param cache folder, made where it is missing
 * @param variables of Python and pip
 * @returns its Python
 * @throws Error that says what was got, what is allowed and the remedy
 */
export function pythonWith(requirements: string, cache: string, variables: Variables = process.env): string {
  const version = pythonVersion(variables);
  const text = readFileSync(requirements, 'utf8');
  const key = createHash('sha256').update(`${version}\n${text}`).digest('hex').slice(0, 16);
  const folder = join(cache, `python-${key}`);
  const python = join(folder, 'bin', 'python');
  const complete = join(folder, 'complete');
  if (existsSync(complete)) return python;
  // What a run that was broken off has left.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  const made = run('python3', ['-m', 'venv', folder], variables);
  if (made.code !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw fault('python3 -m venv', made, 'a virtual environment', 'install the venv module of Python');
  }
  const pip = ['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check', '-r', requirements];
  const installed = run(python, pip, variables);
  if (installed.code !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw fault(
      'pip install',
      installed,
      `the packages of ${relative(join(__dirname, '..', '..'), requirements)}`,
      'give pip an index that has them',
    );
  }
  writeFileSync(complete, '');
  return python;
}

function pythonVersion(variables: Variables): string {
  const probed = run('python3', ['-c', PROBE], variables);
  if (probed.code !== 0) throw fault('python3', probed, ALLOWED, 'install it');
  const version = probed.stdout.trim();
  const [major, minor] = version.split('.').map(Number);
  if (major !== 3 || minor === undefined || minor < OLDEST || minor > NEWEST)
    throw new Error(`python3: got ${version}, allowed ${ALLOWED}; put one of these first in PATH`);
  return version;
}

function run(program: string, args: readonly string[], variables: Variables): Ended {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', env: { ...variables } });
  if (error !== undefined) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return { code: null, stdout: '', said: missing ? 'no such command' : error.message };
  }
  return { code: status, stdout, said: lastLine(stderr) || lastLine(stdout) || `code ${String(status)}` };
}

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';
const fault = (what: string, { said }: Ended, allowed: string, remedy: string): Error =>
  new Error(`${what}: got '${said}', allowed ${allowed}; ${remedy}`);
