import type { Atom, Formula } from './formula';
import { isFree, isVariable, isWild, type Pattern, type Unit } from './pattern';

export type Sort = 'String' | 'Int' | 'Real' | 'Bool';

/** A variable of the solver and what it stands for. */
export interface Variable {
  readonly name: string;
  readonly sort: Sort;
  readonly open: string;
}

export const declarationsOf = (variables: Iterable<Variable>): string =>
  Array.from(variables, ({ name, sort }) => `(declare-const ${name} ${sort})`).join('');

/** A formula as SMT-LIB. How open texts are spoken of is the caller's. */
export class SmtText {
  readonly #names = new Map<string, Variable>();

  constructor(readonly ofText: (smt: SmtText, atom: Extract<Atom, { is: 'text' }>) => string) {}

  /** The solver's variables, by what they stand for. */
  get variables(): Iterable<Variable> {
    return this.#names.values();
  }

  variable(sort: Sort, open: string): string {
    const key = `${sort} ${open}`;
    const known = this.#names.get(key);
    if (known !== undefined) return known.name;
    const name = `${sort.charAt(0).toLowerCase()}${this.#names.size}`;
    this.#names.set(key, { name, sort, open });
    return name;
  }

  of(formula: Formula): string {
    if (typeof formula === 'boolean') return String(formula);
    switch (formula.is) {
      case 'not':
        return `(not ${this.of(formula.part)})`;
      case 'and':
      case 'or':
        return `(${formula.is} ${formula.parts.map((part) => this.of(part)).join(' ')})`;
      case 'flag':
        return this.variable('Bool', formula.name);
      case 'number':
        return `(${formula.relation} ${this.variable(sortOf(formula.name), formula.name)} ${numeral(formula.value)})`;
      case 'text':
        return this.ofText(this, formula);
      case 'some':
        throw new Error(`the open set ${formula.set} is not unfolded`);
    }
  }
}

/** Whole numbers for dates and addresses, by the end of the open number's name. */
const sortOf = (name: string): Sort => (name.endsWith('#number') ? 'Real' : 'Int');

const numeral = (value: number): string => (value < 0 ? `(- ${decimal(-value)})` : decimal(value));
const decimal = (value: number): string => {
  const text = String(value);
  if (!/^\d+(?:\.\d+)?$/.test(text)) throw new Error(`${text} has no plain decimal form`);
  return text;
};

/**
 * A comparison in the solver's own theory of texts: exact for every form, and slow where an answer exists (0.1 to 0.6 s measured on
 * 2026-11-25 with z3 5.2.0 in WebAssembly), so that it is the way only of what word classes cannot say.
 */
export function ownTexts(smt: SmtText, { text, pattern }: Extract<Atom, { is: 'text' }>): string {
  const value = concatenated(
    text.map((part) => (typeof part === 'string' ? quoted(part) : smt.variable('String', part.free))),
  );
  if (!pattern.units.some(isFree)) return `(str.in_re ${value} ${regularExpression(pattern)})`;
  return relation(value, pieces(smt, pattern));
}

/**
 * A pattern with open texts is no regular expression. Its `*` part it into pieces: the first stands at the beginning, the last at the
 * end, and each between them at its first place behind the one before, which finds a fit wherever there is one.
 */
function relation(value: string, [first = '""', ...rest]: readonly string[]): string {
  const last = rest.pop();
  if (last === undefined) return `(= ${value} ${first})`;
  const conditions = [`(str.prefixof ${first} ${value})`];
  let from = `(str.len ${first})`;
  for (const piece of rest) {
    const at = `(str.indexof ${value} ${piece} ${from})`;
    conditions.push(`(>= ${at} 0)`);
    from = `(+ ${at} (str.len ${piece}))`;
  }
  conditions.push(`(str.suffixof ${last} ${value})`, `(<= (+ ${from} (str.len ${last})) (str.len ${value}))`);
  return `(and ${conditions.join(' ')})`;
}

function pieces(smt: SmtText, { units, ignoresCase }: Pattern): string[] {
  const found: string[][] = [[]];
  for (const unit of units) {
    if (isWild(unit) && unit.wild === 'many' && unit.of === 'any') found.push([]);
    else if (isFree(unit)) found.at(-1)?.push(smt.variable('String', unit.free));
    else if (typeof unit === 'string' && !ignoresCase) found.at(-1)?.push(quoted(unit));
    else throw new Error('a pattern with open texts holds what cannot be compared with them');
  }
  return found.map(concatenated);
}

const concatenated = (parts: readonly string[]): string =>
  parts.length === 0 ? '""' : parts.length === 1 ? (parts[0] ?? '') : `(str.++ ${parts.join(' ')})`;

function regularExpression({ units, ignoresCase }: Pattern): string {
  const parts = units.map((unit) => unitExpression(unit, ignoresCase));
  if (parts.length === 0) return '(str.to_re "")';
  return parts.length === 1 ? (parts[0] ?? '') : `(re.++ ${parts.join(' ')})`;
}

const OF = {
  any: 're.allchar',
  segment: '(re.diff re.allchar (str.to_re ":"))',
  digit: '(re.range "0" "9")',
} as const;

function unitExpression(unit: Unit, ignoresCase: boolean): string {
  if (isFree(unit) || isVariable(unit)) throw new Error('a pattern with an open part is no regular expression');
  if (isWild(unit)) return unit.wild === 'one' ? OF[unit.of] : `(re.* ${OF[unit.of]})`;
  const [lower, upper] = [unit.toLowerCase(), unit.toUpperCase()];
  if (!ignoresCase || lower === upper) return `(str.to_re ${quoted(unit)})`;
  return `(re.union (str.to_re ${quoted(lower)}) (str.to_re ${quoted(upper)}))`;
}

/** Everything but plain letters and the like by its code, so that nothing is read as an escape. */
const quoted = (text: string): string =>
  `"${Array.from(text)
    .map((char) => (/^[ !#-[\]-~]$/.test(char) ? char : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`))
    .join('')}"`;
