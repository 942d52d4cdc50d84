import { addObject, editObject, type Fields, type Mutation, set, withText } from './edits';

const RESEARCH = 'research/speech.yaml';
/** A pool with GPUs of the sample environment. */
const GPU_POOL = (object: Fields): boolean => (object['metadata'] as Fields)['name'] === 'pipeline-gpu';

const object = (
  id: string,
  description: string,
  kind: string,
  [path, value]: readonly [path: string, value: unknown],
  expects: RegExp,
): Mutation => ({
  id,
  description,
  apply: (output) =>
    editObject(
      output,
      kind,
      (found) => {
        set(found, path, value);
      },
      kind === 'NodePool' ? GPU_POOL : undefined,
    ),
  expects,
});

const GPU_POD = {
  spec: { containers: [{ name: 'server', resources: { limits: { 'nvidia.com/gpu': '1' } } }] },
} as const;

const workload = (
  id: string,
  description: string,
  kind: readonly [apiVersion: string, kind: string],
  spec: Readonly<Record<string, unknown>>,
  expects: RegExp,
): Mutation => ({
  id,
  description,
  apply: (output) =>
    addObject(output, RESEARCH, {
      apiVersion: kind[0],
      kind: kind[1],
      metadata: { name: 'server', namespace: 'research-speech' },
      spec,
    }),
  expects,
});

