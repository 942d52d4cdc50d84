import {
  addObject,
  at,
  changeChart,
  changeObject,
  changeStack,
  type Mutation,
  type Place,
  removeObject,
  type Resources,
  resource,
  set,
} from './edits';

const pool = (name: string): Place => ({ cluster: 'production', kind: 'NodePool', name });
const nodeClass = (name: string): Place => ({ cluster: 'production', kind: 'EC2NodeClass', name });
const release = (name: string): Place => ({ cluster: 'production', kind: 'HelmRelease', name });
const GPU = 'pipeline-gpu';
const TEAM: Place = { cluster: 'research', kind: 'Namespace', name: 'research-speech' };
const TEAM_FILE = 'research/speech.yaml';

const changed = (
  id: string,
  description: string,
  place: Place,
  path: string,
  value: unknown,
  expects: RegExp,
): Mutation => ({
  id: `platform-${id}`,
  description,
  apply: (output) =>
    changeObject(output, place, (object) => {
      set(object, path, value);
    }),
  expects,
});

const removed = (id: string, description: string, place: Place, expects: RegExp): Mutation => ({
  id: `platform-${id}`,
  description,
  apply: (output) => removeObject(output, place),
  expects,
});

const stack = (id: string, description: string, change: (resources: Resources) => void, expects: RegExp): Mutation => ({
  id: `platform-${id}`,
  description,
  apply: (output) => changeStack(output, 'production-cluster', change),
  expects,
});

/** The values of Flux's own chart, with one of them changed. */
const flux = (id: string, description: string, path: string, value: unknown, expects: RegExp): Mutation =>
  stack(
    `flux-${id}`,
    description,
    (resources) => {
      const chart = resource(resources, 'Custom::AWSCDK-EKS-HelmChart', ({ Release }) => Release === 'flux2');
      const values = JSON.parse(String(chart['Values'])) as Record<string, unknown>;
      set(values, path, value);
      chart['Values'] = JSON.stringify(values);
    },
    expects,
  );

const chart = (id: string, description: string, from: string | RegExp, to: string, expects: RegExp): Mutation => ({
  id: `platform-sync-${id}`,
  description,
  apply: (output) => changeChart(output, 'production', from, to),
  expects,
});

