const MEMORY: Readonly<Record<string, number>> = { Mi: 1, Gi: 1024, Ti: 1024 ** 2 };
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** Thousandths of a CPU in a quantity such as `3000m` or `4`; undefined where it is none. */
export function cpuMillisOf(quantity: unknown): number | undefined {
  const [, count, milli] = /^(\d+(?:\.\d+)?)(m?)$/.exec(String(quantity)) ?? [];
  return count === undefined ? undefined : Number(count) * (milli === 'm' ? 1 : 1000);
}

/** MiB in a quantity such as `12288Mi`; undefined where it is none. */
export function memoryMiBOf(quantity: unknown): number | undefined {
  const [, count, unit] = /^(\d+(?:\.\d+)?)(Mi|Gi|Ti)$/.exec(String(quantity)) ?? [];
  return count === undefined ? undefined : Number(count) * (MEMORY[unit ?? ''] ?? Number.NaN);
}

/** A count such as `"1"`; undefined where it is none. */
export function countOf(quantity: unknown): number | undefined {
  return /^\d+$/.test(String(quantity)) ? Number(quantity) : undefined;
}

/** Seconds in a duration such as `60s`; undefined where it is none. */
export function secondsOf(duration: unknown): number | undefined {
  const [, count, unit] = /^(\d+)(s|m|h)$/.exec(String(duration)) ?? [];
  return count === undefined ? undefined : Number(count) * (SECONDS[unit ?? ''] ?? Number.NaN);
}
