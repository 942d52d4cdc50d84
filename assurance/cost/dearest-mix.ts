import type { Pool, PricedType } from './pools';

/** Machines of one type, in parts of one: a limit need not be a whole number of machines. */
export interface Part {
  readonly type: PricedType;
  readonly machines: number;
}

const AMOUNTS = ['gpus', 'vcpus', 'memoryMiB'] as const;

/** What one type takes of each limit, and what it is worth; of a limit itself, what is left of it. */
interface Column {
  readonly takes: readonly number[];
  readonly usd: number;
  readonly type?: PricedType;
}

/**
 * The mix of a pool's types that costs most within all of its limits: a linear program, of which the best corner is sought among all. A corner has
 * as many types, or limits that are not used up, as there are limits.
 * @param usdOf what a machine costs an hour, with all that comes with it
 */
export function dearestMix({ types, limits }: Pool, usdOf: (type: PricedType) => number): readonly Part[] {
  const amounts = AMOUNTS.filter((of) => types.some((type) => type[of] > 0));
  const right = amounts.map((of) => limits[of]);
  const columns: Column[] = [
    ...types.map((type) => ({ takes: amounts.map((of) => type[of]), usd: usdOf(type), type })),
    ...amounts.map((_, i) => ({ takes: amounts.map((__, j) => (i === j ? 1 : 0)), usd: 0 })),
  ];
  let best: { readonly usd: number; readonly parts: readonly Part[] } = { usd: 0, parts: [] };
  for (const corner of choices(columns, amounts.length)) {
    const counts = solved(corner, right);
    if (counts === undefined || counts.some((count) => count < -EPSILON)) continue;
    const usd = corner.reduce((sum, column, i) => sum + column.usd * (counts[i] ?? 0), 0);
    if (usd <= best.usd + EPSILON) continue;
    const parts = corner.flatMap(({ type }, i) => {
      const machines = counts[i] ?? 0;
      return type !== undefined && machines > EPSILON ? [{ type, machines }] : [];
    });
    best = { usd, parts };
  }
  return best.parts;
}

const EPSILON = 1e-9;

/** Every choice of so many of them. */
function* choices<T>(items: readonly T[], count: number, from = 0): Generator<readonly T[]> {
  if (count === 0) {
    yield [];
    return;
  }
  for (let i = from; i <= items.length - count; i += 1) {
    const item = items[i] as T;
    for (const rest of choices(items, count - 1, i + 1)) yield [item, ...rest];
  }
}

/** The counts by which columns make up the right side, by Cramer's rule; undefined where they do not decide it. */
function solved(columns: readonly Column[], right: readonly number[]): readonly number[] | undefined {
  const takes = columns.map((column) => column.takes);
  const whole = determinant(takes);
  if (Math.abs(whole) < EPSILON) return undefined;
  return takes.map((_, i) => determinant(takes.map((column, j) => (i === j ? right : column))) / whole);
}

function determinant(rows: readonly (readonly number[])[]): number {
  const [first, ...rest] = rows;
  if (first === undefined) return 1;
  return first.reduce((sum, value, i) => {
    const minor = value === 0 ? 0 : determinant(rest.map((row) => row.filter((_, j) => j !== i)));
    return sum + (i % 2 === 0 ? value : -value) * minor;
  }, 0);
}
