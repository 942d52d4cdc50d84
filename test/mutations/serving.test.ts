import { describe, expect, test } from '@jest/globals';
import { proveErasure } from '../../assurance/erasure/prove-erasure';
import { readPrices } from '../../assurance/idle/prices';
import { proveIdle } from '../../assurance/idle/prove-idle';
import { proveDeliveries } from '../../assurance/isolation/prove-deliveries';
import { proveKubernetes } from '../../assurance/kubernetes/prove';
import { servingEnvironment } from '../support/serving-environment';
import { writtenOutput } from '../support/written-output';
import { changeObject } from './kubernetes/edits';
import { SERVING_CLUSTER_MUTATIONS } from './serving';

const environment = servingEnvironment();
const output = writtenOutput(environment);
const told = (findings: readonly { kind: string; subject: string; message: string }[]): string[] =>
  findings.map(({ kind, subject, message }) => `${kind} ${subject}: ${message}`);

describe('an environment with model servers', () => {
  test('is proven: clusters, erasure, deliveries, and a bill without a GPU', () => {
    expect(told(proveKubernetes(environment, output).findings)).toEqual([]);
    expect(told(proveErasure(environment, output).findings)).toEqual([]);
    expect(told(proveDeliveries(environment, output).findings)).toEqual([]);
    expect(told(proveIdle(environment, output, readPrices(environment.region)).findings)).toEqual([]);
  });

  test('whose server nobody scales from none is a GPU in the idle bill', () => {
    const changed = changeObject(
      output,
      { cluster: 'production', kind: 'ScaledObject', name: 'triton-0' },
      (object) => {
        (object['spec'] as { minReplicaCount: number }).minReplicaCount = 1;
      },
    );
    const found = told(proveIdle(environment, changed, readPrices(environment.region)).findings);
    expect(found).toContainEqual(
      expect.stringMatching(/unbounded production Deployment serving\/triton-0: got 1 pods with 1 nvidia\.com\/gpu/),
    );
  });
});

describe('a fault of serving', () => {
  test.each(SERVING_CLUSTER_MUTATIONS)('$id: $description', (mutation) => {
    const found = told(proveKubernetes(environment, mutation.apply(output)).findings);
    expect(found).toContainEqual(expect.stringMatching(mutation.expects));
  });

  test('is listed once', () => {
    expect(new Set(SERVING_CLUSTER_MUTATIONS.map(({ id }) => id)).size).toBe(SERVING_CLUSTER_MUTATIONS.length);
  });
});
