/** What one child process measured. */
export interface Measurement {
  readonly tenants: number;
  readonly seconds: number;
  /** Highest resident set of the process, MiB. */
  readonly peakMiB: number;
  readonly stacks: number;
}

/** Runs `work` once, cold, as a deploy does, and prints the measurement as the last line of the process's output. */
export function measure(tenants: number, work: () => number): void {
  // What was made off the clock is nobody's work: collected here, it does not slow what is measured.
  globalThis.gc?.();
  const started = performance.now();
  const stacks = work();
  const seconds = (performance.now() - started) / 1000;
  const measurement: Measurement = { tenants, seconds, peakMiB: process.resourceUsage().maxRSS / 1024, stacks };
  process.stdout.write(`${JSON.stringify(measurement)}\n`);
}
