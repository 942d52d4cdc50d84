/** One thing that is wrong with an environment, in the words that its author needs to mend it. */
export interface Fault {
  /** File from the project's root, such as `environments/prod-us/tenants/acme.yaml`. */
  readonly file: string;
  /**
   * Line, counted from 1; where the value is missing, the line of what should hold it.
   * @default - the fault is of a folder or of a file as a whole
   */
  readonly line?: number;
  /** Path of the value in the file, such as `data[0].retentionDays`. */
  readonly path: string;
  /** The value got, as `show` prints it. */
  readonly got: string;
  /** What is allowed, a phrase such as `at least 30 for class 'audio'`. */
  readonly allowed: string;
  readonly remedy: string;
}

export type Path = readonly (string | number)[];

/** Takes one fault of the file that the checker looks at. */
export type Report = (path: Path, got: string, allowed: string, remedy: string) => void;

/** Every fault of an environment at once: `message` has one line per fault, sorted by file, line and text. */
export class EnvironmentFaults extends Error {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    const sorted = [...faults].sort(byPlace);
    super(sorted.map(faultText).join('\n'));
    this.name = 'EnvironmentFaults';
    this.faults = sorted;
  }
}

function faultText(fault: Fault): string {
  const place = fault.line === undefined ? fault.file : `${fault.file}:${fault.line}`;
  return `${place}: ${fault.path}: got ${fault.got}, ${fault.allowed}; ${fault.remedy}`;
}

function byPlace(a: Fault, b: Fault): number {
  return compare(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || compare(faultText(a), faultText(b));
}

/** Order by code unit: the same on every machine, whatever its locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function pathText(path: Path): string {
  if (path.length === 0) return 'file';
  return path.map((part, i) => step(part, i === 0)).join('');
}

function step(part: string | number, first: boolean): string {
  if (typeof part === 'number') return `[${part}]`;
  if (!/^[\w-]+$/.test(part)) return `[${show(part)}]`;
  return first ? part : `.${part}`;
}

const SHOWN_CHARACTERS = 60;

/** A value as a fault prints it: strings in quotes and cut at 60 characters, lists and mappings by their size. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') {
    const line = value.replace(/\s+/g, ' ');
    return `'${line.length > SHOWN_CHARACTERS ? `${line.slice(0, SHOWN_CHARACTERS)}…` : line}'`;
  }
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeof value;
}

/** `'a', 'b' or 'c'`. */
export function alternatives(values: readonly unknown[]): string {
  const shown = values.map(show);
  const last = shown.pop() ?? 'nothing';
  return shown.length === 0 ? last : `${shown.join(', ')} or ${last}`;
}

/** More names than this would bury the message. */
const LISTED_NAMES = 12;

/** `allowed 'a' or 'b'`, or `allowed one of the 24 tenants of the environment` where there are too many to list. */
export function allowedNames(names: readonly string[], noun: string): string {
  if (names.length === 0) return `and the environment has no ${noun}`;
  if (names.length > LISTED_NAMES) return `allowed one of the ${names.length} ${noun} of the environment`;
  return `allowed ${alternatives([...names].sort(compare))}`;
}

/** `did you mean 'x'` where a known word is near, else the given remedy. */
export function meant(word: unknown, known: readonly string[], otherwise: string): string {
  const near = typeof word === 'string' && /[a-z]/i.test(word) ? nearest(word, known) : undefined;
  return near === undefined ? otherwise : `did you mean '${near}'`;
}

function nearest(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const other = candidate.toLowerCase();
    const prefixed = lower.length >= 3 && (other.startsWith(lower) || lower.startsWith(other));
    const distance = prefixed ? 1 : editDistance(lower, other, least);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** Levenshtein's distance, given up (as `limit`) where the lengths alone differ by as much. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? limit;
}
