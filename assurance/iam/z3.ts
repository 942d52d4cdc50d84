import {
  type Context as Z3Context,
  type FuncDecl,
  init,
  killThreads,
  type Model,
  type Z3_ast,
  type Z3_func_decl,
  type Z3_solver,
} from 'z3-solver';
import { NotUnderstood } from './not-understood';
import { declarationsOf, type SmtText, type Sort, type Variable } from './smt';

type Z3Solver = InstanceType<Z3Context['Solver']>;
export type SolverValue = string | number | boolean;

/** The functions that are called without the promises around them: at these sizes the hand-over to a thread would cost more than the answer. */
interface Emscripten {
  _Z3_solver_check(context: unknown, solver: unknown): number;
  /** 0 where the model leaves it open. */
  _Z3_model_get_const_interp(context: unknown, model: unknown, declaration: unknown): number;
  /** 1 for true. */
  _Z3_get_bool_value(context: unknown, value: number): number;
}

/**
 * After so many steps the solver gives up, which is a failure and not an answer. Steps and not time: they are the same on every
 * machine, and the solver would start a thread to watch a clock.
 */
const MOST_STEPS = 200_000_000;

/** z3, started once. It keeps answers: what says the same up to the names of what is open is asked once. */
export class Z3 {
  readonly #known = new Map<string, ReadonlyMap<string, SolverValue> | undefined>();
  /** Names that the shared solver knows: the same name has the same sort. */
  readonly #declared = new Set<string>();
  readonly #declarations = new Map<string, FuncDecl>();
  readonly #shared: Z3Solver;

  private constructor(
    readonly context: Z3Context,
    readonly simple: () => Z3_solver,
    readonly numeral: (value: number) => string,
    readonly emscripten: Emscripten,
  ) {
    this.#shared = this.#solver();
  }

  static async start(): Promise<Z3> {
    const api = await init();
    const context = new api.Context('atoll') as unknown as Z3Context;
    // Without the tactics that other solvers try first, which cost more than they save here.
    return new Z3(
      context,
      () => api.Z3.mk_simple_solver(context.ptr),
      (value) => api.Z3.get_numeral_string(context.ptr, value as unknown as Z3_ast),
      api.em as Emscripten,
    );
  }

  /** Ends the solver's threads, without which the process would not end. */
  async stop(): Promise<void> {
    await killThreads(this.emscripten);
  }

  /**
   * Values by what they stand for, or none: then no values satisfy the assertions.
   * @param assertions SMT-LIB over the variables of `smt`
   * @param asked told of what was not known before
   * @throws NotUnderstood where the solver gives up
   */
  check(smt: SmtText, assertions: string, asked: () => void): Map<string, SolverValue> | undefined {
    const text = declarationsOf(smt.variables) + assertions;
    if (!this.#known.has(text)) {
      asked();
      this.#known.set(text, this.#ask(smt, text, assertions));
    }
    const known = this.#known.get(text);
    return known && new Map(Array.from(smt.variables, ({ name, open }) => [open, known.get(name) ?? false]));
  }

  /** One solver for all that has no texts in it, since its beginning costs more than most answers; of its own where there are some. */
  #ask(smt: SmtText, text: string, assertions: string): ReadonlyMap<string, SolverValue> | undefined {
    const variables = [...smt.variables];
    if (variables.some(({ sort }) => sort === 'String')) {
      const solver = this.#solver();
      solver.fromString(text);
      return this.#answer(solver, variables);
    }
    const fresh = variables.filter(({ name }) => !this.#declared.has(name));
    for (const { name } of fresh) this.#declared.add(name);
    this.#shared.push();
    try {
      this.#shared.fromString(declarationsOf(fresh) + assertions);
      return this.#answer(this.#shared, variables);
    } finally {
      this.#shared.pop();
    }
  }

  #solver(): Z3Solver {
    // Its type names a logic alone; it takes a solver too.
    const solver = new this.context.Solver(this.simple() as unknown as string);
    solver.set('rlimit', MOST_STEPS);
    return solver;
  }

  #answer(solver: Z3Solver, variables: readonly Variable[]): ReadonlyMap<string, SolverValue> | undefined {
    const answer = this.emscripten._Z3_solver_check(this.context.ptr, solver.ptr);
    if (answer === -1) return undefined;
    if (answer !== 1)
      throw new NotUnderstood([`the solver gave up on a query: got '${solver.reasonUnknown()}', allowed an answer`]);
    const model = solver.model();
    return new Map(variables.map((variable) => [variable.name, this.#valueIn(model, variable)]));
  }

  #valueIn(model: Model, { name, sort }: Variable): SolverValue {
    if (sort === 'String') return textOf(model.eval(this.context.Const(name, this.#sort(sort)), true).sexpr());
    const found = this.emscripten._Z3_model_get_const_interp(
      this.context.ptr,
      model.ptr,
      this.#declaration(name, sort),
    );
    // What it leaves out may be anything.
    if (sort === 'Bool') return found !== 0 && this.emscripten._Z3_get_bool_value(this.context.ptr, found) === 1;
    return found === 0 ? 0 : numberOf(this.numeral(found));
  }

  /** Kept, since the same names come again and again. */
  #declaration(name: string, sort: Sort): Z3_func_decl {
    const known = this.#declarations.get(name) ?? this.context.Const(name, this.#sort(sort)).decl();
    this.#declarations.set(name, known);
    return known.ptr;
  }

  #sort(sort: Sort): ReturnType<Z3Context['Bool']['sort']> {
    return this.context[sort].sort() as ReturnType<Z3Context['Bool']['sort']>;
  }
}

/** A text as z3 writes it. */
const textOf = (written: string): string =>
  written.slice(1, -1).replace(/\\u\{([0-9a-f]+)\}/g, (_, code: string) => String.fromCodePoint(parseInt(code, 16)));

/** A number as z3 writes it: whole, or as a fraction. */
function numberOf(written: string): number {
  const [, over, under = '1'] = /^(-?\d+)(?:\/(\d+))?$/.exec(written) ?? [];
  if (over === undefined) throw new Error(`the solver's number ${written} cannot be read`);
  return Number(over) / Number(under);
}