/** Faults of nodes, controllers, what Flux is told, and teams' namespaces. */
export const PLATFORM_MUTATIONS: readonly Mutation[] = [
  {
    id: 'platform-pool-exists',
    description: "nodes of a pool are nobody's",
    apply: (output) =>
      changeObject(output, pool(GPU), (object) => {
        const path = 'spec.template.spec.requirements';
        set(
          object,
          path,
          (at(object, path) as readonly { readonly operator: string }[]).filter(
            ({ operator }) => operator !== 'Exists',
          ),
        );
      }),
    expects: /closed production: NodePool pipeline-gpu: pool pipeline-gpu: no pod of a tenant finds a node/,
  },
  {
    id: 'platform-pool-one-tenant',
    description: "nodes of a pool are one tenant's by name",
    apply: (output) =>
      changeObject(output, pool(GPU), (object) => {
        set(object, 'spec.template.metadata.labels.atoll\\.node-restriction\\.kubernetes\\.io/tenant', 'acme');
      }),
    expects: /open production: NodePool pipeline-gpu: pool pipeline-gpu: its nodes are of acme by name/,
  },
  changed(
    'pool-taint-gone',
    'nodes of a pool take every pod',
    pool(GPU),
    'spec.template.spec.taints',
    undefined,
    /one-lock-left production: NodePool pipeline-gpu: .*got no taint of its own/,
  ),
  changed(
    'pool-taint-swapped',
    "nodes of a pool have another pool's taint",
    pool(GPU),
    'spec.template.spec.taints.0.value',
    'pipeline-shared',
    /got no taint of its own/,
  ),
  changed(
    'pool-taint-soft',
    'nodes of a pool would rather not take every pod',
    pool(GPU),
    'spec.template.spec.taints.0.effect',
    'PreferNoSchedule',
    /got no taint of its own/,
  ),
  changed(
    'pool-label-swapped',
    "nodes of a pool carry another pool's label",
    pool('pipeline-shared'),
    'spec.template.metadata.labels.atoll\\.dev/pool',
    GPU,
    /closed production: NodePool pipeline-shared: .*label atoll\.dev\/pool is pipeline-gpu/,
  ),
  removed(
    'pool-gone',
    'a pool is gone',
    pool(GPU),
    /closed production: NodePool pipeline-gpu: pool pipeline-gpu: the cluster has no such NodePool/,
  ),
  {
    id: 'platform-pool-more',
    description: 'a pool that nobody declared',
    apply: (output) =>
      changeObject(output, pool(GPU), (object) => {
        set(object, 'metadata.name', 'more');
      }),
    expects: /open production: NodePool more: pool more: a pool that the environment does not have/,
  },
  changed(
    'pool-operator',
    'an operator that there is not',
    pool(GPU),
    'spec.template.spec.requirements.0.operator',
    'Near',
    /not-understood NodePool pipeline-gpu: .*operator: got "Near"/,
  ),
  changed(
    'pool-class',
    'a node class that there is not',
    pool(GPU),
    'spec.template.spec.nodeClassRef.name',
    'gone',
    /closed production: NodePool pipeline-gpu: .*got the node class gone/,
  ),
  changed(
    'hop-limit',
    'an answer of instance metadata reaches pods',
    nodeClass(GPU),
    'spec.metadataOptions.httpPutResponseHopLimit',
    2,
    /pods of tenant acme reach instance metadata: got 1 of 2 locks, expected all; lost metadata options of the nodes: EC2NodeClass pipeline-gpu: httpPutResponseHopLimit: got 2/,
  ),
  changed(
    'tokens',
    'instance metadata without a token',
    nodeClass(GPU),
    'spec.metadataOptions.httpTokens',
    'optional',
    /httpTokens: got optional, allowed required/,
  ),
  changed(
    'metadata-default',
    'metadata options as they come',
    nodeClass(GPU),
    'spec.metadataOptions',
    undefined,
    /httpPutResponseHopLimit: got undefined/,
  ),
  changed(
    'subnets',
    "nodes in the controllers' subnets",
    nodeClass(GPU),
    'spec.subnetSelectorTerms',
    [{ tags: { 'atoll:subnets': 'system' } }],
    /open production: EC2NodeClass pipeline-gpu: nodes: its nodes are in subnets/,
  ),
  changed(
    'public-address',
    'nodes with public addresses',
    nodeClass(GPU),
    'spec.associatePublicIPAddress',
    true,
    /nodes: its nodes may have public addresses/,
  ),
  changed(
    'admin-container',
    'root on a node',
    nodeClass(GPU),
    'spec.userData',
    '',
    /Bottlerocket's admin container is not disabled/,
  ),
  changed(
    'keda-secrets',
    "KEDA's operator reads Secrets",
    release('keda'),
    'spec.values.permissions.operator.restrict.secret',
    false,
    /one-lock-left production: HelmRelease flux-system\/keda: KEDA reads every namespace's Secrets: got 2 of 3 locks/,
  ),
  changed(
    'keda-secrets-metrics',
    "KEDA's metrics server reads Secrets",
    release('keda'),
    'spec.values.permissions.metricServer',
    undefined,
    /permissions\.metricServer\.restrict\.secret is not true/,
  ),
  changed(
    'keda-scales',
    'KEDA scales whatever there is',
    release('keda'),
    'spec.values.rbac.enabledCustomScaledRefKinds',
    true,
    /KEDA may scale whatever there is/,
  ),
  changed(
    'keda-account',
    'KEDA runs as another account',
    release('keda'),
    'spec.values.serviceAccount.operator.name',
    'default',
    /serviceAccount\.operator\.name: got default, expected keda-operator/,
  ),
  changed(
    'keda-webhook',
    "KEDA's webhook may be missed",
    release('keda'),
    'spec.values.webhooks.failurePolicy',
    'Ignore',
    /webhooks\.failurePolicy must be Fail/,
  ),
  removed(
    'keda-gone',
    'there is no KEDA',
    release('keda'),
    /closed production: HelmRelease keda: KEDA starts pipelines: got closed/,
  ),
  changed(
    'karpenter-account',
    'Karpenter runs as another account',
    release('karpenter'),
    'spec.values.serviceAccount.name',
    'default',
    /serviceAccount\.name: got default, expected karpenter/,
  ),
  changed(
    'release-account',
    'a chart as another account',
    release('kueue'),
    'spec.serviceAccountName',
    undefined,
    /a chart that runs with all rights: serviceAccountName: got none, expected helm-controller/,
  ),
  changed(
    'release-target',
    "a chart in a tenant's namespace",
    release('kueue'),
    'spec.targetNamespace',
    'tenant-acme',
    /targetNamespace: got tenant-acme, expected kueue-system/,
  ),
  changed(
    'release-source',
    'a chart from elsewhere',
    { cluster: 'production', kind: 'OCIRepository', name: 'kueue' },
    'spec.url',
    'oci://ghcr.io/other/kueue',
    /chartRef: got oci:\/\/ghcr\.io\/other\/kueue:0\.19\.2, expected oci:/,
  ),
  changed(
    'release-version',
    'a chart in another version',
    { cluster: 'production', kind: 'OCIRepository', name: 'kueue' },
    'spec.ref.tag',
    'latest',
    /chartRef: got oci:.*:latest, expected/,
  ),
  changed(
    'release-patched',
    'a chart that is patched',
    release('kueue'),
    'spec.postRenderers',
    [{}],
    /not-understood HelmRelease flux-system\/kueue: .*got the fields postRenderers/,
  ),
  changed(
    'release-more',
    'a chart that nobody declared',
    release('kueue'),
    'metadata.name',
    'more',
    /open production: HelmRelease flux-system\/more: a chart runs with all rights/,
  ),
  flux(
    'tenancy',
    'Flux without multi-tenancy',
    'multitenancy.enabled',
    false,
    /a layer is applied as another account than its own: got 1 of 2 locks, expected all; lost Flux's multi-tenancy/,
  ),
  flux(
    'default-account',
    'Flux takes itself where none is named',
    'multitenancy.defaultServiceAccount',
    'kustomize-controller',
    /defaultServiceAccount is kustomize-controller, expected default/,
  ),
  flux(
    'remote-bases',
    'Flux reads bases from elsewhere',
    'kustomizeController.container.additionalArgs',
    [],
    /a Kustomization reads a base from elsewhere/,
  ),
  flux(
    'aggregation',
    "editors write Flux's objects",
    'rbac.createAggregation',
    true,
    /an editor of a namespace writes Kustomizations/,
  ),
  chart(
    'account',
    'a layer of the platform without an account',
    /\n {2}serviceAccountName: kustomize-controller/,
    '',
    /a layer is applied as another account than its own: got 1 of 2 locks, expected all; lost the account of the layer/,
  ),
  chart(
    'prefix',
    "the platform's files come from a wider prefix",
    'prefix: platform/',
    'prefix: ""',
    /Flux pulls from elsewhere: prefix/,
  ),
  chart(
    'bucket',
    "the platform's files come from another bucket",
    /bucketName: \S+/,
    'bucketName: elsewhere',
    /Flux pulls from elsewhere: bucket: got "elsewhere"/,
  ),
  chart(
    'order',
    'tenants come before admission',
    /dependsOn:\n {4}- name: platform-admission/,
    'suspend: false',
    /not-understood Kustomization flux-system\/tenants: .*got the fields suspend/,
  ),
  chart(
    'order-other',
    'tenants come after the pools only',
    '- name: platform-admission',
    '- name: platform-pools',
    /open production: Kustomization flux-system\/tenants: namespaces come before the policies that judge them/,
  ),
  chart(
    'path',
    "tenants' layers are applied as the platform's",
    'path: "./index"',
    'path: "./tenants"',
    /Flux applies \.\/tenants of flux-system\/tenants: got open/,
  ),
  chart(
    'helm',
    'a template of Helm',
    'prefix: index/',
    'prefix: {{ .Values.prefix }}',
    /not-understood .*got a Helm expression/,
  ),
  stack(
    'keda-role',
    "KEDA's role receives messages",
    (resources) => {
      set(
        resource(
          resources,
          'AWS::IAM::ManagedPolicy',
          (properties) =>
            JSON.stringify(properties).includes('sqs:GetQueueAttributes') &&
            JSON.stringify(properties).includes('CountMessages'),
        ),
        'PolicyDocument.Statement.0.Action',
        'sqs:*',
      );
    },
    /open production-cluster: \w+: KEDA does more than count messages: got \[\["sqs:\*"/,
  ),
  stack(
    'keda-role-wide',
    "KEDA's role counts every queue of the account",
    (resources) => {
      set(
        resource(resources, 'AWS::IAM::ManagedPolicy', (properties) =>
          JSON.stringify(properties).includes('CountMessages'),
        ),
        'PolicyDocument.Statement.0.Resource',
        '*',
      );
    },
    /KEDA does more than count messages: got \[\["sqs:GetQueueAttributes","\*"\]\]/,
  ),
  stack(
    'association-more',
    'an account of a tenant gets a role by the cluster’s stack',
    (resources) => {
      resources['Added'] = {
        Type: 'AWS::EKS::PodIdentityAssociation',
        Properties: {
          Namespace: 'tenant-acme',
          ServiceAccount: 'pipeline',
          RoleArn: 'arn:aws:iam::222222222222:role/other',
        },
      };
    },
    /open production-cluster: Added: tenant-acme\/pipeline as arn:aws:iam::222222222222:role\/other: got open/,
  ),
  stack(
    'association-swapped',
    "KEDA's role goes to another account",
    (resources) => {
      set(
        resource(resources, 'AWS::EKS::PodIdentityAssociation', ({ Namespace }) => Namespace === 'keda'),
        'ServiceAccount',
        'default',
      );
    },
    /open production-cluster: \w+: keda\/default as atoll-sample-production-keda: got open/,
  ),
  {
    id: 'platform-secret',
    description: 'a Secret is delivered',
    apply: (output) =>
      addObject(output, 'production', 'platform/20-pools/objects.yaml', {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'key', namespace: 'keda' },
      }),
    expects:
      /pods of tenant acme reach the controllers in flux-system: got 2 of 3 locks, expected all; lost no Secret is delivered/,
  },
  {
    id: 'platform-in-tenant',
    description: "the platform's layer writes a network policy of a tenant",
    apply: (output) =>
      addObject(output, 'production', 'platform/20-pools/objects.yaml', {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'open', namespace: 'tenant-acme' },
        spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{}] },
      }),
    expects: /open production: NetworkPolicy tenant-acme\/open: the platform's layer reaches into tenant-acme/,
  },
  {
    id: 'platform-kind',
    description: 'a kind that the proof does not know',
    apply: (output) =>
      addObject(output, 'production', 'platform/20-pools/objects.yaml', {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'MutatingWebhookConfiguration',
        metadata: { name: 'change' },
        webhooks: [],
      }),
    expects:
      /not-understood production: MutatingWebhookConfiguration change: got the kind MutatingWebhookConfiguration/,
  },
  {
    id: 'platform-cel',
    description: 'an expression that cannot be evaluated',
    apply: (output) =>
      changeObject(
        output,
        { cluster: 'production', kind: 'ValidatingAdmissionPolicy', name: 'atoll-tenant-pods' },
        (object) => {
          set(
            object,
            'spec.validations.0.expression',
            "authorizer.group('').resource('pods').check('create').allowed()",
          );
        },
      ),
    expects:
      /not-understood ValidatingAdmissionPolicy atoll-tenant-pods: got an expression that cannot be evaluated here/,
  },
  {
    id: 'platform-params',
    description: 'a policy with parameters',
    apply: (output) =>
      changeObject(
        output,
        { cluster: 'production', kind: 'ValidatingAdmissionPolicy', name: 'atoll-tenant-pods' },
        (object) => {
          set(object, 'spec.paramKind', { apiVersion: 'v1', kind: 'ConfigMap' });
        },
      ),
    expects: /not-understood ValidatingAdmissionPolicy atoll-tenant-pods: policy\.spec: got the fields paramKind/,
  },
  changed(
    'team-label',
    "a team's namespace carries another team's label",
    TEAM,
    'metadata.labels.atoll\\.dev/team',
    'language',
    /every policy goes by label atoll\.dev\/team: got language, expected speech/,
  ),
  changed(
    'team-label-gone',
    "a team's namespace without its team",
    TEAM,
    'metadata.labels.atoll\\.dev/team',
    undefined,
    /team speech: a pod that names no node selector, by a Job that is made: got open/,
  ),
  changed(
    'team-security',
    "a team's namespace without Pod Security",
    TEAM,
    'metadata.labels.pod-security\\.kubernetes\\.io/enforce',
    'privileged',
    /team speech: a pod that is privileged, by a Job that is made: got open/,
  ),
  removed(
    'grant-account-gone',
    'the account of a grant is gone',
    { ...TEAM, kind: 'ServiceAccount', name: 'grant-speech-eval' },
    /closed research: research-speech: pods of team speech run as grant-speech-eval: got closed/,
  ),
  {
    id: 'platform-grant-account-more',
    description: "a team's namespace has the account of another team's grant",
    apply: (output) =>
      addObject(output, 'research', TEAM_FILE, {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'grant-notes-quality', namespace: 'research-speech' },
        automountServiceAccountToken: false,
      }),
    expects:
      /open research: ServiceAccount research-speech\/grant-notes-quality: team speech: got an account grant-notes-quality/,
  },
  {
    id: 'platform-grant-people',
    description: 'a grant names one person more to admission than to its file',
    apply: (output) =>
      changeObject(
        output,
        { cluster: 'research', kind: 'ValidatingAdmissionPolicy', name: 'atoll-grant-use' },
        (object) => {
          set(
            object,
            'spec.variables.0.expression',
            String(at(object, 'spec.variables.0.expression')).replace(
              "'grant-speech-eval': [",
              "'grant-speech-eval': ['person:noor@example.com', ",
            ),
          );
        },
      ),
    expects:
      /open research: research-speech: team speech: noor@example\.com starts a Job as grant speech-eval, which does not name them/,
  },
  {
    id: 'platform-grant-less',
    description: 'a grant does not name a person of its file to admission',
    apply: (output) =>
      changeObject(
        output,
        { cluster: 'research', kind: 'ValidatingAdmissionPolicy', name: 'atoll-grant-use' },
        (object) => {
          set(
            object,
            'spec.variables.0.expression',
            String(at(object, 'spec.variables.0.expression')).replace(
              "'person:lin@example.com'",
              "'person:other@example.com'",
            ),
          );
        },
      ),
    expects:
      /closed research: research-speech: team speech: lin@example\.com starts a Job as grant speech-eval: got closed/,
  },
  {
    id: 'platform-prefix-of-queue',
    description: "admission goes by the beginning of a queue's name",
    apply: (output) =>
      changeObject(
        output,
        { cluster: 'production', kind: 'ValidatingAdmissionPolicy', name: 'atoll-scaledjob-triggers' },
        (object) => {
          set(
            object,
            'spec.validations.2.expression',
            "object.spec.triggers.all(t, t.metadata['queueURL'].contains('/atoll-sample-' + variables.tenant) && t.metadata['awsRegion'] == 'eu-central-1' && !('awsEndpoint' in t.metadata))",
          );
        },
      ),
    expects:
      /open production: tenant-acme: tenant acme: a ScaledJob that asks KEDA for the (video|audio|text) queue of tenant acme-east/,
  },
];
