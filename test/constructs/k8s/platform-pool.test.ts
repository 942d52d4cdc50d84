import { describe, expect, test } from '@jest/globals';
import { bottlerocketUserData } from '../../../constructs/k8s/platform/bottlerocket';
import { poolNodeClass, poolNodePool } from '../../../constructs/k8s/platform/pool';
import { queueObjects } from '../../../constructs/k8s/platform/queues';
import { splitByCapacity } from '../../../constructs/k8s/platform/shares';
import type { ClusterQueue, Cohort } from '../../../constructs/k8s/api/kueue';
import { type NodePool, nodePoolSchema } from '../../../schema/node-pool';
import { sampleEnvironment } from '../../support/sample-environment';

const env = sampleEnvironment();
const pool = (name: string): NodePool => {
  const found = env.nodePools.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no pool ${name}`);
  return found;
};

describe('a pool', () => {
  test('has no floor and a ceiling in GPUs, CPUs and memory, as strings', () => {
    const { spec } = poolNodePool(env, pool('pipeline-gpu'));
    expect(spec).not.toHaveProperty('replicas');
    expect(spec.limits).toEqual({ cpu: '256', memory: '1024Gi', 'nvidia.com/gpu': '16' });
    expect(poolNodePool(env, pool('workbench-cpu')).spec.limits['nvidia.com/gpu']).toBe('0');
  });

  test('ends empty nodes only, all at once, where jobs run', () => {
    expect(poolNodePool(env, pool('pipeline-gpu')).spec.disruption).toEqual({
      consolidationPolicy: 'WhenEmpty',
      consolidateAfter: '60s',
      budgets: [
        { nodes: '100%', reasons: ['Empty'] },
        { nodes: '10%', reasons: ['Drifted', 'Underutilized'] },
      ],
    });
    expect(poolNodePool(env, pool('serving-gpu')).spec.disruption.consolidationPolicy).toBe('WhenEmptyOrUnderutilized');
  });

  test('of segregation tenant gives every tenant nodes of its own, under a label that a node cannot set on itself', () => {
    const key = 'atoll.node-restriction.kubernetes.io/tenant';
    expect(poolNodePool(env, pool('pipeline-gpu')).spec.template.spec.requirements).toContainEqual({
      key,
      operator: 'Exists',
    });
    expect(JSON.stringify(poolNodePool(env, pool('pipeline-shared')))).not.toContain(key);
  });

  test('is tainted and labelled with its own name', () => {
    const { template } = poolNodePool(env, pool('text-cpu')).spec;
    expect(template.spec.taints).toEqual([{ key: 'atoll.dev/pool', value: 'text-cpu', effect: 'NoSchedule' }]);
    expect(template.metadata.labels['atoll.dev/pool']).toBe('text-cpu');
  });

  test('with reservations is tried first and selects them by id', () => {
    const reserved = nodePoolSchema.parse({
      ...pool('training-gpu'),
      capacityTypes: ['reserved', 'on-demand'],
      capacityReservations: ['cr-0123456789abcdef0'],
    });
    expect(poolNodePool(env, reserved).spec.weight).toBe(50);
    expect(poolNodePool(env, pool('training-gpu')).spec).not.toHaveProperty('weight');
    expect(poolNodeClass(env, reserved).spec.capacityReservationSelectorTerms).toEqual([
      { id: 'cr-0123456789abcdef0' },
    ]);
    expect(poolNodeClass(env, pool('training-gpu')).spec).not.toHaveProperty('capacityReservationSelectorTerms');
  });
});

describe('the machines of a pool', () => {
  const { spec } = poolNodeClass(env, pool('pipeline-gpu'));

  test('run a pinned Bottlerocket in isolated subnets with the profile that the stack made', () => {
    expect(spec.amiSelectorTerms[0].alias).toMatch(/^bottlerocket@v\d+\.\d+\.\d+$/);
    expect(spec.subnetSelectorTerms).toEqual([{ tags: { 'atoll:subnets': 'isolated' } }]);
    expect(spec.securityGroupSelectorTerms).toEqual([{ tags: { 'aws:eks:cluster-name': 'atoll-sample-production' } }]);
    expect(spec.instanceProfile).toBe('atoll-sample-production-node');
    expect(spec).not.toHaveProperty('role');
  });

  test("keep the instance's credentials from pods and every volume under the cluster's key", () => {
    expect(spec.metadataOptions).toMatchObject({ httpTokens: 'required', httpPutResponseHopLimit: 1 });
    expect(spec.blockDeviceMappings.map(({ ebs }) => [ebs.encrypted, ebs.kmsKeyID])).toEqual([
      [true, 'alias/atoll/sample/production/volumes'],
      [true, 'alias/atoll/sample/production/volumes'],
    ]);
  });

  test('pull in parallel, but keep the snapshotter that a snapshot was written with', () => {
    expect(spec.userData).toContain('pull-mode = "parallel-pull-unpack"');
    const snapshot = nodePoolSchema.parse({ ...pool('pipeline-gpu'), dataVolumeSnapshot: 'snap-0123456789abcdef0' });
    const withSnapshot = poolNodeClass(env, snapshot).spec;
    expect(withSnapshot.blockDeviceMappings[1]?.ebs.snapshotID).toBe('snap-0123456789abcdef0');
    expect(withSnapshot.userData).not.toContain('soci');
  });

  test.each([true, false])('have no way in (snapshot: %s)', (snapshot) => {
    const text = bottlerocketUserData(snapshot);
    for (const container of ['admin', 'control']) {
      expect(text).toContain(`[settings.host-containers.${container}]\nenabled = false\n`);
    }
  });
});

describe('queues', () => {
  test('give each team its guarantee and lend the rest of the pools to all', () => {
    const objects = queueObjects(env, 'research');
    const gpus = (kind: string): string[] =>
      objects
        .filter((o): o is ClusterQueue | Cohort => o.kind === kind)
        .map((o) => o.spec.resourceGroups?.[0]?.flavors[0]?.resources[2]?.nominalQuota ?? '');
    expect(gpus('ClusterQueue')).toEqual(['8', '16']);
    expect(gpus('Cohort')).toEqual(['8']);
  });

  test('of a team take Jobs of its own namespace only', () => {
    const queue = queueObjects(env, 'research').find(({ metadata }) => metadata.name === 'team-speech') as ClusterQueue;
    expect(queue.spec.namespaceSelector).toEqual({ matchLabels: { 'kubernetes.io/metadata.name': 'research-speech' } });
    expect(queue.spec.cohortName).toBe('research');
  });

  test.each([
    [10, [1, 1, 2], [3, 2, 5]],
    [1, [1, 1], [1, 0]],
    [0, [4, 4], [0, 0]],
    [5, [0, 0], [5, 0]],
  ])('split %d over %j as %j', (amount, capacities, parts) => {
    expect(splitByCapacity(amount, capacities)).toEqual(parts);
  });
});
