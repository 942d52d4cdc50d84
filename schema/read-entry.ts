import { lstatSync, readdirSync, readFileSync, statSync, type Stats } from 'node:fs';
import { compare, type Fault } from './faults';

/** More than any file of an environment has; nothing bigger is taken into memory. */
const FILE_MAX_BYTES = 1_048_576;

/** What is wrong with a file or a folder as such. The line is 1, but where bytes of a text are to blame. */
export type Trouble = Pick<Fault, 'got' | 'allowed' | 'remedy'> & { readonly line: number };

/** What the file system answers, or what stands in the way: nothing here throws, and nothing waits. */
export type Answer<T> = { readonly value: T } | { readonly trouble: Trouble };

type Kind = 'file' | 'folder';

/** The text of a file. What is no file is never opened: a pipe would wait for somebody who writes. */
export function readText(path: string): Answer<string> {
  const wrong = kindTrouble(path, 'file');
  if (wrong !== undefined) return { trouble: wrong };
  let bytes: Buffer;
  try {
    const { size } = statSync(path);
    if (size > FILE_MAX_BYTES)
      return { trouble: trouble(`${size} bytes`, `at most ${FILE_MAX_BYTES}`, 'take out what does not belong there') };
    bytes = readFileSync(path);
  } catch (error) {
    return { trouble: unreadable(path, error, 'file') };
  }
  const text = decoded(bytes);
  if (text !== undefined) return { value: text };
  const wording = trouble('bytes that are no UTF-8', 'allowed a text in UTF-8', 'save it in that encoding');
  return { trouble: { ...wording, line: foreignLine(bytes) } };
}

/** The names in a folder, sorted, those of hidden entries among them. */
export function readNames(path: string): Answer<string[]> {
  const wrong = kindTrouble(path, 'folder');
  if (wrong !== undefined) return { trouble: wrong };
  try {
    return { value: readdirSync(path).sort(compare) };
  } catch (error) {
    return { trouble: unreadable(path, error, 'folder') };
  }
}

/** Whether anything has this name, be it a link to nothing. */
export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** What is wrong where something else stands than wanted; a link counts as what it leads to. */
export function kindTrouble(path: string, wanted: Kind): Trouble | undefined {
  let stats: Stats;
  try {
    stats = statSync(path);
  } catch (error) {
    return unreadable(path, error, wanted);
  }
  const got = kindOf(stats);
  return got === wanted ? undefined : trouble(`a ${got}`, `allowed a ${wanted}`, 'move it away');
}

function kindOf(stats: Stats): string {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'folder';
  if (stats.isFIFO()) return 'named pipe';
  return stats.isSocket() ? 'socket' : 'device';
}

function unreadable(path: string, error: unknown, wanted: Kind): Trouble {
  const { code = 'an unknown error' } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' && !isThere(path)) return trouble('nothing', `a ${wanted} is required`, 'add it');
  const link = { ENOENT: 'a link to nothing', ELOOP: 'a link that leads to itself' }[code];
  if (link !== undefined) return trouble(link, `allowed a ${wanted}`, 'mend the link or remove it');
  return trouble(
    `a ${wanted} that cannot be read (${code})`,
    `allowed a ${wanted} that can be read`,
    'mend its rights',
  );
}

const trouble = (got: string, allowed: string, remedy: string): Trouble => ({ line: 1, got, allowed, remedy });

function decoded(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Line of the first bytes that are no UTF-8: a line feed is never a part of a longer character. */
function foreignLine(bytes: Buffer): number {
  let line = 1;
  let from = 0;
  for (let end = bytes.indexOf('\n'); end !== -1; end = bytes.indexOf('\n', from)) {
    if (decoded(bytes.subarray(from, end)) === undefined) return line;
    from = end + 1;
    line++;
  }
  return line;
}
