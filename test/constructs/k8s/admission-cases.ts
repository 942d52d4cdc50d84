/** Requests that an admission policy of the sample environment must allow or refuse; `input` is what the API server gives to CEL. */
export interface AdmissionCase {
  /** Without the `atoll-` of the policy's name. */
  readonly policy: string;
  readonly name: string;
  readonly allowed: boolean;
  readonly input: {
    readonly object: object | null;
    readonly oldObject: object | null;
    readonly namespaceObject: object | null;
    readonly request: object;
  };
}

type Fields = Readonly<Record<string, unknown>>;
type Row = readonly [name: string, allowed: boolean, input: AdmissionCase['input']];

const NODE_TENANT = 'atoll.node-restriction.kubernetes.io/tenant';
const POOL = 'atoll.dev/pool';
const JOB_CONTROLLER = 'system:serviceaccount:kube-system:job-controller';
const PERSON = 'person:ada@example.com';
const image = (account: string): string => `${account}.dkr.ecr.eu-central-1.amazonaws.com/atoll/sample/worker:1`;
const namespace = (name: string, labels: Fields): object => ({ metadata: { name, labels } });
const cases = (policy: string, rows: readonly Row[]): AdmissionCase[] =>
  rows.map(([name, allowed, input]) => ({ policy, name, allowed, input }));

function input(
  namespaceObject: object | null,
  object: object | null,
  username = JOB_CONTROLLER,
  operation = 'CREATE',
  oldObject: object | null = null,
): AdmissionCase['input'] {
  const name = (namespaceObject as { metadata: { name: string } } | null)?.metadata.name ?? '';
  const groups = username.startsWith('system:node:') ? ['system:nodes'] : ['system:authenticated'];
  return {
    object,
    oldObject,
    namespaceObject,
    request: { operation, namespace: name, userInfo: { username, groups } },
  };
}

