import { describe, expect, test } from '@jest/globals';
import { objectFaults } from '../../../constructs/guards/objects/gate';
import { imageReference } from '../../../schema/images';
import { labels } from '../../../schema/names';
import { AT, changed, CONTAINER, env, faultsOf, job, POD, type Tree } from './object-samples';

describe('resources', () => {
  test.each(['requests', 'limits'] as const)('%s of cpu and memory are not optional', (side) => {
    for (const measure of ['cpu', 'memory']) {
      expect(faultsOf(changed(job, [...CONTAINER, 'resources', side, measure], undefined))).toEqual([
        `${AT}.containers[0].resources.${side}.${measure}: got nothing, allowed a quantity string above 0; set it`,
      ]);
    }
  });
  test('an init container is judged like any other', () => {
    const container = CONTAINER.reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], job);
    const init = changed(container as Tree, ['resources', 'limits', 'memory'], undefined);
    expect(faultsOf(changed(job, [...POD, 'initContainers'], [container]))).toEqual([]);
    expect(faultsOf(changed(job, [...POD, 'initContainers'], [init]))).toEqual([
      `${AT}.initContainers[0].resources.limits.memory: got nothing, allowed a quantity string above 0; set it`,
    ]);
  });
  test.each(['250m', '0.5', '16Gi', '2'])('%s is a quantity', (value) => {
    expect(faultsOf(changed(job, [...CONTAINER, 'resources', 'requests', 'cpu'], value))).toEqual([]);
  });
  test.each([4, '0', '0Gi', '4 GiB', ''])('%p is none', (value) => {
    expect(faultsOf(changed(job, [...CONTAINER, 'resources', 'requests', 'cpu'], value))).toHaveLength(1);
  });
  test('GPUs that are a number, a fraction, or differ between the sides fail', () => {
    const gpu = (side: string): (string | number)[] => [...CONTAINER, 'resources', side, 'nvidia.com/gpu'];
    expect(faultsOf(changed(changed(job, gpu('requests'), 1), gpu('limits'), 1))).toEqual([
      `${AT}.containers[0].resources.requests.nvidia.com/gpu: got 1, allowed a whole number above 0 as a string; write it as a string`,
      `${AT}.containers[0].resources.limits.nvidia.com/gpu: got 1, allowed a whole number above 0 as a string; write it as a string`,
    ]);
    expect(faultsOf(changed(changed(job, gpu('requests'), '500m'), gpu('limits'), '500m'))).toHaveLength(2);
    expect(faultsOf(changed(job, gpu('limits'), '2'))).toEqual([
      `${AT}.containers[0].resources: got "1" GPUs requested and "2" limited, allowed the same; a GPU cannot be overcommitted`,
    ]);
  });
  test('a pod without containers is none', () => {
    expect(faultsOf(changed(job, [...POD, 'containers'], []))).toEqual([
      `${AT}.containers: got none, allowed at least one; add it`,
    ]);
  });
});

describe('placement', () => {
  const pool = (value: string): Tree => ({ key: labels.pool, operator: 'Equal', value, effect: 'NoSchedule' });
  const tolerating = (...tolerations: Tree[]): Tree => changed(job, [...POD, 'tolerations'], tolerations);
  test('a GPU pod tolerates one pool, and what is no pool', () => {
    expect(faultsOf(tolerating(pool('a'), { key: 'nvidia.com/gpu', operator: 'Exists' }))).toEqual([]);
  });
  test('no pool or two fail', () => {
    expect(faultsOf(tolerating())).toEqual([
      `${AT}.tolerations: got the pools [], allowed exactly one for a GPU pod; tolerate its pool by ${labels.pool}`,
    ]);
    expect(faultsOf(tolerating(pool('a'), pool('b')))).toHaveLength(1);
  });
  test('a pod without GPU needs no pool', () => {
    const cpu = { cpu: '1', memory: '1Gi' };
    expect(faultsOf(changed(tolerating(), [...CONTAINER, 'resources'], { requests: cpu, limits: cpu }))).toEqual([]);
  });
  test('a toleration of every taint or of every pool fails', () => {
    expect(faultsOf(tolerating(pool('a'), { operator: 'Exists' }))).toEqual([
      `${AT}.tolerations: got a toleration of every taint, allowed one with a key; name the pool`,
    ]);
    expect(faultsOf(tolerating({ key: labels.pool, operator: 'Exists' }))).toContain(
      `${AT}.tolerations: got a toleration of every pool, allowed one with a value; name the pool`,
    );
  });
});

