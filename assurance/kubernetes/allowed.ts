import { isValues, shown } from '../output/values';
import type { Finding } from '../finding';
import { finding } from './way';

/** What a value may be: itself, a list or fields of such, or a rule. A field that is not among them is not known. */
export type Allowed =
  string | number | boolean | null | Rule | readonly Allowed[] | { readonly [field: string]: Allowed };

/** What a value may be that is more than one. */
export class Rule {
  constructor(
    /** What is allowed, in the words of a finding. */
    readonly what: string,
    readonly fits: (value: unknown) => boolean,
    /** Judged by its parts where it is there. @default - by `fits` alone */
    readonly parts?: Allowed,
  ) {}
}

export const rule = (what: string, fits: (value: unknown) => boolean): Rule => new Rule(what, fits);
/** Any value, for the reason given: what it decides, and why nothing is opened by it. */
export const free = (reason: string): Rule => new Rule(`anything: ${reason}`, () => true);
export const absentOr = (parts: Allowed): Rule =>
  new Rule(`${wordsOf(parts)} or nothing`, (value) => value === undefined, parts);
export const NOTHING = rule('nothing', (value) => value === undefined);
/** Tags by which no policy goes. */
export const TAGS = absentOr(free('tags are for finding and paying'));
/** A text that fits an expression as a whole. */
export const like = (what: string, form: RegExp): Rule =>
  new Rule(what, (value) => typeof value === 'string' && form.test(value));
/** Each member one of the allowed kind; at least one of them. */
export const listOfSome = (each: Rule): Rule =>
  new Rule(
    `a list of ${each.what}`,
    (value) => Array.isArray(value) && value.length > 0 && value.every((one) => each.fits(one)),
  );
/** The same texts in any order. */
export const sameTexts = (texts: readonly string[]): Rule =>
  new Rule(
    texts.length === 0 ? 'none' : texts.join(', '),
    (value) =>
      (value === undefined && texts.length === 0) ||
      (Array.isArray(value) &&
        JSON.stringify([...(value as readonly unknown[])].sort()) === JSON.stringify([...texts].sort())),
  );

/** One thing that is not as allowed. */
export interface Fault {
  readonly kind: 'open' | 'not-understood';
  /** The path, the value got and what is allowed. */
  readonly what: string;
}

function wordsOf(allowed: Allowed): string {
  if (allowed instanceof Rule) return allowed.what;
  return JSON.stringify(allowed, (_, each: unknown) => (each instanceof Rule ? each.what : each)).slice(0, 200);
}

const got = (value: unknown): string => shown(value).slice(0, 160);

/** Every part of a value that is not what is allowed there. @param path of the value, empty at the root */
export function faultsOf(value: unknown, allowed: Allowed, path = ''): readonly Fault[] {
  const otherwise: Fault[] = [
    { kind: 'open', what: `${path === '' ? '' : `${path}: `}got ${got(value)}, allowed ${wordsOf(allowed)}` },
  ];
  if (allowed instanceof Rule) {
    if (allowed.fits(value)) return [];
    return allowed.parts === undefined ? otherwise : faultsOf(value, allowed.parts, path);
  }
  if (isList(allowed)) {
    if (!Array.isArray(value) || value.length !== allowed.length) return otherwise;
    return allowed.flatMap((each, i) => faultsOf(value[i], each, below(path, String(i))));
  }
  if (typeof allowed !== 'object' || allowed === null) return value === allowed ? [] : otherwise;
  if (!isValues(value)) return otherwise;
  const unknown = Object.keys(value).filter((key) => !Object.hasOwn(allowed, key));
  return [
    ...unknown.map((key): Fault => ({
      kind: 'not-understood',
      what: `${below(path, key)}: got ${got(value[key])}, allowed ${Object.keys(allowed).join(', ')} only; the proof does not know what it does`,
    })),
    ...Object.entries(allowed).flatMap(([key, each]) =>
      faultsOf(Object.hasOwn(value, key) ? value[key] : undefined, each, below(path, key)),
    ),
  ];
}

const isList = (allowed: Allowed): allowed is readonly Allowed[] => Array.isArray(allowed);
const below = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

/** The faults of a value as findings. @param about what is at stake, put before each */
export const comparedTo = (allowed: Allowed, value: unknown, subject: string, about: string): readonly Finding[] =>
  faultsOf(value, allowed).map(({ kind, what }) => finding(kind, subject, `${about}: ${what}`));
