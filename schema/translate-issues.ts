import { z } from 'zod';
import { alternatives, meant, show, type Path, type Report } from './faults';

type Issue = z.core.$ZodIssue;
type Wording = readonly [got: string, allowed: string, remedy: string];

const TYPES: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: "'true' or 'false' without quotes",
  array: 'a list',
  object: 'a mapping',
};

const FORMATS: Record<string, string> = { email: 'an e-mail address', date: 'a day as YYYY-MM-DD' };

/** Reports every issue of a failed parse in the house's words, with the value got and what the schema allows there. */
export function reportIssues(schema: z.ZodType, value: unknown, issues: readonly Issue[], report: Report): void {
  for (const issue of issues) {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(schema, path, value);
      for (const key of issue.keys)
        report([...path, key], 'an unknown key', `allowed ${alternatives(known)}`, meant(key, known, 'remove it'));
    } else report(path, ...wording(issue, valueAt(value, path)));
  }
}

function wording(issue: Issue, got: unknown): Wording {
  switch (issue.code) {
    case 'invalid_type': {
      const type = TYPES[issue.expected] ?? issue.expected;
      return got === undefined || got === null
        ? ['nothing', `${type} is required`, 'add it']
        : [show(got), `allowed ${type}`, `write ${type}`];
    }
    case 'too_small':
      return [measured(got), `at least ${amount(issue.minimum, issue.origin)}`, GROW[issue.origin] ?? 'raise it'];
    case 'too_big':
      return [measured(got), `at most ${amount(issue.maximum, issue.origin)}`, SHRINK[issue.origin] ?? 'lower it'];
    case 'invalid_format':
      return [show(got), `allowed ${FORMATS[issue.format] ?? issue.message}`, 'change it to that form'];
    case 'invalid_value':
      return chosen(got, issue.values);
    case 'invalid_union':
      return chosen(
        got,
        'options' in issue
          ? issue.options
          : issue.errors.flatMap((errors) => errors.flatMap((e) => (e.code === 'invalid_value' ? e.values : []))),
      );
    case 'custom':
      return [show(got), issue.message, String(issue.params?.['remedy'] ?? 'change it')];
    default:
      return [show(got), issue.message, 'change it'];
  }
}

function chosen(got: unknown, values: readonly unknown[]): Wording {
  const words = values.filter((value) => typeof value === 'string');
  if (got === undefined || got === null) return ['nothing', `one of ${alternatives(values)} is required`, 'add it'];
  return [show(got), `allowed ${alternatives(values)}`, meant(got, words, 'choose one of them')];
}

const GROW: Record<string, string> = { string: 'lengthen it', array: 'add to it' };
const SHRINK: Record<string, string> = { string: 'shorten it', array: 'take some out' };

/** A value that is too small or too big, with its own size where that is what counts. */
function measured(got: unknown): string {
  return typeof got === 'string' ? `${show(got)} (${got.length} characters)` : show(got);
}

function amount(limit: number | bigint, origin: string): string {
  if (origin === 'string') return `${limit.toString()} characters`;
  return origin === 'array' ? `${limit.toString()} in the list` : limit.toString();
}

function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const part of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string | number, unknown>)[part];
  }
  return at;
}

/** The keys that the schema's object at the path knows; of a union, the object that the value there is one of. */
function keysAt(schema: z.ZodType, path: Path, value: unknown): string[] {
  let at = chosenOption(schema, value);
  for (const [i, part] of path.entries()) {
    const inner = valueAt(value, path.slice(0, i + 1));
    if (at instanceof z.ZodObject && typeof part === 'string')
      at = chosenOption((at.shape as z.ZodRawShape)[part], inner);
    else if (at instanceof z.ZodArray) at = chosenOption(at.element, inner);
    else return [];
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

/** The schema behind a default, a prefault or an optional, and of a union the option that the value's discriminator names. */
export function chosenOption(schema: unknown, value: unknown): unknown {
  const at = unwrapped(schema);
  if (!(at instanceof z.ZodDiscriminatedUnion)) return at;
  const { discriminator } = at.def;
  const word = valueAt(value, [discriminator]);
  const option = at.options.find((each) => hasWord(each, discriminator, word));
  return option instanceof z.ZodDiscriminatedUnion ? chosenOption(option, value) : option;
}

/** Whether an option of a union, or all those of a union inside it, are for this word. */
function hasWord(option: unknown, discriminator: string, word: unknown): boolean {
  if (option instanceof z.ZodDiscriminatedUnion)
    return option.options.every((inner) => hasWord(inner, discriminator, word));
  return (
    option instanceof z.ZodObject &&
    (option.shape as Record<string, z.ZodType | undefined>)[discriminator]?.safeParse(word).success === true
  );
}

/** The schema behind a default, a prefault or an optional. */
export function unwrapped(schema: unknown): unknown {
  let at = schema;
  while (at instanceof z.ZodDefault || at instanceof z.ZodPrefault || at instanceof z.ZodOptional) at = at.unwrap();
  return at;
}
