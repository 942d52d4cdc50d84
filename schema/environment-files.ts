import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { z } from 'zod';
import { compare, pathText, type Fault, type Report } from './faults';
import { salvage, type Sparse } from './sparse';
import { reportIssues } from './translate-issues';
import { readTypeScript } from './typescript-source';
import { readYaml } from './yaml-source';

/** One YAML file of an environment after its schema: whole where it has no fault, else what of it is right. */
export interface EnvironmentFile<T> {
  /**
   * The file's name without its ending: by custom the id, and what stands for it where the id cannot be read.
   * docs/decisions/0010-ids-not-file-names.md
   */
  readonly fileId: string;
  readonly file: string;
  /** The checked value; undefined where the file has a fault of schema or syntax. */
  readonly whole: T | undefined;
  readonly sparse: Sparse<T>;
  readonly report: Report;
}

/** The path by which faults name a file of an environment: the same wherever the project lies and whoever asks. */
export function shownFolder(folder: string): string {
  const absolute = resolve(folder);
  return `${basename(dirname(absolute))}/${basename(absolute)}`;
}

/** Reads every file of `tenants/` or `grants/` in the order of names, and reports the faults of form. */
export function readFiles<T extends z.ZodType>(
  folder: string,
  kind: 'tenants' | 'grants',
  schema: T,
  faults: Fault[],
): EnvironmentFile<z.output<T>>[] {
  const path = join(folder, kind);
  if (!existsSync(path)) return [];
  const names = readdirSync(path)
    .filter((name) => !name.startsWith('.'))
    .sort(compare);
  const files = names.flatMap((name) => {
    const file = `${shownFolder(folder)}/${kind}/${name}`;
    const extension = extname(name);
    if (extension !== '.yaml')
      faults.push({
        file,
        line: 1,
        path: 'file',
        got: extension === '' ? 'a name without an ending' : `a name that ends in '${extension}'`,
        allowed: "allowed files that end in '.yaml'",
        remedy: extension === '.yml' ? `rename it to '${basename(name, '.yml')}.yaml'` : 'rename it or move it away',
      });
    if (extension !== '.yaml' && extension !== '.yml') return [];
    return [readFile(join(path, name), file, basename(name, extension), schema, faults)];
  });
  reportSameIds(files);
  return files;
}

function readFile<T extends z.ZodType>(
  path: string,
  file: string,
  fileId: string,
  schema: T,
  faults: Fault[],
): EnvironmentFile<z.output<T>> {
  const add = (line: number, ...[at, got, allowed, remedy]: Parameters<Report>): void => {
    faults.push({ file, line, path: pathText(at), got, allowed, remedy });
  };
  const before = faults.length;
  const source = readYaml(readFileSync(path, 'utf8'), add);
  const report: Report = (at, ...rest) => {
    add(source.lineOf(at), at, ...rest);
  };
  const readable = source.value !== undefined;
  const parsed = readable ? schema.safeParse(source.value) : undefined;
  if (parsed?.success === false) reportIssues(schema, source.value, parsed.error.issues, report);
  const whole = faults.length === before && parsed?.success === true ? parsed.data : undefined;
  const sparse = whole ?? (readable ? salvage(schema, source.value) : undefined) ?? {};
  return { fileId, file, whole, sparse: sparse as Sparse<z.output<T>>, report };
}

function reportSameIds(files: readonly EnvironmentFile<unknown>[]): void {
  const first = new Map<string, string>();
  for (const { file, sparse, report } of files) {
    const { id } = sparse as { readonly id?: string };
    if (id === undefined) continue;
    const other = first.get(id);
    if (other === undefined) first.set(id, file);
    else
      report(['id'], `'${id}'`, `allowed an id that ${other} does not have`, 'change the id or remove one of the two');
  }
}

/** Where in an environment's `index.ts` a path stands; line 1 where there is no file to look at. */
export function indexReport(folder: string, faults: Fault[]): Report {
  const path = join(folder, 'index.ts');
  const source = readTypeScript(existsSync(path) ? readFileSync(path, 'utf8') : '');
  const file = `${shownFolder(folder)}/index.ts`;
  return (at, got, allowed, remedy) => {
    faults.push({ file, line: source.lineOf(at), path: pathText(at), got, allowed, remedy });
  };
}
