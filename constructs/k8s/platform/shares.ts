/**
 * Splits a whole amount over capacities in proportion to them, in whole units: the parts add up to the amount, and none exceeds its
 * capacity unless the amount exceeds all of them together. The largest remainders get the units that are left, the earlier one first.
 */
export function splitByCapacity(amount: number, capacities: readonly number[]): number[] {
  const total = capacities.reduce((sum, capacity) => sum + capacity, 0);
  const exact = capacities.map((capacity, i) => (total === 0 ? (i === 0 ? amount : 0) : (amount * capacity) / total));
  const parts = exact.map(Math.floor);
  const left = amount - parts.reduce((sum, part) => sum + part, 0);
  exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index)
    .slice(0, left)
    .forEach(({ index }) => (parts[index] = (parts[index] ?? 0) + 1));
  return parts;
}
