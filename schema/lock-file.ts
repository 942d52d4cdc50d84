import { join } from 'node:path';
import type { z } from 'zod';
import { faultOf, shownFolder } from './environment-folder';
import { pathText, type Fault, type Path } from './faults';
import { isThere, readText } from './read-entry';
import { reportIssues } from './translate-issues';

/** A record that a command writes into an environment's folder and people review. */
export interface LockFile<S extends z.ZodType> {
  readonly name: string;
  readonly schema: S;
  /** What it says where there is no file. */
  readonly empty: z.output<S>;
  /** The file's text, as the command writes it. */
  readonly text: (record: z.output<S>) => string;
}

/**
 * Reads a record of an environment's folder and reports what is wrong with its form.
 * @param remedy what to do where it has a fault
 * @returns undefined where it has a fault; the empty record where there is no file
 */
export function readLockFile<S extends z.ZodType>(
  { name, schema, empty, text }: LockFile<S>,
  folder: string,
  remedy: string,
  faults: Fault[],
): z.output<S> | undefined {
  const path = join(folder, name);
  if (!isThere(path)) return empty;
  const file = lockFilePath(name, folder);
  const answer = readText(path);
  if ('trouble' in answer) {
    faults.push(faultOf(file, answer.trouble));
    return undefined;
  }
  const add = (line: number, at: string, got: string, allowed: string): void => {
    faults.push({ file, line, path: at, got, allowed, remedy });
  };
  let value: unknown;
  try {
    value = JSON.parse(answer.value);
  } catch {
    add(1, 'file', 'no readable JSON', 'allowed what the command wrote');
    return undefined;
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    reportIssues(schema, value, parsed.error.issues, (at, got, allowed) => {
      add(lineOfKey(answer.value, at), pathText(at), got, allowed);
    });
    return undefined;
  }
  // A key that stands twice counts once for JSON, and another order would make lines of others change with one tenant.
  if (text(parsed.data) !== answer.value) {
    const allowed = 'allowed each key once, sorted, as the command writes it';
    add(1, 'file', 'another text than that of its entries', allowed);
    return undefined;
  }
  return parsed.data;
}

/** The path by which faults name the record. */
export const lockFilePath = (name: string, folder: string): string => `${shownFolder(folder)}/${name}`;

/** The line of the last part of a path that is there, in a text as the command writes it: a key and its line follow those around it. */
export function lineOfKey(text: string, path: Path): number {
  const lines = text.split('\n');
  let found = 0;
  for (const [depth, part] of path.entries()) {
    const begin = `${'  '.repeat(depth + 1)}${JSON.stringify(String(part))}:`;
    const next = lines.findIndex((line, i) => i >= found && line.startsWith(begin));
    if (next < 0) break;
    found = next;
  }
  return found + 1;
}
