import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { EnvironmentInput } from '../../schema/environment';
import { EnvironmentFaults, loadEnvironment, type LoadOptions } from '../../schema/load';
import { goodFiles, goodInput } from './good-environment';

type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** What a test changes in the good environment. */
export interface Change {
  /** Values of `index.ts` by their path, such as `nodePools.0.gpuLimit`; null removes the key. */
  readonly input?: Readonly<Record<string, Json>>;
  /** Files by their path in the folder: the text, null for no such file, or pairs of what to replace by what. */
  readonly files?: Readonly<Record<string, string | null | readonly (readonly [from: string, to: string])[]>>;
  /** What no text can say: makes pipes, links and folders, given the environment's folder. */
  readonly prepare?: (folder: string) => void;
  readonly options?: LoadOptions;
}

/** The lines of the faults that the changed environment has; none where it loads. */
export function faultsOf(change: Change): string[] {
  const root = mkdtempSync(join(tmpdir(), 'atoll-'));
  const folder = join(root, 'environments', 'test');
  try {
    for (const [path, text] of Object.entries(changedFiles(change.files ?? {}))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    change.prepare?.(folder);
    loadEnvironment(changedInput(change.input ?? {}), folder, change.options);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentFaults) return error.message.split('\n');
    throw error;
  } finally {
    rmSync(root, { recursive: true });
  }
}

function changedFiles(changes: NonNullable<Change['files']>): Record<string, string> {
  const files = new Map(Object.entries(goodFiles));
  for (const [path, change] of Object.entries(changes)) {
    if (change === null) files.delete(path);
    else if (typeof change === 'string') files.set(path, change);
    else
      files.set(
        path,
        change.reduce((text, [from, to]) => replaced(path, text, from, to), files.get(path) ?? ''),
      );
  }
  return Object.fromEntries(files);
}

function replaced(path: string, text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`${path}: got no '${from}' in the good file, allowed a text that it has`);
  return text.replace(from, to);
}

function changedInput(changes: Readonly<Record<string, Json>>): EnvironmentInput {
  const input = structuredClone(goodInput) as unknown as Record<string, unknown>;
  for (const [path, value] of Object.entries(changes)) {
    const parts = path.split('.');
    const last = parts.pop() ?? '';
    const at = parts.reduce<Record<string, unknown>>((node, part) => node[part] as Record<string, unknown>, input);
    if (value === null) Reflect.deleteProperty(at, last);
    else at[last] = value;
  }
  return input as unknown as EnvironmentInput;
}
