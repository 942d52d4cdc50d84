/** Faults that open and close nothing, by a pattern of their ids, and why. */
const REASONS: readonly (readonly [id: RegExp, reason: string])[] = [];

export const reasonOf = (id: string): string | undefined => REASONS.find(([pattern]) => pattern.test(id))?.[1];
