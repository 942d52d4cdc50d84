import { atomKey } from './atom-key';
import { and, elementOf, flag, type Formula, mapped, openName, or, type Text } from './formula';
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

const replaced = (formula: Formula, elements: ReadonlyMap<string, number>): Formula =>
  mapped(formula, (atom) => {
    if (atom.is !== 'some') return atom;
    const { set, such } = atom;
    return or(
      ...Array.from({ length: elements.get(set) ?? 0 }, (_, i) =>
        and(flag(hasElement(set, i)), renamed(such, elementOf(set), element(set, i))),
      ),
    );
  });

/** The same formula about another open part. */
export const renamed = (formula: Formula, from: string, to: string): Formula =>
  mapped(formula, (atom) => {
    if (atom.is === 'text')
      return {
        ...atom,
        text: atom.text.map((part) => (typeof part === 'object' && part.free === from ? { free: to } : part)),
      };
    // The name of an open number ends with what it is read as.
    return atom.is === 'number' && atom.name.startsWith(`${from}#`)
      ? { ...atom, name: to + atom.name.slice(from.length) }
      : atom;
  });

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
  const distinct = new Map(atoms.map((atom) => [atomKey(atom), atom]));
  for (const { text, pattern } of distinct.values()) {
    namesIn(text).forEach(count);
    pattern.units.filter(isFree).forEach(({ free }) => {
      count(free);
    });
  }
  const loose = new Map<string, Loose>();
  for (const [key, { text, pattern }] of distinct) {
    const name = openName(text);
    if (name === undefined || seen.get(name) !== 1) continue;
    // A pattern with something known in it is fitted by not everything: not by the empty text.
    if (!pattern.units.some(isFree) || !pattern.units.some((unit) => typeof unit === 'string')) continue;
    loose.set(key, { flag: `${name} fits`, name, pattern });
  }
  if (loose.size === 0) return { formula, loose: [] };
  const swapped = mapped(formula, (atom) => {
    const found = atom.is === 'text' ? loose.get(atomKey(atom)) : undefined;
    return found === undefined ? atom : flag(found.flag);
  });
  return { formula: swapped, loose: [...loose.values()] };
}

type TextAtom = Extract<Formula, { is: 'text' }>;
const namesIn = (text: Text): string[] => text.flatMap((part) => (typeof part === 'object' ? [part.free] : []));
