import { describe, expect, test } from '@jest/globals';
import { proveErasure } from '../../assurance/erasure/prove-erasure';
import type { Finding } from '../../assurance/finding';
import { readPrices } from '../../assurance/idle/prices';
import { proveIdle } from '../../assurance/idle/prove-idle';
import { proveKubernetes } from '../../assurance/kubernetes/prove';
import type { Output } from '../../assurance/output/output';
import { doorsEnvironment } from '../support/doors-environment';
import { sampleEnvironment } from '../support/sample-environment';
import { writtenOutput } from '../support/written-output';
import { ERASURE_DOOR_MUTATIONS, IDLE_DOOR_MUTATIONS } from './doors';
import { DOOR_MUTATIONS } from './kubernetes/doors';
import { told } from './run';

const environment = doorsEnvironment();
const output = writtenOutput(environment);
const kubernetes = (from: Output): readonly Finding[] => proveKubernetes(environment, from).findings;
const erasure = (from: Output): readonly Finding[] => proveErasure(environment, from).findings;
const idle = (from: Output): readonly Finding[] =>
  proveIdle(environment, from, readPrices(environment.region)).findings;

test.each([
  ['kubernetes', kubernetes],
  ['erasure', erasure],
  ['idle', idle],
])('an environment with doors has no finding of %s', (_name, prove) => {
  expect(told(prove(output))).toEqual([]);
});

describe.each([
  ['the clusters', kubernetes, DOOR_MUTATIONS],
  ['what is kept', erasure, ERASURE_DOOR_MUTATIONS],
  ['what is paid', idle, IDLE_DOOR_MUTATIONS],
])('a fault of the doors in %s', (_what, prove, mutations) => {
  test.each(mutations)('$id: $description', (mutation) => {
    expect(told(prove(mutation.apply(output)))).toContainEqual(expect.stringMatching(mutation.expects));
  });
});

test('doors that the environment does not name are found, and those that are not there are missed', () => {
  const without = sampleEnvironment({ input: { network: environment.network } });
  const found = told(proveKubernetes(without, output).findings);
  expect(found).toContain(
    "open production-doors: the product's door: got a stack, expected none: the environment names no door",
  );
  expect(found).toContainEqual(
    expect.stringMatching(/^open production: Service serving\/router-door: .+ spec\.type: got "NodePort"/),
  );
  const gone = { ...output, stacks: output.stacks.filter(({ id }) => id !== 'production-doors') };
  expect(told(kubernetes(gone))).toEqual([
    "closed production-doors: the product's door: got no such stack, expected one",
  ]);
});

test('every fault of the doors is listed once', () => {
  const ids = [DOOR_MUTATIONS, ERASURE_DOOR_MUTATIONS, IDLE_DOOR_MUTATIONS].flatMap((each) => each.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
});

test('the idle bill has the load balancer in it', () => {
  const lines = proveIdle(environment, output, readPrices(environment.region)).lines;
  expect(lines.filter(({ price }) => price === 'network-load-balancer')).toMatchObject([
    { scope: 'platform', what: 'load balancers, hours', quantity: 730, monthlyUsd: 19.71 },
  ]);
});
