import type { BadEnvironment } from './bad-environment';

const FOREIGN =
  'allowed families of CPUs or of NVIDIA GPUs, since nothing here runs on another accelerator; change the family';

export const nodePoolCases: readonly BadEnvironment[] = [
  {
    name: 'a node pool twice',
    input: { 'nodePools.4.name': 'cpu-shared' },
    expected: [
      "environments/test/index.ts:1: nodePools[4].name: got 'cpu-shared', each name once over both clusters; rename it",
    ],
  },
  {
    name: 'a workbench on the production cluster',
    input: { 'nodePools.4.cluster': 'production' },
    expected: [
      "environments/test/index.ts:1: nodePools[4].cluster: got 'production', allowed 'research' for workload 'workbench'; move it",
    ],
  },
  {
    name: 'a pool for one tenant in research',
    input: { 'nodePools.4.segregation': 'tenant' },
    expected: [
      "environments/test/index.ts:1: nodePools[4].segregation: got 'tenant', allowed 'shared' on the research cluster, where no tenant has a namespace; remove it",
    ],
  },
  {
    name: 'reserved capacity without a reservation',
    input: { 'nodePools.4.capacityTypes': ['reserved'] },
    expected: [
      "environments/test/index.ts:1: nodePools[4].capacityReservations: got none, at least 1 where capacityTypes has 'reserved'; name a reservation or drop 'reserved'",
    ],
  },
  {
    name: 'a reservation that nothing uses',
    input: { 'nodePools.4.capacityReservations': ['cr-0123456789abcdef0'] },
    expected: [
      "environments/test/index.ts:1: nodePools[4].capacityReservations: got 1, none where capacityTypes lacks 'reserved'; add 'reserved' or remove them",
      'environments/test/index.ts:1: nodePools[4].reservationReason: got none, a sentence where capacityReservations names one, since it is paid while nobody works; write why',
    ],
  },
  {
    name: 'a reason for no reservation',
    input: { 'nodePools.4.reservationReason': 'because it might be needed one day' },
    expected: [
      "environments/test/index.ts:1: nodePools[4].reservationReason: got 'because it might be needed one day', none without capacityReservations; remove it",
    ],
  },
  {
    name: 'GPU machines in a pool without GPUs',
    input: { 'nodePools.4.families': ['m7i', 'p5'] },
    expected: [
      "environments/test/index.ts:1: nodePools[4].families[1]: got 'p5', allowed families without GPUs where gpuLimit is 0; set gpuLimit or change the family",
    ],
  },
  {
    name: 'machines without GPUs in a GPU pool',
    input: { 'nodePools.4.gpuLimit': 4 },
    expected: [
      "environments/test/index.ts:1: nodePools[4].families[0]: got 'm7i', allowed GPU families where gpuLimit is 4; remove gpuLimit or the family",
    ],
  },
  {
    name: 'Arm machines in a pool for amd64',
    input: { 'nodePools.4.families': ['m7g'] },
    expected: [
      "environments/test/index.ts:1: nodePools[4].families[0]: got 'm7g', allowed families of architecture 'amd64'; change the family or the architecture",
    ],
  },
  {
    name: 'pipelines that promise what no machine can keep, and what nobody would wait for',
    input: { 'pipelines.0.promiseSeconds': 600, 'pipelines.1.promiseSeconds': 700_000 },
    expected: [
      'environments/test/index.ts:1: pipelines[0].promiseSeconds: got 600, at least 1800; raise it',
      'environments/test/index.ts:1: pipelines[1].promiseSeconds: got 700000, at most 604800; lower it',
    ],
  },
  {
    name: 'a pipeline on an unknown pool',
    input: { 'pipelines.0.pool': 'gpus' },
    expected: [
      "environments/test/index.ts:1: pipelines[0].pool: got 'gpus', allowed 'cpu' or 'gpu'; did you mean 'gpu'",
    ],
  },
  {
    name: 'a pipeline on a research pool',
    input: { 'pipelines.1.sharedPool': 'bench' },
    expected: [
      "environments/test/index.ts:1: pipelines[1].sharedPool: got pool 'bench' for workbench, allowed a pool with workload 'pipeline'; choose another pool",
      "environments/test/index.ts:1: pipelines[1].sharedPool: got pool 'bench' on the research cluster, allowed a pool on the production cluster; choose another pool",
    ],
  },
  {
    name: 'dedicated and shared pools changed about',
    input: { 'pipelines.1.pool': 'cpu-shared', 'pipelines.1.sharedPool': 'cpu' },
    expected: [
      "environments/test/index.ts:1: pipelines[1].pool: got pool 'cpu-shared' with segregation 'shared', allowed a pool with segregation 'tenant'; choose another pool",
      "environments/test/index.ts:1: pipelines[1].sharedPool: got pool 'cpu' with segregation 'tenant', allowed a pool with segregation 'shared'; choose another pool",
    ],
  },
  {
    name: 'a GPU job on a pool without GPUs',
    input: { 'pipelines.1.gpus': 1 },
    expected: [
      "environments/test/index.ts:1: pipelines[1].pool: got pool 'cpu' without GPUs, allowed a pool with GPUs for a job of 1; choose another pool",
      "environments/test/index.ts:1: pipelines[1].sharedPool: got pool 'cpu-shared' without GPUs, allowed a pool with GPUs for a job of 1; choose another pool",
      "environments/test/tenants/birch.yaml:9: limits.gpus: got 0, at least 1 for one job of each pipeline ('text'); raise it",
    ],
  },
  {
    name: 'a job without GPUs on a GPU pool',
    input: { 'pipelines.0.gpus': 0 },
    expected: [
      "environments/test/index.ts:1: pipelines[0].pool: got pool 'gpu' with GPUs, allowed a pool without GPUs for a job of 0 GPUs; choose another pool",
      "environments/test/index.ts:1: pipelines[0].sharedPool: got pool 'gpu-shared' with GPUs, allowed a pool without GPUs for a job of 0 GPUs; choose another pool",
    ],
  },
  {
    name: 'a job bigger than its pool',
    input: { 'pipelines.1.cpu': 96 },
    expected: [
      "environments/test/index.ts:1: pipelines[1].pool: got pool 'cpu' of at most 64 vCPUs, at least 96 vCPUs for one job; choose another pool or raise its limit",
      "environments/test/index.ts:1: pipelines[1].sharedPool: got pool 'cpu-shared' of at most 64 vCPUs, at least 96 vCPUs for one job; choose another pool or raise its limit",
      "environments/test/tenants/acme.yaml:2: limits.cpu: got 64, at least 99 for one job of each pipeline ('audio', 'text'); raise it",
      "environments/test/tenants/birch.yaml:8: limits.cpu: got 64, at least 96 for one job of each pipeline ('text'); raise it",
    ],
  },
  {
    name: 'two stages of a name, and one that outlives its job',
    input: {
      'pipelines.1.maxRunSeconds': 600,
      'pipelines.1.stages': [
        { name: 'extract', command: ['extract'], timeoutSeconds: 600 },
        { name: 'extract', command: ['index'], timeoutSeconds: 601 },
      ],
    },
    expected: [
      "environments/test/index.ts:1: pipelines[1].stages[1].name: got 'extract' again, each stage at most once; rename one of the two",
      'environments/test/index.ts:1: pipelines[1].stages[1].timeoutSeconds: got 601, at most the 600 of maxRunSeconds; lower it, or let the job run longer',
    ],
  },
  {
    name: 'a pipeline without a stage',
    input: { 'pipelines.1.stages': [] },
    expected: ['environments/test/index.ts:1: pipelines[1].stages: got a list of 0, at least 1 in the list; add to it'],
  },
  {
    name: 'two pipelines of a class',
    input: { 'pipelines.1.name': 'audio' },
    expected: [
      "environments/test/index.ts:1: pipelines[1].name: got 'audio', at most one pipeline per data class; remove one",
      ...['acme.yaml:8: data[1]', 'birch.yaml:5: data[0]'].map(
        (place) =>
          `environments/test/tenants/${place}.class: got 'text', allowed classes that a pipeline of the environment reads ('audio'), since the objects of no other get a queue; add the class's pipeline to index.ts or remove the class`,
      ),
    ],
  },
  {
    name: 'an unknown image',
    input: { 'pipelines.0.image': 'pipeline-workr' },
    expected: [
      "environments/test/index.ts:1: pipelines[0].image: got 'pipeline-workr', allowed the images for pipelines in schema/images.ts, 'pipeline-worker'; did you mean 'pipeline-worker'",
    ],
  },
  {
    name: 'machines with accelerators that are neither CPUs nor NVIDIA GPUs',
    input: {
      'nodePools.4.families': ['m7i', 'trn1', 'inf2', 'dl2q', 'vt1', 'f2'],
      'nodePools.5.families': ['g6', 'gr6', 'g4ad'],
    },
    expected: [
      ...['trn1', 'inf2', 'dl2q', 'vt1', 'f2'].map(
        (family, i) => `environments/test/index.ts:1: nodePools[4].families[${i + 1}]: got '${family}', ${FOREIGN}`,
      ),
      `environments/test/index.ts:1: nodePools[5].families[2]: got 'g4ad', ${FOREIGN}`,
    ],
  },
  {
    name: 'an image of a controller in a pipeline',
    input: { 'pipelines.1.image': 'keda-operator' },
    expected: [
      "environments/test/index.ts:1: pipelines[1].image: got 'keda-operator', an image of controllers, allowed the images for pipelines in schema/images.ts, 'pipeline-worker'; name one of them",
    ],
  },
];