/** A pod of tenant `acme`; a field given as undefined is absent. */
function tenantPod(fields: Fields = {}, isolation = 'dedicated', operation = 'CREATE'): AdmissionCase['input'] {
  const spec = JSON.parse(
    JSON.stringify({
      serviceAccountName: 'pipeline',
      automountServiceAccountToken: false,
      nodeSelector: { [POOL]: 'pipeline-gpu', [NODE_TENANT]: 'acme' },
      tolerations: [
        { key: POOL, operator: 'Equal', value: 'pipeline-gpu', effect: 'NoSchedule' },
        { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
      ],
      containers: [{ name: 'worker', image: image('222222222222') }],
      ...fields,
    }),
  ) as object;
  const owner = namespace('tenant-acme', { 'atoll.dev/tenant': 'acme', 'atoll.dev/isolation': isolation });
  return input(owner, { kind: 'Pod', metadata: { name: 'p' }, spec }, JOB_CONTROLLER, operation);
}

const training = (tenant: string | undefined): Fields => ({
  nodeSelector: { [POOL]: 'tenant-training', [NODE_TENANT]: tenant },
  tolerations: [{ key: POOL, value: 'tenant-training' }],
});

const labelled = (username: string, labels: Fields): AdmissionCase['input'] =>
  input(null, namespace('mount-s3', labels), username);

const token = (audience?: string): Fields => ({
  volumes: [{ name: 't', projected: { sources: [{ serviceAccountToken: { path: 't', audience } }] } }],
});

/** Requests on the production cluster. */
export const PRODUCTION_CASES: readonly AdmissionCase[] = [
  ...cases('tenant-placement-pods', [
    ["on nodes under its tenant's label", true, tenantPod()],
    [
      'a shared tenant on a shared pool',
      true,
      tenantPod(
        { nodeSelector: { [POOL]: 'pipeline-shared' }, tolerations: [{ key: POOL, value: 'pipeline-shared' }] },
        'shared',
      ),
    ],
    ['a shared tenant on a dedicated pool', false, tenantPod({}, 'shared')],
    ['training of a shared tenant on nodes of its own', true, tenantPod(training('acme'), 'shared')],
    ['training of a shared tenant without its label', false, tenantPod(training(undefined), 'shared')],
    ["training of a shared tenant on another's nodes", false, tenantPod(training('birch'), 'shared')],
    ['training of a dedicated tenant', true, tenantPod(training('acme'))],
    ["another tenant's label", false, tenantPod({ nodeSelector: { [POOL]: 'pipeline-gpu', [NODE_TENANT]: 'birch' } })],
    ['no tenant label', false, tenantPod({ nodeSelector: { [POOL]: 'pipeline-gpu' } })],
    ['no selector', false, tenantPod({ nodeSelector: undefined })],
    ['a nodeName', false, tenantPod({ nodeName: 'n1' })],
    ['a running pod, which has a nodeName', true, tenantPod({ nodeName: 'n1' }, 'dedicated', 'UPDATE')],
    ['nodeAffinity', false, tenantPod({ affinity: { nodeAffinity: {} } })],
    ['a toleration of everything', false, tenantPod({ tolerations: [{ operator: 'Exists' }] })],
    ['a toleration of every pool', false, tenantPod({ tolerations: [{ key: POOL, operator: 'Exists' }] })],
    ['a toleration of another pool', false, tenantPod({ tolerations: [{ key: POOL, value: 'text-cpu' }] })],
    ['another scheduler', false, tenantPod({ schedulerName: 'mine' })],
    ['a resource claim', false, tenantPod({ resourceClaims: [{ name: 'gpu' }] })],
    ['a system priority', false, tenantPod({ priorityClassName: 'system-node-critical' })],
  ]),
  ...cases('images-pods', [
    ["the environment's registry", true, tenantPod()],
    ["another account's registry", false, tenantPod({ containers: [{ name: 'a', image: image('999999999999') }] })],
    ['no image', false, tenantPod({ containers: [{ name: 'a' }] })],
    ['a foreign init container', false, tenantPod({ initContainers: [{ name: 'i', image: 'docker.io/x' }] })],
    ['a foreign ephemeral container', false, tenantPod({ ephemeralContainers: [{ name: 'e', image: 'docker.io/x' }] })],
    ['a foreign image volume', false, tenantPod({ volumes: [{ name: 'v', image: { reference: 'docker.io/x' } }] })],
  ]),
  ...cases('accounts-pods', [
    ['an account of the tenant', true, tenantPod()],
    ['the default account', false, tenantPod({ serviceAccountName: 'default' })],
    ['an API token by default', false, tenantPod({ automountServiceAccountToken: undefined })],
    ["Pod Identity's token", true, tenantPod(token('pods.eks.amazonaws.com'))],
    ['an API token by a volume', false, tenantPod(token())],
  ]),
  ...cases('tenant-jobs', [
    ['KEDA', true, input(namespace('tenant-acme', {}), {}, 'system:serviceaccount:keda:keda-operator')],
    [
      'its own layer',
      true,
      input(namespace('tenant-acme', {}), {}, 'system:serviceaccount:flux-system:tenant-acme-reconciler'),
    ],
    [
      "another tenant's layer",
      false,
      input(namespace('tenant-acme', {}), {}, 'system:serviceaccount:flux-system:tenant-birch-reconciler'),
    ],
  ]),
  ...cases('namespaces', [
    [
      'Flux, of a tenant',
      true,
      labelled('system:serviceaccount:flux-system:kustomize-controller', { 'atoll.dev/tenant': 'acme' }),
    ],
    ['a person, of a tenant', false, labelled(PERSON, { 'atoll.dev/tenant': 'acme' })],
    ['a person, without labels', true, labelled(PERSON, {})],
    ['a person, for Pod Security', false, labelled(PERSON, { 'pod-security.kubernetes.io/enforce': 'privileged' })],
    [
      "EKS's add-on manager, for Pod Security",
      true,
      labelled('eks:addon-manager', { 'pod-security.kubernetes.io/enforce': 'restricted' }),
    ],
    ["EKS's add-on manager, of a tenant", false, labelled('eks:addon-manager', { 'atoll.dev/tenant': 'acme' })],
    [
      'the loss of a tenant by a person',
      false,
      input(null, null, PERSON, 'DELETE', namespace('tenant-acme', { 'atoll.dev/tenant': 'acme' })),
    ],
    [
      "the loss of a tenant by EKS's add-on manager",
      false,
      input(null, null, 'eks:addon-manager', 'DELETE', namespace('tenant-acme', { 'atoll.dev/tenant': 'acme' })),
    ],
  ]),
  ...cases('bindings', [
    ['the scheduler', true, input(null, {}, 'system:kube-scheduler')],
    ['a person', false, input(null, {}, PERSON)],
  ]),
  ...cases('token-requests', [
    ['a kubelet', true, input(null, {}, 'system:node:n1')],
    ['a person', false, input(null, {}, PERSON)],
  ]),
];

const TEAM = namespace('research-speech', { 'atoll.dev/team': 'speech' });
const KUEUE = 'system:serviceaccount:kueue-system:kueue-controller-manager';
const queued = { 'kueue.x-k8s.io/queue-name': 'default' };
const gpuPod = (serviceAccountName: string): object => ({
  serviceAccountName,
  containers: [{ name: 'a', image: image('333333333333'), resources: { limits: { 'nvidia.com/gpu': '1' } } }],
});
const job = (suspend: boolean, labels: Fields = queued, account = 'research'): object => ({
  kind: 'Job',
  metadata: { labels },
  spec: { suspend, template: { spec: gpuPod(account) } },
});
const ending = (pool: string | undefined, activeDeadlineSeconds?: bigint): object => ({
  kind: 'Job',
  spec: {
    ...(activeDeadlineSeconds === undefined ? {} : { activeDeadlineSeconds }),
    template: { spec: pool === undefined ? {} : { nodeSelector: { [POOL]: pool } } },
  },
});
const GRANT = 'grant-speech-eval';
const marked = (account: string, name: string, grant?: string): object => ({
  metadata: { name },
  spec: {
    template: {
      metadata: { labels: grant === undefined ? {} : { 'atoll.dev/grant': grant } },
      spec: gpuPod(account),
    },
  },
});
function connect(name: string): AdmissionCase['input'] {
  const made = input(TEAM, { kind: 'PodPortForwardOptions' }, PERSON, 'CONNECT');
  return { ...made, request: { ...made.request, name } };
}
const ownedByJob = { ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'j' }] };

