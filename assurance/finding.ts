/** The proofs, by the rooms of `assurance` that hold them. */
export const PROOFS = ['isolation', 'kubernetes', 'erasure', 'idle', 'limits'] as const;
export type ProofName = (typeof PROOFS)[number];

/**
 * What is wrong, in one word.
 * - `open`: a way that nobody declared.
 * - `one-lock-left`: no way, but only one of its two locks still holds.
 * - `closed`: a way that is declared and does not work.
 * - `not-understood`: something that the proof cannot read or does not know; never a pass.
 * - `unnamed`: data without a tenant, an eraser or a reason.
 * - `unbounded`: money or scale without an end while nothing works.
 * - `over`: beyond a quota.
 */
export type FindingKind = 'open' | 'one-lock-left' | 'closed' | 'not-understood' | 'unnamed' | 'unbounded' | 'over';

/** One thing that a proof found wrong. No finding is a pass. */
export interface Finding {
  readonly proof: ProofName;
  readonly kind: FindingKind;
  /** Where: a stack and the logical id of its resource, or an object's cluster, kind, namespace and name. */
  readonly subject: string;
  /** What was found, naming the way it opened, and what was expected; lower case, no full stop. */
  readonly message: string;
}

/** What a proof says. */
export interface ProofResult {
  readonly findings: readonly Finding[];
  /** What was looked at, by name, so that a pass on nothing shows: such as `pairs` or `resources`. */
  readonly covered: Readonly<Record<string, number>>;
}
