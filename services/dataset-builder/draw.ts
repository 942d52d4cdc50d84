import { createHash } from 'node:crypto';

/** A version of one raw object, as a manifest names it. */
export interface Entry {
  readonly tenant: string;
  readonly key: string;
  readonly version: string;
  readonly bytes: number;
}

interface Ranked {
  readonly rank: string;
  readonly entry: Entry;
}

/**
 * Draws at most so many entries out of any number: those whose rank, a hash of the seed and of what names the entry, is lowest. So
 * each has the same chance, the order in which they come does not count, one that comes twice counts once, and no more than the drawn
 * ones are held.
 */
export class Draw {
  /** A heap: no rank is above that of its parent, at half its index. */
  private readonly heap: Ranked[] = [];
  private readonly held = new Map<string, Ranked>();

  constructor(
    private readonly size: number,
    private readonly seed: number,
  ) {}

  offer(entry: Entry): void {
    const rank = this.rankOf(entry);
    const first = this.heap[0];
    if (this.held.has(rank) || (this.heap.length >= this.size && first !== undefined && rank >= first.rank)) return;
    const ranked = { rank, entry };
    this.held.set(rank, ranked);
    if (this.heap.length < this.size || first === undefined) {
      this.heap.push(ranked);
      this.rise(this.heap.length - 1);
    } else {
      this.held.delete(first.rank);
      this.heap[0] = ranked;
      this.sink();
    }
  }

  /** What was drawn, lowest rank first, as far as all together stay within the limit. */
  within(limitBytes: number): Entry[] {
    const entries: Entry[] = [];
    let bytes = 0;
    for (const { entry } of [...this.heap].sort((a, b) => (a.rank < b.rank ? -1 : 1))) {
      bytes += entry.bytes;
      if (bytes > limitBytes) break;
      entries.push(entry);
    }
    return entries;
  }

  private rankOf({ tenant, key, version }: Entry): string {
    return createHash('sha256')
      .update(JSON.stringify([this.seed, tenant, key, version]))
      .digest('base64');
  }

  private rise(start: number): void {
    for (let at = start; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!this.above(at, parent)) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  private sink(): void {
    for (let at = 0; ;) {
      let highest = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < this.heap.length && this.above(child, highest)) highest = child;
      if (highest === at) return;
      this.swap(at, highest);
      at = highest;
    }
  }

  private above(a: number, b: number): boolean {
    return (this.heap[a]?.rank ?? '') > (this.heap[b]?.rank ?? '');
  }

  private swap(a: number, b: number): void {
    const [one, other] = [this.heap[a], this.heap[b]];
    if (one === undefined || other === undefined) return;
    this.heap[a] = other;
    this.heap[b] = one;
  }
}
