import { positionsAfter } from '../iam/match';
import { type Pattern, patternOf } from '../iam/pattern';
import { idsIn } from './mentions';
import type { Said } from './said';

/** A policy's variable may be anything. */
const VARIABLE = /\$\{[^}]*\}/g;

/**
 * Texts that may fit a part of a name: they have wildcards, and no whole id, of which they would be a mention. In small letters, as names are: an
 * operator may be without regard to case, and one too many only parts a class.
 */
export function loosePatterns(said: readonly Said[], known: ReadonlySet<string>): Pattern[] {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value === 'string') {
      const text = value.toLowerCase().replaceAll(VARIABLE, '*');
      if (/[*?]/.test(text) && !/^[*?]+$/.test(text) && idsIn(text, known).size === 0) found.add(text);
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
  };
  for (const { value } of said) walk(value);
  return [...found].map((text) => patternOf('a pattern', text, { variables: false }));
}

/** How a pattern fits a name and what stands behind it, as a text: the same for two names where it can tell no request on the one from one on the other. */
export const fitOf = (pattern: Pattern, name: string): string =>
  [...positionsAfter(name, pattern)].sort(byNumber).join();

const byNumber = (a: number, b: number): number => a - b;
