import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { and, type Formula, not } from '../../../assurance/iam/formula';
import { fits, matches } from '../../../assurance/iam/match';
import { arnPattern, type Pattern, patternOf } from '../../../assurance/iam/pattern';
import { Solver } from '../../../assurance/iam/solver';
import { wordClasses } from '../../../assurance/iam/word-classes';
import { Random } from './random';

let solver: Solver;
beforeAll(async () => {
  solver = await Solver.start();
});
afterAll(() => solver.stop());

/** Over few letters, so that patterns overlap. */
function randomPattern(random: Random): Pattern {
  const text = Array.from({ length: random.number(5) }, () => random.of(['a', 'b', ':', '*', '?', 'A'])).join('');
  if (random.chance(20)) return arnPattern('a test', patternOf('a test', `${text}:*:a:?:b:${text}`));
  return patternOf('a test', text, { ignoresCase: random.chance(30) });
}

test('an example of a class fits exactly the patterns of the class', () => {
  const random = new Random(1);
  let seen = 0;
  for (let i = 0; i < 300; i++) {
    const patterns = Array.from({ length: 1 + random.number(4) }, () => randomPattern(random));
    for (const { fits: expected, example } of wordClasses(patterns) ?? []) {
      seen++;
      expect(patterns.map((pattern) => fits(example, pattern))).toEqual(expected);
    }
  }
  expect(seen).toBeGreaterThan(900);
});

test('there is a class for a combination exactly where the solver’s own texts have an answer', () => {
  const random = new Random(2);
  const different: unknown[] = [];
  let answers = 0;
  for (let i = 0; i < 60; i++) {
    const patterns = Array.from({ length: 2 + random.number(2) }, () => randomPattern(random));
    const wanted = patterns.map(() => random.chance(50));
    const formula: Formula = and(
      ...patterns.map((pattern, at) => {
        const is = matches([{ free: 'text' }], pattern);
        return wanted[at] === true ? is : not(is);
      }),
    );
    const [byClasses, byTexts] = [solver.solve(formula), solver.solve(formula, true)].map((one) => one !== undefined);
    if (byClasses === true) answers++;
    if (byClasses !== byTexts) different.push({ patterns, wanted, byClasses, byTexts });
  }
  expect(different).toEqual([]);
  expect(answers).toBeGreaterThan(15);
});
