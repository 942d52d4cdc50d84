import type { Atom } from './formula';
import { patternKey } from './pattern';

const keys = new WeakMap<Atom, string>();

/** The same of atoms that say the same. */
export function atomKey(atom: Atom): string {
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
