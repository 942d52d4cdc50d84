import { basename, extname, join } from 'node:path';
import type { z } from 'zod';
import { faultOf, shownFolder, shownName } from './environment-folder';
import { pathText, show, type Fault, type Report } from './faults';
import { isThere, kindTrouble, readNames, readText, type Trouble } from './read-entry';
import { salvage, type Sparse } from './sparse';
import { reportIssues } from './translate-issues';
import { readTypeScript, type TypeScriptSource } from './typescript-source';
import { readYaml, type YamlSource } from './yaml-source';

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

/**
 * Reads every file of one of the environment's folders in the order of names, and reports the faults of form.
 * @returns undefined where the folder cannot be read, so that nobody is accused of naming what is in it
 */
export function readFiles<T extends z.ZodType>(
  folder: string,
  kind: 'tenants' | 'grants' | 'trainings',
  schema: T,
  faults: Fault[],
): EnvironmentFile<z.output<T>>[] | undefined {
  const path = join(folder, kind);
  if (!isThere(path)) return [];
  const names = readNames(path);
  if ('trouble' in names) {
    faults.push(faultOf(`${shownFolder(folder)}/${kind}`, names.trouble));
    return undefined;
  }
  const files = names.value.flatMap((name) => {
    const file = `${shownFolder(folder)}/${kind}/${shownName(name)}`;
    const misnamed = nameTrouble(join(path, name), name);
    if (misnamed !== undefined) faults.push(faultOf(file, misnamed));
    const [, fileId] = READ.exec(name) ?? [];
    return fileId === undefined ? [] : [readFile(join(path, name), file, fileId, schema, faults)];
  });
  reportSame(files, 'id', 'change the id or remove one of the two');
  return files;
}

/** What is read: a file that ends in `.yml` is too, so that whoever renames it has no further round of faults. */
const READ = /^([^.].*)\.ya?ml$/s;
/** Left out by whoever lists the folder. `.#acme.yaml` is no file: Emacs's lock on `acme.yaml`. */
const HIDDEN = /^\.(?:[^#].*\.)?ya?ml$/is;

function nameTrouble(path: string, name: string): Trouble | undefined {
  const trouble = (got: string, allowed: string, remedy: string): Trouble => ({ line: 1, got, allowed, remedy });
  if (HIDDEN.test(name))
    return trouble('a hidden file', 'allowed names that do not begin with a dot', 'rename it or remove it');
  const ending = extname(name);
  if (name.startsWith('.') || ending === '.yaml') return undefined;
  const allowed = "allowed files that end in '.yaml'";
  if (ending === '.yml')
    return trouble("a name that ends in '.yml'", allowed, `rename it to '${basename(name, ending)}.yaml'`);
  const got = ending === '' ? 'a name without an ending' : `a name that ends in ${show(ending)}`;
  return kindTrouble(path, 'file') ?? trouble(got, allowed, 'rename it or move it away');
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
  const source = sourceOf(path, file, add, faults);
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

function sourceOf(path: string, file: string, add: Parameters<typeof readYaml>[1], faults: Fault[]): YamlSource {
  const answer = readText(path);
  if ('value' in answer) return readYaml(answer.value, add);
  faults.push(faultOf(file, answer.trouble));
  return { value: undefined, lineOf: () => 1 };
}

/** Reports each later file whose field has the value of an earlier one's. */
export function reportSame(files: readonly EnvironmentFile<unknown>[], field: 'id' | 'ticket', remedy: string): void {
  const first = new Map<string, string>();
  for (const { file, sparse, report } of files) {
    const value = (sparse as Readonly<Record<string, string | undefined>>)[field];
    if (value === undefined) continue;
    const other = first.get(value);
    if (other === undefined) first.set(value, file);
    else report([field], show(value), `allowed ${ARTICLES[field]} that ${other} does not have`, remedy);
  }
}

const ARTICLES = { id: 'an id', ticket: 'a ticket' } as const;

/** Where in an environment's `index.ts` a path stands; line 1 where there is no file to look at. */
export function indexReport(folder: string, faults: Fault[]): Report {
  const file = `${shownFolder(folder)}/index.ts`;
  let source: TypeScriptSource | undefined;
  return (at, got, allowed, remedy) => {
    source ??= indexSource(folder);
    faults.push({ file, line: source.lineOf(at), path: pathText(at), got, allowed, remedy });
  };
}

function indexSource(folder: string): TypeScriptSource {
  const answer = readText(join(folder, 'index.ts'));
  return readTypeScript('value' in answer ? answer.value : '');
}
