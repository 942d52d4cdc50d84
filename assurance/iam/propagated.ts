import { atomKey } from './atom-key';
import { and, type Atom, type Formula, mapped, type Node, not, openName } from './formula';
import { fits } from './match';
import { isFree } from './pattern';

/**
 * The same formula with what is certain in it put in place everywhere: a part that stands alone in a conjunction, or its negation, holds wherever
 * else it stands. Often nothing is left to ask.
 * @param formula without open sets
 */
export function propagated(formula: Formula): Formula {
  const certain = new Certain();
  let rest = formula;
  while (rest !== false) {
    const before = certain.size;
    const open: Node[] = [];
    for (const part of conjuncts(rest)) {
      const literal = literalOf(part);
      if (literal === undefined) open.push(part);
      else if (!certain.add(literal)) return false;
    }
    if (certain.size === before) return and(...certain.formulas(), ...open);
    rest = and(...open.map((part) => mapped(part, (atom) => certain.of(atom) ?? atom)));
  }
  return false;
}

/** An atom that has to hold, or has not to. */
interface Literal {
  readonly atom: Atom;
  readonly holds: boolean;
}

/** What has to hold of atoms. */
class Certain {
  readonly #literals = new Map<string, Literal>();
  /** Texts that are known, by their names. */
  readonly #texts = new Map<string, string>();

  get size(): number {
    return this.#literals.size;
  }

  /** @returns whether it does not contradict what is certain */
  add(literal: Literal): boolean {
    const { atom, holds } = literal;
    const known = this.of(atom);
    if (known !== undefined) return known === holds;
    this.#literals.set(atomKey(atom), literal);
    const text = holds ? wholeText(atom) : undefined;
    if (text !== undefined) this.#texts.set(...text);
    return true;
  }

  of(atom: Atom): boolean | undefined {
    return this.#literals.get(atomKey(atom))?.holds ?? this.#fits(atom);
  }

  formulas(): Formula[] {
    return Array.from(this.#literals.values(), ({ atom, holds }) => (holds ? atom : not(atom)));
  }

  #fits(atom: Atom): boolean | undefined {
    if (atom.is !== 'text' || atom.pattern.units.some(isFree)) return undefined;
    const text = this.#texts.get(openName(atom.text) ?? '');
    return text === undefined ? undefined : fits(text, atom.pattern);
  }
}

/** An open text and what it has to be, where it is compared with a text in which nothing stands for anything else. */
function wholeText(atom: Atom): [name: string, text: string] | undefined {
  if (atom.is !== 'text' || atom.pattern.ignoresCase) return undefined;
  const name = openName(atom.text);
  const { units } = atom.pattern;
  return name !== undefined && units.every((unit) => typeof unit === 'string') ? [name, units.join('')] : undefined;
}

/** Parts that all have to hold, of which some may be no conjunction in how they are written. */
function conjuncts(formula: Formula): Node[] {
  if (typeof formula === 'boolean') return [];
  if (formula.is === 'and') return formula.parts.flatMap(conjuncts);
  if (formula.is === 'not' && formula.part.is === 'or')
    return formula.part.parts.flatMap((part) => conjuncts(not(part)));
  return [formula];
}

function literalOf(node: Node): Literal | undefined {
  const atom = node.is === 'not' ? node.part : node;
  return isAtom(atom) ? { atom, holds: node.is !== 'not' } : undefined;
}

const isAtom = (node: Node): node is Atom => node.is !== 'and' && node.is !== 'or' && node.is !== 'not';
