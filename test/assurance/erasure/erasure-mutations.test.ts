import { describe, expect, test } from '@jest/globals';
import { proveErasure } from '../../../assurance/erasure/prove-erasure';
import { ERASURE_MUTATIONS } from '../../mutations/erasure';
import { newFindings } from '../../mutations/run';
import { sampleEnvironment } from '../../support/sample-environment';
import { writtenOutput } from '../../support/written-output';

const environment = sampleEnvironment();
const output = writtenOutput(environment);

describe('a fault of erasure coverage', () => {
  test.each(ERASURE_MUTATIONS)('$id: $description', (mutation) => {
    const found = newFindings(mutation, output, (changed) => proveErasure(environment, changed).findings);
    if (mutation.noChange === undefined) expect(found).toContainEqual(expect.stringMatching(mutation.expects));
    else expect(found).toEqual([]);
  });

  test('each has an id of its own', () => {
    expect(new Set(ERASURE_MUTATIONS.map(({ id }) => id)).size).toBe(ERASURE_MUTATIONS.length);
  });
});
