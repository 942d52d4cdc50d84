/**
 * A policy, an intrinsic, a key or a principal that the proof does not know: a failure with its name, never a pass. `faults` are one
 * line each: where it stands, what was got, what is allowed.
 */
export class NotUnderstood extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'NotUnderstood';
  }
}

/** Runs every part and throws all their faults together, in order. @throws NotUnderstood */
export function together<T>(parts: readonly (() => T)[]): T[] {
  const faults: string[] = [];
  const values = parts.flatMap((part) => {
    try {
      return [part()];
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      faults.push(...error.faults);
      return [];
    }
  });
  if (faults.length > 0) throw new NotUnderstood([...new Set(faults)]);
  return values;
}
