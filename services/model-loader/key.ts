import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { KEY_LENGTH } from '../../schema/server-pod';

/**
 * The key that Triton asks for, drawn once for each pod: a server that runs already knows the one of the loader before. Nothing prints it.
 * @throws where the volume cannot be written
 */
export function drawKey(file: string): string {
  const known = read(file);
  if (known !== undefined) return known;
  const key = randomBytes(KEY_LENGTH / 2).toString('hex');
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.unfinished`;
  writeFileSync(unfinished, key, { mode: 0o400 });
  renameSync(unfinished, file);
  return key;
}

function read(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    return text.length === KEY_LENGTH && /^[0-9a-f]+$/.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}
