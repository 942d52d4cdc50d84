/** What one child process measured. */
export interface Measurement {
  readonly tenants: number;
  readonly seconds: number;
  /** Highest resident set of the process, MiB. */
  readonly peakMiB: number;
  readonly stacks: number;
}

/** What one run of the proofs measured. */
export interface Proven {
  readonly seconds: number;
  /** Seconds of all processors. */
  readonly processor: number;
  /** Highest resident set of the process, MiB. */
  readonly peakMiB: number;
  readonly findings: number;
  /** Classes of tenants of the isolation proof, and the tenants that stood for them. */
  readonly classes: number;
  readonly asked: number;
  readonly pairs: number;
}

/** Seconds that the work takes. */
export function timed(work: () => void): number {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1000;
}

/**
 * Runs `work` once, cold, as a deploy does, and prints the measurement as the last line of the process's output.
 * @param spent seconds of the same work that were measured before
 */
export function measure(tenants: number, work: () => number, spent = 0): void {
  // What was made off the clock is nobody's work: collected here, it does not slow what is measured.
  globalThis.gc?.();
  let stacks = 0;
  const seconds = spent + timed(() => (stacks = work()));
  const measurement: Measurement = { tenants, seconds, peakMiB: process.resourceUsage().maxRSS / 1024, stacks };
  process.stdout.write(`${JSON.stringify(measurement)}\n`);
}
