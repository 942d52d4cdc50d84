import type { Free, Pattern } from './pattern';

/** A text of which parts are open. */
export type Text = readonly (string | Free)[];

/** What the solver is asked: constants are folded away, so that a formula that is `false` needs no solver. */
export type Formula = boolean | Node;
export type Node =
  { readonly is: 'and' | 'or'; readonly parts: readonly Node[] } | { readonly is: 'not'; readonly part: Node } | Atom;

export type Atom =
  /** A yes or no that the request leaves open, such as whether a key is there. */
  | { readonly is: 'flag'; readonly name: string }
  | { readonly is: 'text'; readonly text: Text; readonly pattern: Pattern }
  /** How an open number stands to a fixed one. */
  | { readonly is: 'number'; readonly name: string; readonly relation: '=' | '<' | '<='; readonly value: number }
  /** Some element of an open set of texts is such; the element's own name is `<set>[]`. */
  | { readonly is: 'some'; readonly set: string; readonly such: Formula };

/** Name by which the condition of a `some` speaks of the element. */
export const elementOf = (set: string): string => `${set}[]`;

export const flag = (name: string): Formula => ({ is: 'flag', name });

export function and(...formulas: readonly Formula[]): Formula {
  const parts: Node[] = [];
  for (const formula of formulas) {
    if (formula === false) return false;
    if (formula === true) continue;
    if (formula.is === 'and') parts.push(...formula.parts);
    else parts.push(formula);
  }
  return joined('and', parts, true);
}

export function or(...formulas: readonly Formula[]): Formula {
  const parts: Node[] = [];
  for (const formula of formulas) {
    if (formula === true) return true;
    if (formula === false) continue;
    if (formula.is === 'or') parts.push(...formula.parts);
    else parts.push(formula);
  }
  return joined('or', parts, false);
}

function joined(is: 'and' | 'or', parts: readonly Node[], empty: boolean): Formula {
  const different = [...new Set(parts)];
  const [first] = different;
  if (first === undefined) return empty;
  return different.length === 1 ? first : { is, parts: different };
}

export function not(formula: Formula): Formula {
  if (typeof formula === 'boolean') return !formula;
  return formula.is === 'not' ? formula.part : { is: 'not', part: formula };
}

export const implies = (condition: Formula, then: Formula): Formula => or(not(condition), then);
export const same = (a: Formula, b: Formula): Formula => and(implies(a, b), implies(b, a));

/** The name of a text that is one open part and nothing else. */
export function openName(text: Text): string | undefined {
  const [first, ...more] = text;
  return typeof first === 'object' && more.length === 0 ? first.free : undefined;
}

/** The same formula with something else in the place of each atom; constants are folded away. What a `some` says of its element is the atom's own. */
export function mapped(formula: Formula, of: (atom: Atom) => Formula): Formula {
  if (typeof formula === 'boolean') return formula;
  switch (formula.is) {
    case 'not':
      return not(mapped(formula.part, of));
    case 'and':
      return and(...formula.parts.map((part) => mapped(part, of)));
    case 'or':
      return or(...formula.parts.map((part) => mapped(part, of)));
    case 'flag':
    case 'number':
    case 'text':
    case 'some':
      return of(formula);
  }
}
