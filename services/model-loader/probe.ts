import { readFileSync } from 'node:fs';
import { DEAD_MS, type Told } from './state';

/**
 * Answers a probe of the container by what the loader told last.
 * @param what one of LoaderProbe
 * @returns the command's code: 0 where it holds
 */
export function probe(what: string | undefined, file: string): number {
  let told: Told;
  try {
    told = JSON.parse(readFileSync(file, 'utf8')) as Told;
  } catch {
    return 1;
  }
  const isAlive = Date.now() - told.at < DEAD_MS;
  const holds = { started: told.started, ready: told.ready, alive: true }[what ?? ''] ?? false;
  return isAlive && holds ? 0 : 1;
}
