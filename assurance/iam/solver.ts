import type { Formula, Text } from './formula';
import { holdsIn } from './holds-in';
import { isFree, isWild, type Pattern, patternKey, shown } from './pattern';
import { fits } from './match';
import { ownTexts, SmtText } from './smt';
import { element, hasElement, type Loose, unfolded, walk, withoutLoose } from './unfold';
import { type WordClass, wordClasses } from './word-classes';
import { propagated } from './propagated';
import { type SolverValue, Z3 } from './z3';

/** Values of open parts by their names; what the formula does not speak of is not there. */
export type Model = ReadonlyMap<string, SolverValue>;

/** How an open formula came to its answer, counted. */
export interface SolverCounts {
  /** Asked of the solver with word classes. */
  classes: number;
  /** Asked of the solver's own theory of texts. */
  texts: number;
  /** Answered before: one that says the same up to the names of what is open. */
  known: number;
  /** Answered by values that were found for another: what is asked one after the other is often much alike. */
  lately: number;
}

/** Of so many answers the values are tried again, before the solver is asked: more were seldom of use. */
const LATELY = 3;

/** Finds values for formulas. */
export class Solver {
  readonly counts: SolverCounts = { classes: 0, texts: 0, known: 0, lately: 0 };
  readonly #classes = new Map<string, readonly WordClass[] | undefined>();

  /** Values that were found, the latest first. */
  #lately: readonly Model[] = [];

  private constructor(readonly z3: Z3) {}

  static async start(): Promise<Solver> {
    return new Solver(await Z3.start());
  }

  /** Ends the solver's threads, without which the process would not end. */
  async stop(): Promise<void> {
    await this.z3.stop();
  }

  /**
   * Values for which a formula holds, or none: then there are none.
   * @param texts whether texts are the solver's own in any case: for tests, which compare both ways
   * @throws NotUnderstood where the solver gives up
   */
  solve(formula: Formula, texts = false): Model | undefined {
    if (formula === false) return undefined;
    const again = texts ? undefined : this.#lately.find((model) => holdsIn(formula, model) === true);
    if (again !== undefined) {
      this.counts.lately++;
      return again;
    }
    const { formula: flat, elements } = unfolded(formula);
    const { formula: some, loose } = withoutLoose(flat);
    const rest = texts ? some : propagated(some);
    if (rest === false) return undefined;
    const found = (texts ? undefined : this.#byClasses(rest)) ?? { model: this.#byTexts(texts ? flat : rest) };
    const model = found.model && completed(found.model, texts ? [] : loose, elements);
    if (model !== undefined) this.#lately = [model, ...this.#lately].slice(0, LATELY);
    return model;
  }

  #byTexts(formula: Formula): Map<string, SolverValue> | undefined {
    const smt = new SmtText(ownTexts);
    return this.#check(smt, `(assert ${smt.of(formula)})`, 'texts');
  }

  /** With a choice of classes instead of open texts; none where the formula compares open texts with each other. */
  #byClasses(formula: Formula): { readonly model: Map<string, SolverValue> | undefined } | undefined {
    const patterns = patternsOfTexts(formula);
    if (patterns === undefined) return undefined;
    const classes = new Map<string, readonly WordClass[]>();
    for (const [name, listed] of patterns) {
      const found = this.#classesOf([...listed.entries()]);
      if (found === undefined) return undefined;
      classes.set(name, found);
    }
    const fitFlag = (name: string, pattern: string): string => `${name} ~ ${pattern}`;
    const smt = new SmtText((self, { text, pattern }) =>
      self.variable('Bool', fitFlag(only(text) ?? '', patternKey(pattern))),
    );
    const assertions = [`(assert ${smt.of(formula)})`];
    for (const [name, listed] of patterns) {
      const all = classes.get(name) ?? [];
      // Patterns of which any may fit with any other bind nothing.
      if (all.length === 2 ** listed.size) continue;
      const bits = [...listed.keys()].map((pattern) => smt.variable('Bool', fitFlag(name, pattern)));
      const choices = all.map(
        (one) => `(and true ${bits.map((bit, i) => (one.fits[i] === true ? bit : `(not ${bit})`)).join(' ')})`,
      );
      assertions.push(`(assert (or ${choices.join(' ')}))`);
    }
    const model = this.#check(smt, assertions.join(''), 'classes');
    if (model === undefined) return { model };
    for (const [name, listed] of patterns) {
      const bits = [...listed.keys()].map((pattern) => model.get(fitFlag(name, pattern)) === true);
      const chosen = (classes.get(name) ?? []).find((one) => one.fits.every((fit, i) => fit === bits[i]));
      for (const pattern of listed.keys()) model.delete(fitFlag(name, pattern));
      model.set(name, chosen?.example ?? '');
    }
    return { model };
  }

  #classesOf(listed: readonly [string, Pattern][]): readonly WordClass[] | undefined {
    const key = listed.map(([name]) => name).join('\n');
    if (!this.#classes.has(key)) this.#classes.set(key, wordClasses(listed.map(([, pattern]) => pattern)));
    return this.#classes.get(key);
  }

  #check(smt: SmtText, assertions: string, way: 'classes' | 'texts'): Map<string, SolverValue> | undefined {
    const before = this.counts[way];
    const values = this.z3.check(smt, assertions, () => this.counts[way]++);
    if (this.counts[way] === before) this.counts.known++;
    return values;
  }
}

type Patterns = ReadonlyMap<string, ReadonlyMap<string, Pattern>>;

/** The patterns that each open text is compared with; none where open texts are compared with each other. */
function patternsOfTexts(formula: Formula): Patterns | undefined {
  const patterns = new Map<string, Map<string, Pattern>>();
  const texts: Extract<Formula, { is: 'text' }>[] = [];
  walk(formula, (node) => {
    if (node.is === 'text') texts.push(node);
  });
  for (const { text, pattern } of texts) {
    const name = only(text);
    if (name === undefined || pattern.units.some(isFree)) return undefined;
    const listed = patterns.get(name) ?? new Map<string, Pattern>();
    patterns.set(name, listed.set(patternKey(pattern), pattern));
  }
  return patterns;
}

const only = (text: Text): string | undefined => {
  const [first, ...rest] = text;
  return typeof first === 'object' && rest.length === 0 ? first.free : undefined;
};

/** With the texts that were left loose, and with elements of sets that a model left out. */
function completed(
  model: Map<string, SolverValue>,
  loose: readonly Loose[],
  elements: ReadonlyMap<string, number>,
): Model {
  for (const { flag, name, pattern } of loose) {
    const fitting = pattern.units
      .map((unit) => {
        if (typeof unit === 'string') return unit;
        if (isFree(unit)) return String(model.get(unit.free) ?? '');
        return isWild(unit) && unit.wild === 'many' ? '' : 'x';
      })
      .join('');
    const fixed: Pattern = {
      ...pattern,
      units: pattern.units.flatMap((unit) => (isFree(unit) ? Array.from(String(model.get(unit.free) ?? '')) : [unit])),
    };
    const other = ['', 'x', `x${fitting}`, `${fitting}x`, `x${fitting}x`].find((text) => !fits(text, fixed));
    if (other === undefined) throw new Error(`no text was found that '${shown(fixed)}' does not fit`);
    model.set(name, model.get(flag) === true ? fitting : other);
    model.delete(flag);
  }
  for (const [set, count] of elements)
    for (let i = 0; i < count; i++) {
      if (!model.has(hasElement(set, i))) model.set(hasElement(set, i), false);
      if (!model.has(element(set, i))) model.set(element(set, i), 'x');
    }
  return model;
}