/** Faults of the Kubernetes objects of the sample environment. */
export const BILLED_OBJECT_MUTATIONS: readonly Mutation[] = [
  object(
    'pool-with-a-floor',
    'a GPU pool keeps two nodes',
    'NodePool',
    ['spec.replicas', 2],
    /unbounded production NodePool pipeline-gpu: spec.replicas: got 2 nodes without any work/,
  ),
  object(
    'pool-without-limits',
    'a pool may buy without an end',
    'NodePool',
    ['spec.limits', undefined],
    /unbounded production NodePool pipeline-gpu: spec.limits: got no limit of cpu/,
  ),
  object(
    'pool-without-a-gpu-limit',
    'a GPU pool has no limit of GPUs',
    'NodePool',
    ['spec.limits', { cpu: '8', memory: '8Gi' }],
    /unbounded production NodePool pipeline-gpu: spec.limits: got no limit of nvidia.com\/gpu/,
  ),
  object(
    'pool-of-any-machine',
    'a pool buys any kind of machine',
    'NodePool',
    ['spec.template.spec.requirements', []],
    /not-understood production NodePool pipeline-gpu: requirements: got no instance families/,
  ),
  object(
    'empty-nodes-stay',
    'empty nodes of a GPU pool never go',
    'NodePool',
    ['spec.disruption.consolidateAfter', 'Never'],
    /unbounded production NodePool pipeline-gpu: disruption.consolidateAfter: got Never/,
  ),
  object(
    'empty-nodes-are-kept',
    'the budget of a GPU pool lets no empty node go',
    'NodePool',
    ['spec.disruption.budgets', [{ nodes: '0', reasons: ['Empty'] }]],
    /unbounded production NodePool pipeline-gpu: disruption.budgets: got .*"nodes":"0"/,
  ),
  object(
    'reserved-machines',
    'a pool takes machines of a reservation',
    'EC2NodeClass',
    ['spec.capacityReservationSelectorTerms', [{ id: 'cr-0123456789abcdef0' }]],
    /unbounded production EC2NodeClass [\w-]+: capacityReservationSelectorTerms: got "cr-0123456789abcdef0"/,
  ),
  object(
    'pipeline-with-a-floor',
    'a pipeline keeps a pod with a GPU',
    'ScaledJob',
    ['spec.minReplicaCount', 1],
    /unbounded production ScaledJob tenant-acme\/[\w-]+: minReplicaCount: got 1 with 1 nvidia.com\/gpu each/,
  ),
  object(
    'pipeline-without-a-most',
    'a pipeline has no most',
    'ScaledJob',
    ['spec.maxReplicaCount', undefined],
    /unbounded production ScaledJob tenant-acme\/[\w-]+: maxReplicaCount: got none/,
  ),
  object(
    'pipeline-by-the-clock',
    'a pipeline starts by the clock',
    'ScaledJob',
    ['spec.triggers.0.type', 'cron'],
    /unbounded production ScaledJob tenant-acme\/[\w-]+: trigger: got 'cron'/,
  ),
  object(
    'pipeline-by-an-unknown-trigger',
    'a pipeline starts by a trigger that nobody priced',
    'ScaledJob',
    ['spec.triggers.0.type', 'prometheus'],
    /not-understood production ScaledJob tenant-acme\/[\w-]+: trigger: got 'prometheus'/,
  ),
  object(
    'source-without-an-interval',
    'a source asks its bucket in no known rhythm',
    'Bucket',
    ['spec.interval', 'often'],
    /not-understood production Bucket flux-system\/tenant-acme: spec.interval: got "often"/,
  ),
  object(
    'controller-with-gpus',
    "a controller's chart asks for GPUs",
    'HelmRelease',
    ['spec.values.resources', { limits: { 'nvidia.com/gpu': '1' } }],
    /unbounded production HelmRelease flux-system\/karpenter: got GPUs in the values of the chart 'karpenter'/,
  ),
  object(
    'controller-in-a-pool',
    "a controller's pods hold a node of a pool up",
    'HelmRelease',
    ['spec.values.nodeSelector', { 'atoll.dev/pool': 'serving-gpu' }],
    /unbounded production HelmRelease flux-system\/karpenter: got pods of the chart 'karpenter' in the pool 'serving-gpu'/,
  ),
  object(
    'unknown-chart',
    'a chart whose pods nobody knows',
    'HelmRelease',
    ['metadata.name', 'dcgm-exporter'],
    /not-understood production HelmRelease flux-system\/dcgm-exporter: got the chart 'dcgm-exporter'/,
  ),
  workload(
    'server-with-a-gpu',
    'a server with a GPU runs always',
    ['apps/v1', 'Deployment'],
    { replicas: 1, template: GPU_POD },
    /unbounded research Deployment research-speech\/server: got 1 pods with 1 nvidia.com\/gpu each/,
  ),
  workload(
    'server-that-holds-a-node',
    'a server without a GPU holds a node of a pool up',
    ['apps/v1', 'Deployment'],
    { template: { spec: { nodeSelector: { 'atoll.dev/pool': 'training-gpu' }, containers: [] } } },
    /unbounded research Deployment research-speech\/server: got 1 pods that hold a node of the pool 'training-gpu' up/,
  ),
  workload(
    'job-that-is-not-suspended',
    'a training with a GPU starts by itself',
    ['batch/v1', 'Job'],
    { template: GPU_POD },
    /unbounded research Job research-speech\/server: got 1 pods with 1 nvidia.com\/gpu each/,
  ),
  workload(
    'training-by-the-clock',
    'a training with a GPU starts by the clock',
    ['batch/v1', 'CronJob'],
    { jobTemplate: { spec: { template: GPU_POD } } },
    /unbounded research CronJob research-speech\/server: got 1 pods with 1 nvidia.com\/gpu each/,
  ),
  workload(
    'load-balancer',
    'a load balancer, which is paid by the hour',
    ['v1', 'Service'],
    { type: 'LoadBalancer' },
    /not-understood research Service research-speech\/server: spec.type: got LoadBalancer/,
  ),
  workload(
    'claimed-volume',
    'a volume that is paid while nobody works',
    ['v1', 'PersistentVolumeClaim'],
    {},
    /not-understood research PersistentVolumeClaim research-speech\/server: got PersistentVolumeClaim, expected a kind of/,
  ),
  {
    id: 'objects-unreadable',
    description: 'a file of objects is no YAML',
    apply: (output) => {
      const file = output.objects.find(({ key }) => key === RESEARCH);
      if (file === undefined) throw new Error(`got no file '${RESEARCH}' to change`);
      return withText(output, file, 'kind: [');
    },
    expects: /not-understood research\/research\/speech.yaml: is no YAML/,
  },
  {
    ...workload(
      'suspended-training',
      'a template of a training with a GPU, suspended',
      ['batch/v1', 'Job'],
      { suspend: true, template: GPU_POD },
      /^$/,
    ),
    noChange: 'a suspended Job has no pod, so no node',
  },
];
