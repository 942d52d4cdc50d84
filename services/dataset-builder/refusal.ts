/** How the process ends, beside 0 for a manifest that was written. */
export const EXIT = {
  /** Something that a second run may not meet: S3 did not answer, a file could not be read. */
  fault: 1,
  /** The recipe, or the scope that it is judged by. */
  recipe: 2,
  /** The grant has ended, or a tenant of it is closed. */
  closed: 3,
  /** Nothing matches the recipe. */
  empty: 4,
  /** By the signal that ends a pod, as a shell counts it: 128 and 15. */
  terminated: 143,
} as const;

/** A reason to stop that its reader can act on. Its message names tenants, classes and counts, never an object. */
export class Refusal extends Error {
  constructor(
    readonly exitCode: number,
    message: string,
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

/** @throws Refusal once the grant has ended: its roles are refused from the same moment on. */
export function requireLive(scope: { readonly grant: string; readonly end: string }, now: Date): void {
  if (now.getTime() >= Date.parse(scope.end))
    throw new Refusal(
      EXIT.closed,
      `grant: got '${scope.grant}', which ended at ${scope.end}, allowed a grant that is open; ask for a new one with a ticket of its own`,
    );
}
