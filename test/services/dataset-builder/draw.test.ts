import { describe, expect, test } from '@jest/globals';
import { Draw, type Entry } from '../../../services/dataset-builder/draw';

const entries = Array.from({ length: 1000 }, (_, i): Entry => ({
  tenant: i % 2 === 0 ? 'acme' : 'birch',
  key: `raw/text/${i}`,
  version: `v${i}`,
  bytes: 10,
}));
function drawn(size: number, seed: number, from: readonly Entry[], limit = Number.MAX_SAFE_INTEGER): Entry[] {
  const draw = new Draw(size, seed);
  for (const entry of from) draw.offer(entry);
  return draw.within(limit);
}

describe('a draw', () => {
  test.each([1, 2, 3, 10, 999, 1000, 5000])('of %d takes those of lowest rank in whatever order they come', (size) => {
    const all = drawn(entries.length, 7, entries);
    expect(drawn(size, 7, entries)).toEqual(all.slice(0, size));
    expect(drawn(size, 7, entries.toReversed())).toEqual(all.slice(0, size));
    expect(new Set(all.map(({ key }) => key)).size).toBe(entries.length);
  });

  test('counts what comes twice once', () => {
    expect(drawn(50, 1, [...entries, ...entries, ...entries])).toEqual(drawn(50, 1, entries));
    const repeated = Array.from({ length: 20 }, () => entries[3]).flatMap((entry) => entry ?? []);
    expect(drawn(5, 1, repeated)).toEqual([entries[3]]);
  });

  test('depends on the seed, and on every part that names an entry', () => {
    expect(drawn(50, 1, entries)).not.toEqual(drawn(50, 2, entries));
    const moved = entries.map((entry) => ({ ...entry, version: `${entry.version}-2` }));
    const keys = (some: readonly Entry[]): string[] => some.map(({ key }) => key);
    expect(keys(drawn(50, 1, moved))).not.toEqual(keys(drawn(50, 1, entries)));
  });

  test('gives each the same chance', () => {
    const counts = Array.from({ length: 40 }, (_, seed) => drawn(100, seed, entries)).map(
      (some) => some.filter(({ tenant }) => tenant === 'acme').length,
    );
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    // 50 with a deviation of 0.75: five of those apart would be another distribution.
    expect(Math.abs(mean - 50)).toBeLessThan(4);
  });

  test('ends before the entry that would exceed the limit, and takes no smaller one behind it', () => {
    expect(drawn(100, 1, entries, 95)).toHaveLength(9);
    expect(drawn(100, 1, entries, 9)).toEqual([]);
    const [first] = drawn(1, 1, entries);
    const big = entries.map((entry) => (entry.key === first?.key ? { ...entry, bytes: 1000 } : entry));
    expect(drawn(100, 1, big, 999)).toEqual([]);
  });
});
