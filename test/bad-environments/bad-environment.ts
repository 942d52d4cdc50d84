import type { Change } from '../support/try-environment';

/** A change that must be refused, and all that must be said of it. */
export interface BadEnvironment extends Change {
  readonly name: string;
  /** Every line of the message, in order. */
  readonly expected: readonly string[];
}
