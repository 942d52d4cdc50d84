import { and, elementOf, flag, type Formula, not, or, type Text } from './formula';
import { isFree, type Pattern } from './pattern';

/** Calls `visit` for a formula and every part of it. */
export function walk(formula: Formula, visit: (node: Exclude<Formula, boolean>) => void): void {
  if (typeof formula === 'boolean') return;
  visit(formula);
  if (formula.is === 'not') walk(formula.part, visit);
  else if (formula.is === 'and' || formula.is === 'or') for (const part of formula.parts) walk(part, visit);
  else if (formula.is === 'some') walk(formula.such, visit);
}

/** Whether an open set has a number of elements or more, by their numbers. */
export const hasElement = (set: string, i: number): string => `${set}[${i}] is there`;
export const element = (set: string, i: number): string => `${set}[${i}]`;

/**
 * The same formula with a few named elements instead of each open set. As many elements are enough as there are questions about some
 * element of the set: each needs one that says yes, and no element is needed for a no.
 */
export function unfolded(formula: Formula): {
  readonly formula: Formula;
  readonly elements: ReadonlyMap<string, number>;
} {
  const asked = new Map<string, Set<object>>();
  walk(formula, (node) => {
    if (node.is === 'some') asked.set(node.set, (asked.get(node.set) ?? new Set()).add(node));
  });
  const elements = new Map([...asked].map(([set, nodes]) => [set, nodes.size]));
  return { formula: asked.size === 0 ? formula : replaced(formula, elements), elements };
}

function replaced(formula: Formula, elements: ReadonlyMap<string, number>): Formula {
  if (typeof formula === 'boolean') return formula;
  switch (formula.is) {
    case 'not':
      return not(replaced(formula.part, elements));
    case 'and':
      return and(...formula.parts.map((part) => replaced(part, elements)));
    case 'or':
      return or(...formula.parts.map((part) => replaced(part, elements)));
    case 'some': {
      const { set, such } = formula;
      return or(
        ...Array.from({ length: elements.get(set) ?? 0 }, (_, i) =>
          and(flag(hasElement(set, i)), renamed(such, elementOf(set), element(set, i))),
        ),
      );
    }
    default:
      return formula;
  }
}

/** The same formula about another open part. */
export function renamed(formula: Formula, from: string, to: string): Formula {
  if (typeof formula === 'boolean') return formula;
  switch (formula.is) {
    case 'not':
      return not(renamed(formula.part, from, to));
    case 'and':
      return and(...formula.parts.map((part) => renamed(part, from, to)));
    case 'or':
      return or(...formula.parts.map((part) => renamed(part, from, to)));
    case 'text':
      return {
        ...formula,
        text: formula.text.map((part) => (typeof part === 'object' && part.free === from ? { free: to } : part)),
      };
    case 'number':
      // The name of an open number ends with what it is read as.
      return formula.name.startsWith(`${from}#`) ? { ...formula, name: to + formula.name.slice(from.length) } : formula;
    default:
      return formula;
  }
}

/** An open text that is compared with other open texts, once and nowhere else. */
export interface Loose {
  readonly flag: string;
  readonly name: string;
  readonly pattern: Pattern;
}

/**
 * Puts a plain yes or no in place of every comparison of an open text that stands nowhere else with a pattern of other open texts:
 * whatever those are, there is a text that fits and one that does not, so that the comparison binds nothing. The text is found when
 * the others are.
 */
export function withoutLoose(formula: Formula): { readonly formula: Formula; readonly loose: readonly Loose[] } {
  const atoms: TextAtom[] = [];
  walk(formula, (node) => {
    if (node.is === 'text') atoms.push(node);
  });
  if (!atoms.some(({ pattern }) => pattern.units.some(isFree))) return { formula, loose: [] };
  const seen = new Map<string, number>();
  const count = (name: string): void => void seen.set(name, (seen.get(name) ?? 0) + 1);
  // The same comparison may stand in several places: a trust policy is asked about several actions.
  const distinct = new Map(atoms.map((atom) => [keyOf(atom), atom]));
  for (const { text, pattern } of distinct.values()) {
    namesIn(text).forEach(count);
    pattern.units.filter(isFree).forEach(({ free }) => {
      count(free);
    });
  }
  const loose = new Map<string, Loose>();
  for (const [key, { text, pattern }] of distinct) {
    const [only, ...more] = text;
    if (typeof only !== 'object' || more.length > 0 || seen.get(only.free) !== 1) continue;
    // A pattern with something known in it is fitted by not everything: not by the empty text.
    if (!pattern.units.some(isFree) || !pattern.units.some((unit) => typeof unit === 'string')) continue;
    loose.set(key, { flag: `${only.free} fits`, name: only.free, pattern });
  }
  if (loose.size === 0) return { formula, loose: [] };
  const swap = (part: Formula): Formula => {
    if (typeof part === 'boolean') return part;
    const found = part.is === 'text' ? loose.get(keyOf(part)) : undefined;
    if (found !== undefined) return flag(found.flag);
    if (part.is === 'not') return not(swap(part.part));
    if (part.is === 'and') return and(...part.parts.map(swap));
    return part.is === 'or' ? or(...part.parts.map(swap)) : part;
  };
  return { formula: swap(formula), loose: [...loose.values()] };
}

type TextAtom = Extract<Formula, { is: 'text' }>;
const keyOf = ({ text, pattern }: TextAtom): string => JSON.stringify([text, pattern]);
const namesIn = (text: Text): string[] => text.flatMap((part) => (typeof part === 'object' ? [part.free] : []));
