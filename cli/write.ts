import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A part of the output that was written. */
export interface Written {
  /** Paths below the output folder. */
  readonly parts: readonly string[];
  /** What was written, in a line. */
  readonly line: string;
}

export function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

export const since = (started: number): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;
