import { elementOf, type Formula, type Node, type Text } from './formula';
import { fits } from './match';
import { isFree, type Pattern, type Unit } from './pattern';
import type { SolverValue } from './z3';
import { element, hasElement, renamed } from './unfold';

type Of<Is extends Node['is']> = Extract<Node, { is: Is }>;
type Values = ReadonlyMap<string, SolverValue>;

/**
 * Whether a formula holds for certain with these values of its open parts: with them it needs no solver. Undefined where it depends on a part that
 * has no value here.
 */
export function holdsIn(formula: Formula, values: Values): boolean | undefined {
  if (typeof formula === 'boolean') return formula;
  switch (formula.is) {
    case 'not': {
      const part = holdsIn(formula.part, values);
      return part === undefined ? undefined : !part;
    }
    case 'and':
      return every(formula.parts, true, values);
    case 'or':
      return every(formula.parts, false, values);
    case 'flag':
      return values.get(formula.name) as boolean | undefined;
    case 'number':
      return compared(formula, values);
    case 'text':
      return fitsIn(formula.text, formula.pattern, values);
    case 'some':
      return someIn(formula, values);
  }
}

/** Of parts that all are so, that; else the other, where one is certain not to be. */
function every(parts: readonly Node[], so: boolean, values: Values): boolean | undefined {
  let all: boolean | undefined = so;
  for (const part of parts) {
    const one = holdsIn(part, values);
    if (one === !so) return one;
    if (one === undefined) all = undefined;
  }
  return all;
}

function compared({ name, relation, value }: Of<'number'>, values: Values): boolean | undefined {
  const own = values.get(name);
  if (typeof own !== 'number') return undefined;
  if (relation === '=') return own === value;
  return relation === '<' ? own < value : own <= value;
}

function fitsIn(text: Text, pattern: Pattern, values: Values): boolean | undefined {
  const whole = text.map((part) => (typeof part === 'string' ? part : values.get(part.free)));
  if (whole.includes(undefined)) return undefined;
  if (!pattern.units.some(isFree)) return fits(whole.join(''), pattern);
  const units = pattern.units.map((unit) => (isFree(unit) ? values.get(unit.free) : unit));
  if (units.includes(undefined)) return undefined;
  return fits(whole.join(''), {
    ...pattern,
    units: units.flatMap((unit) => (typeof unit === 'string' ? Array.from(unit) : [unit as Unit])),
  });
}

function someIn({ set, such }: Of<'some'>, values: Values): boolean | undefined {
  if (!values.has(hasElement(set, 0))) return undefined;
  const each: (boolean | undefined)[] = [];
  for (let i = 0; values.has(hasElement(set, i)); i++)
    if (values.get(hasElement(set, i)) === true)
      each.push(holdsIn(renamed(such, elementOf(set), element(set, i)), values));
  if (each.includes(true)) return true;
  return each.includes(undefined) ? undefined : false;
}
