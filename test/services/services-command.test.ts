import { describe, expect, test } from '@jest/globals';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure, PROJECT, type Ran, run } from '../support/command-line';
import { temporaryFolder } from '../support/temporary';
import { pythonWith } from './python';

const REQUIREMENTS = join(PROJECT, 'test', 'services', 'requirements.txt');

/** A folder with a `python3` that is this script, where there is one. */
function bin(script?: string): string {
  const folder = temporaryFolder();
  if (script === undefined) return folder;
  const file = join(folder, 'python3');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return folder;
}
const command = (path: string): Ran =>
  run(process.execPath, ['--no-warnings', '--require', 'tsx/cjs', 'test/services/main.ts'], { env: { PATH: path } });

/** The version that no machine has: its folder in the cache is nobody's. */
const PROBE = 'if [ "$1" = -c ]; then echo 3.12.99; exit 0; fi';

describe('npm run test:services', () => {
  test.each<[name: string, script: string | undefined, line: string]>([
    ['Python', undefined, "python3: got 'no such command', allowed Python 3.11 to 3.14; install it"],
    [
      'a Python of its age',
      'echo 3.10.4',
      'python3: got 3.10.4, allowed Python 3.11 to 3.14; put one of these first in PATH',
    ],
    ['Python 3', 'echo 2.7.18', 'python3: got 2.7.18, allowed Python 3.11 to 3.14; put one of these first in PATH'],
    [
      'the venv module',
      `${PROBE}\necho no module named venv >&2; exit 1`,
      "python3 -m venv: got 'no module named venv', allowed a virtual environment; install the venv module of Python",
    ],
  ])('without %s ends with one line and 1', (_, script, line) => {
    expect(command(bin(script))).toEqual(failure(line));
  });

  test('whose pip fails says so, and leaves no half environment', () => {
    const cache = temporaryFolder();
    const failing = '#!/bin/sh\\necho no matching distribution >&2; exit 1\\n';
    const path = bin(
      `${PROBE}\n/bin/mkdir -p "$3/bin"; printf '${failing}' > "$3/bin/python"; /bin/chmod +x "$3/bin/python"`,
    );
    expect(() => pythonWith(REQUIREMENTS, cache, { PATH: path })).toThrow(
      "pip install: got 'no matching distribution', allowed the packages of test/services/requirements.txt; give pip an index that has them",
    );
    expect(readdirSync(cache)).toEqual([]);
  });

  test('makes its environment once for the same requirements', () => {
    const cache = temporaryFolder();
    const calls = join(temporaryFolder(), 'calls');
    const noting = `#!/bin/sh\\necho pip >> ${calls}\\n`;
    const path = bin(
      `${PROBE}\necho venv >> ${calls}; /bin/mkdir -p "$3/bin"; printf '${noting}' > "$3/bin/python"; /bin/chmod +x "$3/bin/python"`,
    );
    const first = pythonWith(REQUIREMENTS, cache, { PATH: path });
    expect(pythonWith(REQUIREMENTS, cache, { PATH: path })).toBe(first);
    expect(readFileSync(calls, 'utf8')).toBe('venv\npip\n');
  });

  test('pins every package exactly', () => {
    const lines = readFileSync(REQUIREMENTS, 'utf8')
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('#'));
    expect(lines.length).toBeGreaterThan(30);
    expect(lines.filter((line) => !/^[\w.-]+(?:\[\w+\])?==[\w.]+$/.test(line))).toEqual([]);
  });
});
