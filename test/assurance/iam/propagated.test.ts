import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { and, elementOf, flag, type Formula, not, or } from '../../../assurance/iam/formula';
import { holdsIn } from '../../../assurance/iam/holds-in';
import { matches } from '../../../assurance/iam/match';
import { patternOf } from '../../../assurance/iam/pattern';
import { propagated } from '../../../assurance/iam/propagated';
import { Solver } from '../../../assurance/iam/solver';
import type { SolverValue } from '../../../assurance/iam/z3';
import { Random } from './random';

let solver: Solver;
beforeAll(async () => {
  solver = await Solver.start();
});
afterAll(() => solver.stop());

const TEXTS = ['', 'a', 'b', 'ab', 'ba', 'A'];
const PATTERNS = ['a', 'b', 'ab', 'a*', '*b', '?', '*'];
const NUMBERS = [1, 2, 3];

function randomAtom(random: Random): Formula {
  const kind = random.number(4);
  if (kind === 0) return flag(random.of(['one', 'other']));
  if (kind === 1) {
    const relation = random.of(['=', '<', '<='] as const);
    return { is: 'number', name: 'n#number', relation, value: random.of(NUMBERS) };
  }
  const pattern = patternOf('a test', random.of(PATTERNS), { ignoresCase: random.chance(20) });
  return matches([{ free: random.of(['s', 't']) }], pattern);
}

function randomFormula(random: Random, depth: number): Formula {
  if (depth === 0 || random.chance(25)) return random.chance(40) ? not(randomAtom(random)) : randomAtom(random);
  const parts = Array.from({ length: 2 + random.number(2) }, () => randomFormula(random, depth - 1));
  const joined = random.chance(60) ? and(...parts) : or(...parts);
  return random.chance(20) ? not(joined) : joined;
}

/** Every value of everything that a random formula speaks of, and numbers between. */
const ALL: ReadonlyMap<string, SolverValue>[] = [true, false].flatMap((one) =>
  [true, false].flatMap((other) =>
    TEXTS.flatMap((s) =>
      TEXTS.flatMap((t) =>
        [0, 1, 1.5, 2, 3, 4].map(
          (n) =>
            new Map<string, SolverValue>([
              ['one', one],
              ['other', other],
              ['s', s],
              ['t', t],
              ['n#number', n],
            ]),
        ),
      ),
    ),
  ),
);

test('what is certain put in place says the same for all values', () => {
  const random = new Random(7);
  const counted = { never: 0, smaller: 0 };
  const different: unknown[] = [];
  for (let i = 0; i < 1500; i++) {
    const formula = and(randomFormula(random, 3), randomFormula(random, 1), randomFormula(random, 1));
    const then = propagated(formula);
    if (then === false) counted.never++;
    if (JSON.stringify(then).length < JSON.stringify(formula).length) counted.smaller++;
    const found = ALL.find((values) => holdsIn(formula, values) !== holdsIn(then, values));
    if (found !== undefined) different.push({ formula, then, found: [...found] });
  }
  expect(different).toEqual([]);
  // It is of use: formulas fall away and get smaller.
  expect(counted.never).toBeGreaterThan(100);
  expect(counted.smaller).toBeGreaterThan(600);
});

test('a formula holds with the values that the solver finds for it, and its contrary does not', () => {
  const random = new Random(8);
  let found = 0;
  for (let i = 0; i < 150; i++) {
    const formula = and(randomFormula(random, 3), randomFormula(random, 2));
    if (typeof formula === 'boolean') continue;
    // By the solver's own texts, which does without what is tested here.
    const model = solver.solve(formula, true);
    // Where it finds none, there is none: no values at all make it hold.
    if (model === undefined) expect(ALL.filter((values) => holdsIn(formula, values) === true)).toEqual([]);
    else {
      found++;
      const values = new Map(model);
      for (const name of ['one', 'other']) if (!values.has(name)) values.set(name, false);
      for (const name of ['s', 't']) if (!values.has(name)) values.set(name, '');
      if (!values.has('n#number')) values.set('n#number', 0);
      expect([holdsIn(formula, values), holdsIn(not(formula), values)]).toEqual([true, false]);
    }
    expect(solver.solve(formula) === undefined).toBe(model === undefined);
  }
  expect(found).toBeGreaterThan(60);
});

test('whether something in an open set is such is known by its elements, and where it has none that are known it is not', () => {
  const random = new Random(9);
  let found = 0;
  for (let i = 0; i < 60; i++) {
    const some = (): Formula => ({
      is: 'some',
      set: 'set',
      such: matches([{ free: elementOf('set') }], patternOf('a test', random.of(PATTERNS))),
    });
    const formula = and(some(), random.chance(50) ? not(some()) : some());
    const model = solver.solve(formula, true);
    if (model === undefined) continue;
    found++;
    expect([holdsIn(formula, model), holdsIn(not(formula), model), holdsIn(formula, new Map())]).toEqual([
      true,
      false,
      undefined,
    ]);
  }
  expect(found).toBeGreaterThan(20);
});

test('a formula is not known to hold where something of it has no value, unless the rest decides', () => {
  const [known, open] = [flag('known'), flag('open')];
  const values = new Map<string, SolverValue>([['known', true]]);
  expect(
    [and(known, open), or(known, open), and(not(known), open), not(open)].map((one) => holdsIn(one, values)),
  ).toEqual([undefined, true, false, undefined]);
});
