import { describe, expect, test } from '@jest/globals';
import { readPrices } from '../../../assurance/idle/prices';
import { proveIdle } from '../../../assurance/idle/prove-idle';
import { IDLE_MUTATIONS } from '../../mutations/idle';
import { newFindings } from '../../mutations/run';
import { sampleEnvironment } from '../../support/sample-environment';
import { writtenOutput } from '../../support/written-output';

const environment = sampleEnvironment();
const output = writtenOutput(environment);
const prices = readPrices(environment.region);

describe('a fault of the idle bill', () => {
  test.each(IDLE_MUTATIONS)('$id: $description', (mutation) => {
    const found = newFindings(mutation, output, (changed) => proveIdle(environment, changed, prices).findings);
    if (mutation.noChange === undefined) expect(found).toContainEqual(expect.stringMatching(mutation.expects));
    else expect(found).toEqual([]);
  });

  test('each has an id of its own', () => {
    expect(new Set(IDLE_MUTATIONS.map(({ id }) => id)).size).toBe(IDLE_MUTATIONS.length);
  });
});
