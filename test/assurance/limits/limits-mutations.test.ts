import { describe, expect, test } from '@jest/globals';
import { proveLimits } from '../../../assurance/limits/prove-limits';
import { LIMITS_MUTATIONS } from '../../mutations/limits';
import { newFindings } from '../../mutations/run';
import { sampleEnvironment } from '../../support/sample-environment';
import { writtenOutput } from '../../support/written-output';

const environment = sampleEnvironment();
const output = writtenOutput(environment);

describe('a fault of limits', () => {
  test.each(LIMITS_MUTATIONS)('$id: $description', (mutation) => {
    const found = newFindings(mutation, output, (changed) => proveLimits(environment, changed).findings);
    if (mutation.noChange === undefined) expect(found).toContainEqual(expect.stringMatching(mutation.expects));
    else expect(found).toEqual([]);
  });

  test('each has an id of its own', () => {
    expect(new Set(LIMITS_MUTATIONS.map(({ id }) => id)).size).toBe(LIMITS_MUTATIONS.length);
  });
});
