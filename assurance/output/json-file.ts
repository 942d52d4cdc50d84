import { readFileSync } from 'node:fs';
import { UnreadableOutput } from './unreadable';
import { isValues, shown } from './values';

/** The text of a file that the synth wrote. @throws UnreadableOutput */
export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new UnreadableOutput([`${file}: cannot be read (${code}); run the synth first`]);
  }
}

/** @throws UnreadableOutput where the file is not there, or is no JSON */
export function jsonOf(file: string): unknown {
  const content = textOf(file);
  try {
    return JSON.parse(content) as unknown;
  } catch (error) {
    throw new UnreadableOutput([`${file}: is no JSON (${(error as Error).message}); run the synth again`]);
  }
}

/** @throws UnreadableOutput where a value is no object */
export function objectAt(where: string, value: unknown): Record<string, unknown> {
  if (isValues(value)) return value;
  throw new UnreadableOutput([`${where}: got ${shown(value)}, allowed an object; run the synth again`]);
}
