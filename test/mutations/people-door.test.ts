import { describe, expect, test } from '@jest/globals';
import { proveErasure } from '../../assurance/erasure/prove-erasure';
import { readPrices } from '../../assurance/idle/prices';
import { proveIdle } from '../../assurance/idle/prove-idle';
import { proveKubernetes } from '../../assurance/kubernetes/prove';
import type { Output } from '../../assurance/output/output';
import { peopleDoorEnvironment } from '../support/people-door-environment';
import { sampleEnvironment } from '../support/sample-environment';
import { writtenOutput } from '../support/written-output';
import { PEOPLE_DOOR_MUTATIONS } from './kubernetes/people-door';
import { told } from './run';

const environment = peopleDoorEnvironment();
const output = writtenOutput(environment);
const kubernetes = (from: Output): string[] => told(proveKubernetes(environment, from).findings);

test("an environment with people's door has no finding, and one load balancer on its idle bill", () => {
  expect(kubernetes(output)).toEqual([]);
  expect(told(proveErasure(environment, output).findings)).toEqual([]);
  const idle = proveIdle(environment, output, readPrices(environment.region));
  expect(told(idle.findings)).toEqual([]);
  expect(idle.lines.filter(({ price }) => price.endsWith('load-balancer'))).toMatchObject([
    { price: 'application-load-balancer', quantity: 730, monthlyUsd: 19.71 },
  ]);
});

describe("a fault of people's door", () => {
  test.each(PEOPLE_DOOR_MUTATIONS)('$id: $description', (mutation) => {
    expect(kubernetes(mutation.apply(output))).toContainEqual(expect.stringMatching(mutation.expects));
  });

  test('is listed once', () => {
    expect(new Set(PEOPLE_DOOR_MUTATIONS.map(({ id }) => id)).size).toBe(PEOPLE_DOOR_MUTATIONS.length);
  });
});

test('a door that the environment does not name is found, and one that is not there is missed', () => {
  const without = sampleEnvironment({ input: { network: environment.network } });
  expect(told(proveKubernetes(without, output).findings)).toContain(
    "open research-doors: people's door: got a stack, expected none: there is nothing behind a door",
  );
  const gone = { ...output, stacks: output.stacks.filter(({ id }) => id !== 'research-doors') };
  expect(kubernetes(gone)).toEqual(["closed research-doors: people's door: got no such stack, expected one"]);
});
