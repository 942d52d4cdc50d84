import { afterPrefix, isAnything, positionsAfter } from '../iam/match';
import { type Pattern, patternKey, patternOf } from '../iam/pattern';
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

/**
 * How patterns fit names of a tenant and what stands behind them, as a text: the same for two tenants where no pattern can tell a request on the one
 * from one on the other.
 */
export function fitsOf(
  patterns: readonly Pattern[],
  ids: readonly string[],
  namesOf: (id: string) => readonly string[],
): (id: string) => string {
  const [first = ''] = ids;
  // What stands in a name before the id is the same of every tenant, and patterns that can go on alike from there say the same.
  const names = namesOf(first).map((name) => {
    const start = name.slice(0, Math.max(0, name.indexOf(first)));
    return { start, rests: restsAfter(start, patterns) };
  });
  return (id) =>
    namesOf(id)
      .map((name, i) => {
        const { start = '', rests = [] } = names[i] ?? {};
        return name.startsWith(start) ? rests.map((rest) => fitOf(rest, name.slice(start.length))).join(' ') : name;
      })
      .join('\u0000');
}

/** What patterns still ask of a name after its beginning, each once; those that ask nothing, or do not fit, are left out. */
function restsAfter(start: string, patterns: readonly Pattern[]): Pattern[] {
  const rests = patterns.flatMap((pattern) => {
    const units = afterPrefix(start, pattern);
    return units.some(isAnything) ? [] : units.map((rest): Pattern => ({ ...pattern, units: rest }));
  });
  return [...new Map(rests.map((rest) => [patternKey(rest), rest])).values()];
}

/** By where the pattern can be behind the name: what may still follow depends on nothing else. */
const fitOf = (pattern: Pattern, name: string): string => [...positionsAfter(name, pattern)].sort(byNumber).join();

const byNumber = (a: number, b: number): number => a - b;
