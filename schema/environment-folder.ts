import { basename, dirname, join, resolve } from 'node:path';
import { alternatives, meant, type Fault } from './faults';
import { PLACEMENT_FILE } from './placement/placement-record';
import { kindTrouble, readNames, type Trouble } from './read-entry';
import { RELEASES_FILE } from './releases';

/** All that an environment's folder may hold: what lies in a misspelt folder would be tenants that nobody misses. */
const FILES: readonly string[] = ['index.ts', 'README.md', PLACEMENT_FILE, RELEASES_FILE];
const FOLDERS: readonly string[] = ['tenants', 'grants', 'trainings'];

/** The path by which faults name a file of an environment: the same wherever the project lies and whoever asks. */
export function shownFolder(folder: string): string {
  const absolute = resolve(folder);
  return `${shownName(basename(dirname(absolute)))}/${shownName(basename(absolute))}`;
}

/** A name with its control characters escaped, so that a fault stays one line. */
export function shownName(name: string): string {
  return name.replace(/\p{C}/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The fault of a file or a folder as such. */
export function faultOf(file: string, trouble: Trouble): Fault {
  return { file, path: 'file', ...trouble };
}

/**
 * Reports what in an environment's folder nothing reads, and an `index.ts` that is no file; the folders of files are looked at
 * by whoever reads them. Hidden entries are left out: editors and file managers make them.
 */
export function checkFolder(folder: string, faults: Fault[]): void {
  const answer = readNames(folder);
  if ('trouble' in answer) {
    faults.push(faultOf(shownFolder(folder), answer.trouble));
    return;
  }
  for (const name of answer.value.filter((entry) => !entry.startsWith('.') && !FOLDERS.includes(entry))) {
    const wrong = FILES.includes(name) ? kindTrouble(join(folder, name), 'file') : unknownEntry(name);
    if (wrong !== undefined) faults.push(faultOf(`${shownFolder(folder)}/${shownName(name)}`, wrong));
  }
}

function unknownEntry(name: string): Trouble {
  const known = [...FILES, ...FOLDERS];
  const remedy = meant(name, known, 'move it away');
  return { line: 1, got: 'a name that nothing reads', allowed: `allowed ${alternatives(known)}`, remedy };
}
