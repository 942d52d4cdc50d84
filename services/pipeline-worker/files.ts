import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FILE_MAX_BYTES } from '../../schema/pipeline-job';

export interface FoundFile {
  /** From the folder, with slashes. */
  readonly path: string;
  readonly file: string;
  readonly bytes: number;
}

export interface FileLimits {
  readonly files: number;
  /** Of all files together. */
  readonly bytes: number;
}

/** A folder of a stage that breaks a rule. The message has the rule in it and no path: a path may be a tenant's. */
export class RuleBroken extends Error {
  constructor(folder: string, got: string, allowed: string, remedy = 'mend the stage') {
    super(`${folder}: got ${got}, allowed ${allowed}; ${remedy}`);
    this.name = 'RuleBroken';
  }
}

/** Letters, digits and signs that need no escape in a key, with no dot at the beginning of a name. */
const SEGMENT = /^[^./\\\p{C}][^/\\\p{C}]*$/u;

/**
 * Every file below a folder, sorted by path.
 * @param name of the folder, for faults
 * @throws RuleBroken
 */
export async function filesBelow(folder: string, name: string, limits: FileLimits): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  let bytes = 0;
  const walk = async (at: string): Promise<void> => {
    for (const entry of await readdir(join(folder, at))) {
      if (!SEGMENT.test(entry)) throw new RuleBroken(name, 'a hidden name or one with a control sign', 'plain names');
      const path = at === '' ? entry : `${at}/${entry}`;
      const file = join(folder, path);
      const stats = await lstat(file);
      if (stats.isDirectory()) {
        await walk(path);
        continue;
      }
      if (!stats.isFile())
        throw new RuleBroken(name, 'a symbolic link or a special file', 'files and folders', 'copy what it leads to');
      bytes += stats.size;
      found.push({ path, file, bytes: stats.size });
      if (found.length > limits.files) throw new RuleBroken(name, 'more files', `${limits.files}`, 'pack them');
      if (stats.size > FILE_MAX_BYTES)
        throw new RuleBroken(name, `a file of ${stats.size} bytes`, `${FILE_MAX_BYTES}`, 'split it');
      if (bytes > limits.bytes) throw new RuleBroken(name, 'more bytes together', `${limits.bytes}`, 'write less');
    }
  };
  await walk('');
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
