import { expect } from '@jest/globals';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const folder = join(__dirname, '..', 'whole', 'snapshots');

/** Nobody reviews a snapshot that is larger than this. */
const MOST_BYTES = 200 * 1024;

/**
 * Compares text with the file `test/whole/snapshots/<name>`: one file per stack or chart, so that a pull request shows what changed
 * where. Jest keeps one file per test file, which for a whole environment is a megabyte. `npx jest -u` writes them.
 */
export function expectFileSnapshot(name: string, text: string): void {
  const masked = mask(text);
  expect(Buffer.byteLength(masked)).toBeLessThanOrEqual(MOST_BYTES);
  const file = join(folder, name);
  if (updates('all') || (updates('new') && !existsSync(file))) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, masked);
  }
  expect(masked).toBe(
    existsSync(file) ? readFileSync(file, 'utf8') : `no snapshot ${name}: run npx jest -u and review it`,
  );
}

/** Every snapshot has one of these names: one that nothing writes any more would be reviewed and believed. `npx jest -u` removes it. */
export function expectNoOtherSnapshots(names: readonly string[]): void {
  const known = new Set(names);
  const stale = snapshotFiles().filter((name) => !known.has(name));
  if (updates('all')) for (const name of stale) rmSync(join(folder, name));
  expect(updates('all') ? [] : stale).toEqual([]);
}

/** Names of all snapshots there are. */
export function snapshotFiles(): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

/** What jest was told: `all` by `-u`, `new` by nothing, `none` by `--ci`. */
function updates(what: 'all' | 'new'): boolean {
  const state = expect.getState() as unknown as { snapshotState: { _updateSnapshot: 'all' | 'new' | 'none' } };
  return state.snapshotState._updateSnapshot === what;
}

/** Content hashes change with every byte of an asset and say nothing to a reader. */
function mask(text: string): string {
  return text.replace(/\b[0-9a-f]{64}\b/g, '<sha256>').replace(/\b[0-9a-f]{32}\b/g, '<md5>');
}
