import { and, type Formula, or, type Text } from './formula';
import { type Free, isFree, isVariable, isWild, type Pattern, type Unit, type Wild } from './pattern';

/**
 * Whether a text fits a pattern whose variables are resolved. Folded as far as the text is known: what is left asks about open parts
 * only.
 */
export function matches(text: Text, pattern: Pattern): Formula {
  const parts = text.filter((part) => part !== '');
  if (parts.every((part) => typeof part === 'string')) {
    if (!pattern.units.some(isFree)) return fits(parts.join(''), pattern);
  } else if (!pattern.units.some(isFree)) {
    const [first = '', ...rest] = parts;
    // A known beginning is taken off, so that the open rest is compared with what can still follow.
    if (typeof first === 'string' && rest.length > 0)
      return or(...afterPrefix(first, pattern).map((units) => matches(rest, { ...pattern, units })));
    if (typeof first === 'object' && first.segment === true && rest.length > 0)
      return segmentMatch(first, rest, pattern);
  }
  return openMatch(parts, pattern);
}

/** An open segment of an ARN ends at the pattern's next colon, if nothing before that can stand for one. */
function segmentMatch(first: Free, rest: Text, pattern: Pattern): Formula {
  const { units } = pattern;
  const colon = units.indexOf(':');
  const before = units.slice(0, colon);
  if (colon < 0 || before.some((unit) => isWild(unit) && unit.of === 'any'))
    return openMatch([first, ...rest], pattern);
  return and(matches([first], { ...pattern, units: before }), matches(rest, { ...pattern, units: units.slice(colon) }));
}

function openMatch(text: Text, pattern: Pattern): Formula {
  return isAnything(pattern.units) || { is: 'text', text, pattern };
}

/** Whether a pattern is `*`, which every text fits. */
export const isAnything = (units: readonly Unit[]): boolean => units.length === 1 && isManyOfAny(units[0]);

/** Whether a known text fits a pattern that has no open part. */
export function fits(text: string, pattern: Pattern): boolean {
  const { units } = pattern;
  const head = headOf(pattern);
  if (!text.startsWith(head)) return false;
  // Most patterns are a text as it stands, or a beginning with a `*` behind it.
  if (head.length === units.length) return text === head;
  const [next] = units.slice(head.length);
  if (head.length + 1 === units.length && isManyOfAny(next)) return true;
  return positionsAfter(text, pattern).has(units.length);
}

/** What may still follow after a known beginning: rests of the pattern, none where the beginning does not fit. */
export function afterPrefix(prefix: string, pattern: Pattern): (readonly Unit[])[] {
  const positions = positionsAfter(prefix, pattern);
  return (
    [...positions]
      // The rest that begins with `*` holds the rest behind it.
      .filter((at) => !(positions.has(at - 1) && isMany(pattern.units[at - 1])))
      .map((at) => pattern.units.slice(at))
  );
}

/** Where a pattern can be after a known text, as numbers of its units: what may still follow depends on nothing else. */
export function positionsAfter(text: string, pattern: Pattern): ReadonlySet<number> {
  const head = headOf(pattern);
  // Nearly all comparisons end here: with the part of the pattern that stands for itself.
  if (text.length <= head.length) return head.startsWith(text) ? reached(pattern, [text.length]) : NOWHERE;
  if (!text.startsWith(head)) return NOWHERE;
  const { units } = pattern;
  const chars = Array.from(text.slice(head.length));
  let now = [...reached(pattern, [head.length])];
  for (let i = 0; i < chars.length; i += 1) {
    // At the last `*` nothing changes any more.
    if (now.length === 0 || (now[0] === units.length - 1 && isManyOfAny(units[now[0]]))) break;
    // At another, nothing before the character that follows it.
    const awaited = awaitedAt(pattern, now);
    if (awaited !== undefined) i = chars.indexOf(awaited, i);
    const char = chars[i];
    if (char === undefined) break;
    const next: number[] = [];
    for (const at of now)
      for (const to of stepsOf(pattern, at, char))
        for (let one = to; !next.includes(one); one += 1) {
          next.push(one);
          if (!isMany(units[one])) break;
        }
    now = next;
  }
  return new Set(now);
}

/** The one character that leads on from these positions, where they are a `*` and what stands behind it. */
function awaitedAt(
  { units, ignoresCase }: Pattern,
  [first = 0, second = 0, ...more]: readonly number[],
): string | undefined {
  const awaited = units[second];
  const isOne = second === first + 1 && more.length === 0 && isManyOfAny(units[first]);
  return isOne && typeof awaited === 'string' && !ignoresCase ? awaited : undefined;
}

const NOWHERE: ReadonlySet<number> = new Set();

const heads = new WeakMap<Pattern, string>();

/** What a pattern begins with and stands for itself, as far as each character is one unit of it and of a text. */
function headOf(pattern: Pattern): string {
  const known = heads.get(pattern);
  if (known !== undefined) return known;
  const { units, ignoresCase } = pattern;
  let head = '';
  for (const unit of ignoresCase ? [] : units) {
    if (typeof unit !== 'string' || unit.length > 1) break;
    head += unit;
  }
  heads.set(pattern, head);
  return head;
}

/** Positions with those behind a `*`, which may stand for nothing. */
export function reached(pattern: Pattern, positions: readonly number[]): Set<number> {
  const all = new Set(positions);
  for (const at of all) if (isMany(pattern.units[at])) all.add(at + 1);
  return all;
}

/** Where one character leads from a position of a pattern. */
export function stepsOf(pattern: Pattern, at: number, char: string): number[] {
  const unit = pattern.units[at];
  if (unit === undefined) return [];
  if (typeof unit === 'string') return sameChar(unit, char, pattern.ignoresCase) ? [at + 1] : [];
  if (isFree(unit) || isVariable(unit)) throw new Error('a pattern with an open part is not stepped through');
  const within = unit.of === 'any' || (unit.of === 'segment' ? char !== ':' : char >= '0' && char <= '9');
  if (!within) return [];
  return unit.wild === 'many' ? [at] : [at + 1];
}

const sameChar = (a: string, b: string, ignoresCase: boolean): boolean =>
  a === b || (ignoresCase && a.toLowerCase() === b.toLowerCase());
const isMany = (unit: Unit | undefined): unit is Wild => unit !== undefined && isWild(unit) && unit.wild === 'many';
const isManyOfAny = (unit: Unit | undefined): boolean => isMany(unit) && unit.of === 'any';