describe('images', () => {
  const image = (value: unknown): Tree => changed(job, [...CONTAINER, 'image'], value);
  test.each([
    'public.ecr.aws/docker/library/busybox:1',
    '222222222222.dkr.ecr.eu-central-1.amazonaws.com/atoll/sample/unknown:1',
    imageReference(env, 'research', 'pipeline-worker'),
    `${imageReference(env, 'production', 'pipeline-worker')}-latest`,
    undefined,
  ])('%s fails', (value) => {
    expect(faultsOf(image(value))).toEqual([
      `${AT}.containers[0].image: got ${value === undefined ? 'nothing' : JSON.stringify(value)}, allowed the images of schema/images.ts for the production cluster, in its own registry; use imageReference`,
    ]);
  });
  test('an image of the other cluster only fails there, in its own registry too', () => {
    const faults = objectFaults(env, 'research', 'f', [image(imageReference(env, 'research', 'pipeline-worker'))]);
    expect(faults.filter((fault) => fault.includes('.image:'))).toHaveLength(1);
  });
});

describe('Pod Security', () => {
  test.each([
    [
      ['securityContext', 'runAsNonRoot'],
      undefined,
      'containers[0].securityContext.runAsNonRoot: got nothing, allowed true; set it',
    ],
    [
      ['securityContext', 'runAsUser'],
      0,
      'containers[0].securityContext.runAsUser: got 0, allowed another user than root; choose one',
    ],
    [
      ['securityContext', 'seccompProfile', 'type'],
      'Unconfined',
      'containers[0].securityContext.seccompProfile.type: got "Unconfined", allowed RuntimeDefault; set it',
    ],
    [['hostNetwork'], true, 'hostNetwork: got true, allowed false; remove it'],
    [
      ['serviceAccountName'],
      undefined,
      'serviceAccountName: got nothing, allowed a named service account; give the pod its own',
    ],
    [
      ['serviceAccountName'],
      'default',
      'serviceAccountName: got "default", allowed a named service account; give the pod its own',
    ],
    [
      ['volumes', 0],
      { name: 'h', hostPath: { path: '/' } },
      'volumes: got a hostPath volume, allowed those of Pod Security restricted; use another kind',
    ],
    [
      ['containers', 0, 'securityContext', 'allowPrivilegeEscalation'],
      undefined,
      'containers[0].securityContext.allowPrivilegeEscalation: got nothing, allowed false; set it',
    ],
    [
      ['containers', 0, 'securityContext', 'privileged'],
      true,
      'containers[0].securityContext.privileged: got true, allowed false; set it',
    ],
    [
      ['containers', 0, 'securityContext', 'runAsNonRoot'],
      false,
      'containers[0].securityContext.runAsNonRoot: got false, allowed true; set it',
    ],
    [
      ['containers', 0, 'securityContext', 'capabilities', 'drop'],
      ['NET_RAW'],
      'containers[0].securityContext.capabilities.drop: got ["NET_RAW"], allowed ["ALL"]; drop all capabilities',
    ],
    [
      ['containers', 0, 'securityContext', 'capabilities', 'add'],
      ['SYS_ADMIN'],
      'containers[0].securityContext.capabilities.add: got ["SYS_ADMIN"], allowed NET_BIND_SERVICE only; add none',
    ],
  ] as const)('%j as %j fails', (path, value, fault) => {
    expect(faultsOf(changed(job, [...POD, ...path], value))).toEqual([`${AT}.${fault}`]);
  });
});

test.each([
  ['Pod', (template: Tree) => template],
  ['CronJob', (template: Tree) => ({ spec: { jobTemplate: { spec: { template } } } })],
  ['Deployment', (template: Tree) => ({ spec: { template } })],
  ['StatefulSet', (template: Tree) => ({ spec: { template } })],
  ['DaemonSet', (template: Tree) => ({ spec: { template } })],
  ['ScaledJob', (template: Tree) => ({ spec: { jobTargetRef: { template } } })],
] as const)('the pod of a %s is judged', (kind, wrap) => {
  const apiVersion = { Pod: 'v1', CronJob: 'batch/v1', ScaledJob: 'keda.sh/v1alpha1' }[kind as string] ?? 'apps/v1';
  const template = structuredClone((job['spec'] as Tree)['template'] as Tree);
  const make = (of: Tree): Tree => ({ ...wrap(of), apiVersion, kind, metadata: job['metadata'] });
  expect(faultsOf(make(template))).toEqual([]);
  const bare = changed(template, ['spec', 'containers', 0, 'resources'], undefined);
  expect(faultsOf(make(bare)).filter((fault) => fault.includes('.resources.'))).toHaveLength(4);
});
