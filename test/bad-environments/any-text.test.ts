import { expect, test } from '@jest/globals';
import { goodFiles } from '../support/good-environment';
import { faultsOf } from '../support/try-environment';

const MUTANTS = 400;
const BITS = [
  '\n',
  '- ',
  ': ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '&a ',
  '*a',
  '!!x ',
  '? ',
  '| ',
  '\t',
  '#',
  '%',
  '---\n',
  '\r',
];

/** Numbers that look random and are the same in every run. */
function* numbers(): Generator<number, never> {
  let state = 1;
  for (;;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield Math.floor(state / 65_536);
  }
}

test('whatever is written into a file, its faults are said in the form of all faults', () => {
  const source = numbers();
  const below = (limit: number): number => source.next().value % limit;
  const files = Object.entries(goodFiles);
  let refused = 0;
  for (let n = 0; n < MUTANTS; n++) {
    const [path, good] = files[n % files.length] ?? ['', ''];
    const at = below(good.length);
    const text = good.slice(0, at) + (BITS[below(BITS.length)] ?? '') + good.slice(at + below(12));
    const faults = faultsOf({ files: { [path]: text } });
    if (faults.length > 0) refused++;
    for (const line of faults)
      expect(line).toMatch(/^environments\/test\/[\w/-]+\.(yaml|ts):\d+: \S.*: got .+, .+; [^.]+$/);
  }
  // Some land in a comment or a sentence and change nothing; most must be noticed.
  expect(refused).toBeGreaterThan(MUTANTS / 2);
});
