import { idsIn } from './mentions';
import { mayBeAbout } from './reach';
import type { Said } from './said';

/** What a pattern fits, and what something begins with that it fits: behind a bucket's ARN stand its objects. */
export interface Loose {
  /** What stands before the first character that stands for others. */
  readonly head: string;
  readonly whole: RegExp;
  readonly begun: RegExp;
}

/** A policy's variable may be anything, and has a default that may be anything else. */
const VARIABLE = /\$\{[^}]*\}/g;

/**
 * Texts that may fit a part of a name: they have wildcards, and no whole id, of which they would be a mention. In small letters, as names are: an operator
 * may be without regard to case, and one too many only parts a class.
 */
export function loosePatterns(said: readonly Said[], known: ReadonlySet<string>): Loose[] {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value === 'string') {
      const text = value.toLowerCase().replaceAll(VARIABLE, '*');
      if (/[*?]/.test(text) && !/^[*?]+$/.test(text) && idsIn(text, known).size === 0) found.add(text);
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
  };
  for (const { value } of said) walk(value);
  return [...found].map(loose);
}

function loose(pattern: string): Loose {
  const units = Array.from(pattern, (unit) => {
    if (unit === '*') return '.*';
    return unit === '?' ? '.' : unit.replace(/[\\^$.+()[\]{}|/]/, '\\$&');
  });
  return {
    head: /^[^*?]*/.exec(pattern)?.[0] ?? '',
    whole: new RegExp(`^${units.join('')}$`, 's'),
    begun: new RegExp(`^${units.reduceRight((rest, unit) => `(?:${unit}${rest})?`, '')}$`, 's'),
  };
}

/** Whether a pattern fits a name (2), may fit what stands behind it (1), or neither. */
export function fitsSoFar({ head, whole, begun }: Loose, name: string): '0' | '1' | '2' {
  // Nearly all comparisons end here.
  if (!mayBeAbout(head, name)) return '0';
  return whole.test(name) ? '2' : begun.test(name) ? '1' : '0';
}
