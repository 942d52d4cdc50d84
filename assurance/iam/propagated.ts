import { and, type Atom, type Formula, type Node, not, or } from './formula';
import { fits } from './match';
import { isFree, patternKey } from './pattern';

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
    rest = and(...open.map((part) => replaced(part, certain)));
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
    this.#literals.set(keyOf(atom), literal);
    const text = holds ? wholeText(atom) : undefined;
    if (text !== undefined) this.#texts.set(...text);
    return true;
  }

  of(atom: Atom): boolean | undefined {
    return this.#literals.get(keyOf(atom))?.holds ?? this.#fits(atom);
  }

  formulas(): Formula[] {
    return Array.from(this.#literals.values(), ({ atom, holds }) => (holds ? atom : not(atom)));
  }

  #fits(atom: Atom): boolean | undefined {
    if (atom.is !== 'text' || atom.pattern.units.some(isFree)) return undefined;
    const [only, ...more] = atom.text;
    const text = typeof only === 'object' && more.length === 0 ? this.#texts.get(only.free) : undefined;
    return text === undefined ? undefined : fits(text, atom.pattern);
  }
}

/** An open text and what it has to be, where it is compared with a text in which nothing stands for anything else. */
function wholeText(atom: Atom): [name: string, text: string] | undefined {
  if (atom.is !== 'text' || atom.pattern.ignoresCase) return undefined;
  const [only, ...more] = atom.text;
  const { units } = atom.pattern;
  if (typeof only !== 'object' || more.length > 0 || !units.every((unit) => typeof unit === 'string')) return undefined;
  return [only.free, units.join('')];
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

function replaced(node: Node, certain: Certain): Formula {
  switch (node.is) {
    case 'not':
      return not(replaced(node.part, certain));
    case 'and':
      return and(...node.parts.map((part) => replaced(part, certain)));
    case 'or':
      return or(...node.parts.map((part) => replaced(part, certain)));
    case 'flag':
    case 'number':
    case 'text':
    case 'some':
      return certain.of(node) ?? node;
  }
}

const keys = new WeakMap<Atom, string>();

/** The same of atoms that say the same. */
function keyOf(atom: Atom): string {
  const known = keys.get(atom) ?? spelled(atom);
  keys.set(atom, known);
  return known;
}

function spelled(atom: Atom): string {
  switch (atom.is) {
    case 'flag':
      return `flag ${atom.name}`;
    case 'number':
      return `number ${atom.name} ${atom.relation} ${String(atom.value)}`;
    case 'text':
      return `text ${JSON.stringify(atom.text)} ${patternKey(atom.pattern)}`;
    case 'some':
      throw new Error(`the open set ${atom.set} is not unfolded`);
  }
}
