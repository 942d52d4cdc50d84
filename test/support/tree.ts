import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Path to SHA-256 of every file below a folder. */
export function treeHashes(folder: string): Map<string, string> {
  const hashes = new Map<string, string>();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    hashes.set(relative(folder, file), createHash('sha256').update(readFileSync(file)).digest('hex'));
  }
  return new Map([...hashes].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Paths that differ between two trees: added, removed or of other content. */
export function changedPaths(before: Map<string, string>, after: Map<string, string>): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}

/** Every path below a folder, of folders and links too, with what a file holds: what nothing may change in. */
export function everything(folder: string): Record<string, string> {
  const hashes = treeHashes(folder);
  const paths = readdirSync(folder, { withFileTypes: true, recursive: true }).map((entry) =>
    relative(folder, join(entry.parentPath, entry.name)),
  );
  return Object.fromEntries(paths.sort().map((path) => [path, hashes.get(path) ?? 'no file']));
}
