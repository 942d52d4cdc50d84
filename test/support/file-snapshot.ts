import { expect } from '@jest/globals';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

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
  const state = expect.getState() as unknown as { snapshotState: { _updateSnapshot: 'all' | 'new' | 'none' } };
  const update = state.snapshotState._updateSnapshot;
  if (update === 'all' || (update === 'new' && !existsSync(file))) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, masked);
  }
  expect(masked).toBe(
    existsSync(file) ? readFileSync(file, 'utf8') : `no snapshot ${name}: run npx jest -u and review it`,
  );
}

/** Content hashes change with every byte of an asset and say nothing to a reader. */
function mask(text: string): string {
  return text.replace(/\b[0-9a-f]{64}\b/g, '<sha256>').replace(/\b[0-9a-f]{32}\b/g, '<md5>');
}