/** Requests on the research cluster. */
export const RESEARCH_CASES: readonly AdmissionCase[] = [
  ...cases('queued-jobs', [
    ['suspended in the queue', true, input(TEAM, job(true), PERSON)],
    ['without the queue', false, input(TEAM, job(true, {}), PERSON)],
    ['running at once', false, input(TEAM, job(false), PERSON)],
    ['started by a person', false, input(TEAM, job(false), PERSON, 'UPDATE', job(true))],
    ['started by Kueue', true, input(TEAM, job(false), KUEUE, 'UPDATE', job(true))],
  ]),
  ...cases('job-deadlines', [
    ['of a workbench for a day of work', true, input(TEAM, ending('workbench-cpu', 30_600n), PERSON)],
    ['of a workbench for two days', false, input(TEAM, ending('workbench-cpu', 172_800n), PERSON)],
    ['of a training for two days', true, input(TEAM, ending('training-gpu', 172_800n), PERSON)],
    ['of a training for two weeks', false, input(TEAM, ending('training-gpu', 1_209_600n), PERSON)],
    ['never', false, input(TEAM, ending('training-gpu'), PERSON)],
    ['on a pool that is not known', false, input(TEAM, ending('system', 60n), PERSON)],
    ['on no pool', false, input(TEAM, ending(undefined, 60n), PERSON)],
    [
      'later than before',
      false,
      input(TEAM, ending('workbench-cpu', 172_800n), PERSON, 'UPDATE', ending('workbench-cpu', 60n)),
    ],
  ]),
  ...cases('grant-use', [
    ["the team's account", true, input(TEAM, job(true), PERSON)],
    ['a grant that names the person', true, input(TEAM, job(true, queued, 'grant-speech-eval'), PERSON)],
    ['a grant that names others', false, input(TEAM, job(true, queued, 'grant-notes-quality'), PERSON)],
  ]),
  ...cases('grant-jobs', [
    ["a Job of the team's own", true, input(TEAM, marked('research', 'training'), PERSON)],
    ["a Job of the team's own with the name of a grant", false, input(TEAM, marked('research', 'grant-x'), PERSON)],
    [
      'a Job of a grant by its prefix and label',
      true,
      input(TEAM, marked(GRANT, `${GRANT}--run`, 'speech-eval'), PERSON),
    ],
    ['a Job of a grant by one hyphen only', false, input(TEAM, marked(GRANT, `${GRANT}-run`, 'speech-eval'), PERSON)],
    ['a Job of a grant without a label', false, input(TEAM, marked(GRANT, `${GRANT}--run`), PERSON)],
    [
      'a Job of a grant whose id begins alike',
      false,
      input(TEAM, marked(GRANT, `${GRANT}-two--run`, 'speech-eval'), PERSON),
    ],
  ]),
  ...cases('grant-doors', [
    ['a person of the grant into its pod', true, connect('grant-speech-eval--run-x7k2p')],
    ['another person into it', false, connect('grant-notes-quality--run-x7k2p')],
    ["a pod of the team's own", true, connect('run-x7k2p')],
    ['a pod of a grant that is gone', false, connect('grant-gone--run-x7k2p')],
  ]),
  ...cases('grant-maps', [
    ["a ConfigMap of the team's own", true, input(TEAM, { metadata: { name: 'code' } }, PERSON)],
    ['a recipe of a grant by one of its people', true, input(TEAM, { metadata: { name: `${GRANT}--recipe` } }, PERSON)],
    ['the scope of a grant by one of its people', false, input(TEAM, { metadata: { name: GRANT } }, PERSON)],
    [
      "another grant's recipe, deleted",
      false,
      input(TEAM, null, PERSON, 'DELETE', { metadata: { name: 'grant-notes-quality--recipe' } }),
    ],
  ]),
  ...cases('queued-pods', [
    ["a Job's pod", true, input(TEAM, { metadata: ownedByJob, spec: gpuPod('research') })],
    [
      "a person's pod that claims to be a Job's",
      false,
      input(TEAM, { metadata: ownedByJob, spec: gpuPod('research') }, PERSON),
    ],
    [
      "a Deployment's pod with a GPU",
      false,
      input(
        TEAM,
        { metadata: {}, spec: gpuPod('research') },
        'system:serviceaccount:kube-system:replicaset-controller',
      ),
    ],
  ]),
  ...cases('queued-templates', [
    ['a Job with a GPU', true, input(TEAM, job(true), PERSON)],
    ['a Deployment with a GPU', false, input(TEAM, { ...job(true), kind: 'Deployment' }, PERSON)],
  ]),
];
