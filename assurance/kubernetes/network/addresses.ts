/** A range of IPv4 addresses as numbers, both ends within it. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

const BLOCK = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/;

/** The range of an IPv4 block such as `10.0.0.0/8`, or of one address. @returns undefined where the text is none */
export function rangeOf(block: string): Range | undefined {
  const parts = BLOCK.exec(block)
    ?.slice(1)
    .map((part) => Number((part as string | undefined) ?? 32));
  if (parts === undefined) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, bits = 32] = parts;
  if ([a, b, c, d].some((part) => part > 255) || bits > 32) return undefined;
  const size = 2 ** (32 - bits);
  const from = Math.floor((((a * 256 + b) * 256 + c) * 256 + d) / size) * size;
  return { from, to: from + size - 1 };
}

export const textOf = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');

export const holds = ({ from, to }: Range, address: number): boolean => from <= address && address <= to;

const LAST = 2 ** 32 - 1;

/**
 * Cuts all of IPv4 where any of the ranges begins or ends. Every address of a piece is in the same ranges, so that one of them speaks
 * for all, and the pieces together leave no address out.
 */
export function pieces(ranges: readonly Range[]): readonly Range[] {
  const starts = new Set([0, ...ranges.flatMap(({ from, to }) => [from, to + 1])]);
  const sorted = [...starts].filter((start) => start <= LAST).sort((a, b) => a - b);
  return sorted.map((from, i) => ({ from, to: (sorted[i + 1] ?? LAST + 1) - 1 }));
}
