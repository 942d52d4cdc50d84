import { addObject, changeObject, changeText, type Mutation, type Place, removeObject, set, withText } from './edits';

const PLATFORM = 'tenants/acme/platform/objects.yaml';
const WORKLOADS = 'tenants/acme/workloads/objects.yaml';
const INDEX = 'index/acme.yaml';
const NAMESPACE: Place = { cluster: 'production', kind: 'Namespace', name: 'tenant-acme' };
const AUDIO: Place = { cluster: 'production', kind: 'ScaledJob', name: 'pipeline-audio', namespace: 'tenant-acme' };
const LAYER: Place = { cluster: 'production', kind: 'Kustomization', name: 'tenant-acme-workloads' };
const PLATFORM_LAYER: Place = { ...LAYER, name: 'tenant-acme-platform' };
const SOURCE: Place = { ...LAYER, kind: 'Bucket', name: 'tenant-acme' };
const SQS: Place = { ...AUDIO, kind: 'TriggerAuthentication', name: 'sqs' };
const ACCOUNT: Place = { ...AUDIO, kind: 'ServiceAccount', name: 'pipeline' };
const POD = 'spec.jobTargetRef.template.spec';
const NODE_TENANT = 'atoll\\.node-restriction\\.kubernetes\\.io/tenant';

const changed = (
  id: string,
  description: string,
  place: Place,
  path: string,
  value: unknown,
  expects: RegExp,
): Mutation => ({
  id: `tenants-${id}`,
  description,
  apply: (output) =>
    changeObject(output, place, (object) => {
      set(object, path, value);
    }),
  expects,
});

const removed = (id: string, description: string, place: Place, expects: RegExp): Mutation => ({
  id: `tenants-${id}`,
  description,
  apply: (output) => removeObject(output, place),
  expects,
});

const added = (id: string, description: string, key: string, object: unknown, expects: RegExp): Mutation => ({
  id: `tenants-${id}`,
  description,
  apply: (output) => addObject(output, 'production', key, object),
  expects,
});

const LABEL = (key: string): string => `metadata.labels.${key.replaceAll('.', '\\.')}`;

/** Faults of a tenant's namespace, of how Flux applies it, and of what runs in it. */
export const TENANT_MUTATIONS: readonly Mutation[] = [
  changed(
    'label-swapped',
    "a namespace carries another tenant's label",
    NAMESPACE,
    LABEL('atoll.dev/tenant'),
    'birch',
    /open production: Namespace tenant-acme: tenant acme: every policy goes by label atoll\.dev\/tenant: got birch, expected acme/,
  ),
  changed(
    'label-gone',
    'a namespace without its tenant',
    NAMESPACE,
    LABEL('atoll.dev/tenant'),
    undefined,
    /open production: tenant-acme: tenant acme: .*: got open, expected closed; .*no policy refuses it/,
  ),
  changed(
    'isolation-swapped',
    'a dedicated tenant is labelled as shared',
    NAMESPACE,
    LABEL('atoll.dev/isolation'),
    'shared',
    /a pod of tenant acme runs on a node of pool pipeline-shared: got open/,
  ),
  changed(
    'isolation-gone',
    'a namespace without its isolation',
    NAMESPACE,
    LABEL('atoll.dev/isolation'),
    undefined,
    /closed production: tenant-acme: tenant acme: pipeline audio runs on its queue: got closed/,
  ),
  changed(
    'pod-security-gone',
    'a namespace without Pod Security',
    NAMESPACE,
    LABEL('pod-security.kubernetes.io/enforce'),
    undefined,
    /open production: tenant-acme: tenant acme: a pod that shares the network of its node, by a ScaledJob that is made: got open/,
  ),
  changed(
    'pod-security-lower',
    'a namespace with a lower Pod Security',
    NAMESPACE,
    LABEL('pod-security.kubernetes.io/enforce'),
    'baseline',
    /label pod-security\.kubernetes\.io\/enforce: got baseline, expected restricted/,
  ),
  changed(
    'namespace-name',
    "a tenant's file makes another tenant's namespace",
    NAMESPACE,
    'metadata.name',
    'tenant-birch',
    /open production: Namespace tenant-birch: tenant acme: its files reach beyond tenant-acme/,
  ),
  removed(
    'namespace-gone',
    'a tenant without a namespace',
    NAMESPACE,
    /closed production: tenant-acme: tenant acme has a namespace: got closed/,
  ),
  removed(
    'account-gone',
    "the pipelines' account is gone",
    ACCOUNT,
    /closed production: tenant-acme: pods of tenant acme run as pipeline: got closed/,
  ),
  changed(
    'account-token',
    'an account whose pods get a token',
    ACCOUNT,
    'automountServiceAccountToken',
    true,
    /one-lock-left production: ServiceAccount tenant-acme\/pipeline: tenant acme: a pod gets a token/,
  ),
  changed(
    'account-role',
    'an account with a role in AWS',
    ACCOUNT,
    'metadata.annotations',
    { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::222222222222:role/atoll-sample-tenant-birch' },
    /open production: ServiceAccount tenant-acme\/pipeline: .*its pods take on another role in AWS/,
  ),
  changed(
    'account-secrets',
    'an account with Secrets',
    ACCOUNT,
    'secrets',
    [{ name: 'key' }],
    /not-understood production: ServiceAccount tenant-acme\/pipeline: serviceAccount: got the fields secrets/,
  ),
  added(
    'account-more',
    'an account that nobody declared',
    PLATFORM,
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'admin', namespace: 'tenant-acme' },
      automountServiceAccountToken: false,
    },
    /open production: ServiceAccount tenant-acme\/admin: tenant acme: got an account admin/,
  ),
  added(
    'other-namespace',
    "a tenant's file reaches into another's namespace",
    PLATFORM,
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'pipeline', namespace: 'tenant-birch' },
      automountServiceAccountToken: false,
    },
    /open production: ServiceAccount tenant-birch\/pipeline: tenant acme: its files reach beyond tenant-acme/,
  ),
  added(
    'cluster-role',
    "a tenant's file gives rights everywhere",
    PLATFORM,
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'acme' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', name: 'tenant-acme-reconciler', namespace: 'flux-system' }],
    },
    /not-understood production: ClusterRoleBinding acme: got the kind ClusterRoleBinding/,
  ),
  added(
    'secret',
    "a Secret in a tenant's file",
    PLATFORM,
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key', namespace: 'tenant-acme' } },
    /not-understood production: Secret tenant-acme\/key: got the kind Secret/,
  ),
  added(
    'service',
    'something of a tenant listens',
    WORKLOADS,
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'api', namespace: 'tenant-acme' }, spec: { selector: {} } },
    /lost nothing in its namespace listens: Service tenant-acme\/api does/,
  ),
  changed(
    'quota',
    'a tenant may have Services',
    { ...NAMESPACE, kind: 'ResourceQuota', name: 'tenant', namespace: 'tenant-acme' },
    'spec.hard.services',
    '1',
    /lost nothing in its namespace listens: its quota allows 1 Services/,
  ),
  changed(
    'suspended-quota',
    'a suspended tenant runs',
    { ...NAMESPACE, kind: 'ResourceQuota', name: 'tenant', namespace: 'tenant-cedar-health' },
    'spec.hard.pods',
    '4',
    /open production: tenant-cedar-health: tenant cedar-health is suspended and its pods run: got a quota of 4 pods/,
  ),
  changed(
    'credentials-role',
    'KEDA assumes a role for a tenant',
    SQS,
    'spec.podIdentity.roleArn',
    'arn:aws:iam::999999999999:role/other',
    /open production: TriggerAuthentication tenant-acme\/sqs: tenant acme: KEDA uses other credentials/,
  ),
  removed(
    'credentials-gone',
    'KEDA has no credentials',
    SQS,
    /closed production: tenant-acme: KEDA asks the queues of tenant acme: got closed/,
  ),
  removed(
    'pipeline-gone',
    'a pipeline is gone',
    AUDIO,
    /closed production: tenant-acme: tenant acme: pipeline audio runs on its queue: got closed, expected open; no ScaledJob/,
  ),
  changed(
    'queue-swapped',
    "a pipeline is on another tenant's queue",
    AUDIO,
    'spec.triggers.0.metadata.queueURL',
    'https://sqs.eu-central-1.amazonaws.com/222222222222/atoll-sample-birch-text',
    /open production: ScaledJob tenant-acme\/pipeline-audio: tenant acme: a ScaledJob is started by .*birch-text: got open/,
  ),
  changed(
    'node-swapped',
    "a pipeline asks for another tenant's nodes",
    AUDIO,
    `${POD}.nodeSelector.${NODE_TENANT}`,
    'birch',
    /closed production: tenant-acme: tenant acme: pipeline audio runs on its queue: .*ScaledJob is refused by atoll-tenant-placement-scaledjobs/,
  ),
  changed(
    'node-gone',
    'a pipeline asks for any nodes',
    AUDIO,
    `${POD}.nodeSelector`,
    undefined,
    /pipeline audio runs on its queue: .*ScaledJob is refused by atoll-tenant-placement-scaledjobs/,
  ),
  changed(
    'toleration-swapped',
    'a pipeline tolerates another pool',
    AUDIO,
    `${POD}.tolerations.0.value`,
    'pipeline-shared',
    /pipeline audio runs on its queue: .*a pod tolerates its own pool only/,
  ),
  changed(
    'account-swapped',
    'a pipeline runs as training',
    AUDIO,
    `${POD}.serviceAccountName`,
    'training',
    /open production: ScaledJob tenant-acme\/pipeline-audio: tenant acme: a pipeline runs as training/,
  ),
  changed(
    'account-default',
    'a pipeline runs as default',
    AUDIO,
    `${POD}.serviceAccountName`,
    'default',
    /ScaledJob is refused by atoll-accounts-scaledjobs/,
  ),
  changed(
    'image',
    'a pipeline of an image from elsewhere',
    AUDIO,
    `${POD}.containers.0.image`,
    'docker.io/library/worker:1',
    /ScaledJob is refused by atoll-images-scaledjobs/,
  ),
  changed(
    'host-network',
    'a pipeline shares the network of its node',
    AUDIO,
    `${POD}.hostNetwork`,
    true,
    /Pod is refused by Pod Security: hostNetwork/,
  ),
  changed(
    'port',
    'a pipeline has a port',
    AUDIO,
    `${POD}.containers.0.ports`,
    [{ containerPort: 8080 }],
    /lost nothing in its namespace listens: ScaledJob tenant-acme\/pipeline-audio has a port/,
  ),
  changed(
    'workload-namespace',
    "a workload names another tenant's namespace",
    AUDIO,
    'metadata.namespace',
    'tenant-birch',
    /the layer of tenant acme touches other namespaces: got 2 of 3 locks, expected all; lost the namespaces that its objects name/,
  ),
  added(
    'workload-kind',
    'a workload that the layer may not write',
    WORKLOADS,
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key', namespace: 'tenant-acme' } },
    /closed production: Secret tenant-acme\/key: Flux applies the layer of tenant acme: got closed, expected open; its account may not write Secret/,
  ),
  added(
    'pipeline-more',
    'a suspended tenant has a pipeline',
    'tenants/cedar-health/workloads/objects.yaml',
    {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledJob',
      metadata: { name: 'more', namespace: 'tenant-cedar-health' },
      spec: { triggers: [], jobTargetRef: { template: { spec: { serviceAccountName: 'pipeline' } } } },
    },
    /open production: ScaledJob tenant-cedar-health\/more: tenant cedar-health: a ScaledJob is started by nothing: got open, expected no ScaledJob/,
  ),
  changed(
    'layer-account-gone',
    "a tenant's layer without an account",
    LAYER,
    'spec.serviceAccountName',
    undefined,
    /one-lock-left production: Kustomization flux-system\/tenant-acme-workloads: the layer of tenant acme touches other namespaces: got 2 of 3 locks, expected all; lost the account of the layer: it names none/,
  ),
  changed(
    'layer-account-swapped',
    "a tenant's layer as another tenant's account",
    LAYER,
    'spec.serviceAccountName',
    'tenant-birch-reconciler',
    /lost the account of the layer: it is applied as tenant-birch-reconciler, expected tenant-acme-reconciler/,
  ),
  changed(
    'layer-account-flux',
    "a tenant's layer as Flux itself",
    LAYER,
    'spec.serviceAccountName',
    'kustomize-controller',
    /it is applied as kustomize-controller/,
  ),
  changed(
    'layer-target-gone',
    "a tenant's layer in whatever namespace it names",
    LAYER,
    'spec.targetNamespace',
    undefined,
    /lost the target namespace of the layer: got none, expected tenant-acme/,
  ),
  changed(
    'layer-target-swapped',
    "a tenant's layer in another tenant's namespace",
    LAYER,
    'spec.targetNamespace',
    'tenant-birch',
    /lost the target namespace of the layer: got tenant-birch, expected tenant-acme/,
  ),
  changed(
    'layer-path',
    "a tenant's layer of another tenant's files",
    LAYER,
    'spec.path',
    './tenants/birch/workloads',
    /open production: Kustomization flux-system\/tenant-acme-workloads: tenant acme: Flux applies another layer than the tenant's: path/,
  ),
  changed(
    'layer-source',
    "a tenant's layer from another tenant's source",
    LAYER,
    'spec.sourceRef.name',
    'tenant-birch',
    /Flux applies another layer than the tenant's: source: got "flux-system\/tenant-birch"/,
  ),
  changed(
    'layer-source-namespace',
    "a tenant's layer from a source of another namespace",
    LAYER,
    'spec.sourceRef.namespace',
    'tenant-acme',
    /source: got "tenant-acme\/tenant-acme"/,
  ),
  changed(
    'layer-kubeconfig',
    "a tenant's layer with credentials of its own",
    LAYER,
    'spec.kubeConfig',
    { secretRef: { name: 'key' } },
    /not-understood Kustomization flux-system\/tenant-acme-workloads: .*got the fields kubeConfig/,
  ),
  changed(
    'layer-patches',
    "a tenant's layer that is patched",
    LAYER,
    'spec.patches',
    [{ patch: '' }],
    /not-understood .*got the fields patches/,
  ),
  changed(
    'platform-layer-account',
    "the platform's layer as the tenant's account",
    PLATFORM_LAYER,
    'spec.serviceAccountName',
    'tenant-acme-reconciler',
    /Flux applies another layer than the tenant's: account/,
  ),
  changed(
    'platform-layer-path',
    "the platform's layer of the tenant's own files",
    PLATFORM_LAYER,
    'spec.path',
    './tenants/acme/workloads',
    /Flux applies another layer than the tenant's: path/,
  ),
  removed(
    'layer-gone',
    "a tenant's layer is not applied",
    LAYER,
    /closed production: Kustomization flux-system\/tenant-acme-workloads: Flux applies the layer of tenant acme: got closed/,
  ),
  changed(
    'source-prefix',
    "a tenant's files come from a prefix of another's",
    SOURCE,
    'spec.prefix',
    'tenants/',
    /open production: Bucket flux-system\/tenant-acme: tenant acme: its files come from elsewhere: prefix/,
  ),
  changed(
    'source-bucket',
    "a tenant's files come from another bucket",
    SOURCE,
    'spec.bucketName',
    'somewhere',
    /its files come from elsewhere: bucket: got "somewhere"/,
  ),
  changed(
    'source-secret',
    "a tenant's source has credentials of its own",
    SOURCE,
    'spec.secretRef',
    { name: 'key' },
    /not-understood Bucket flux-system\/tenant-acme: .*got the fields secretRef/,
  ),
  added(
    'index-more',
    'a tenant’s index has Flux apply more',
    INDEX,
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'more', namespace: 'flux-system' } },
    /open production: ServiceAccount flux-system\/more: tenant acme: its index has Flux apply what is not the tenant's/,
  ),
  added(
    'collision',
    'two tenants write one object',
    INDEX,
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'Bucket',
      metadata: { name: 'tenant-birch', namespace: 'flux-system' },
      spec: { provider: 'aws', bucketName: 'b', endpoint: 'e', interval: '1m' },
    },
    /open production: Bucket flux-system\/tenant-birch: got the same object from tenant acme and from tenant birch/,
  ),
  {
    id: 'tenants-not-yaml',
    description: 'a file that is no YAML',
    apply: (output) => changeText(output, 'production', PLATFORM, 'kind: Namespace', 'kind: [Namespace'),
    expects: /not-understood production\/tenants\/acme\/platform: is no YAML that can be read/,
  },
  {
    id: 'tenants-key-twice',
    description: 'a field twice',
    apply: (output) =>
      changeText(output, 'production', PLATFORM, 'kind: Namespace\n', 'kind: Namespace\nkind: Namespace\n'),
    expects: /not-understood production\/tenants\/acme\/platform: is no YAML that can be read: Map keys must be unique/,
  },
  {
    id: 'tenants-no-kind',
    description: 'an object without a kind',
    apply: (output) => changeText(output, 'production', WORKLOADS, 'kind: ConfigMap\n', ''),
    expects:
      /not-understood production\/tenants\/acme\/workloads: got .*allowed objects with apiVersion, kind and metadata\.name/,
  },
  {
    id: 'tenants-file-gone',
    description: 'a file is gone',
    apply: (output) => ({ ...output, objects: output.objects.filter(({ key }) => key !== PLATFORM) }),
    expects: /not-understood production\/tenants\/acme\/platform\/objects\.yaml: got no such file/,
  },
  {
    id: 'tenants-file-more',
    description: 'a file of a tenant that there is not',
    apply: (output) => {
      const file = output.objects.find(({ key }) => key === PLATFORM);
      return file === undefined
        ? output
        : { ...output, objects: [...output.objects, { ...file, key: 'tenants/zenith/platform/objects.yaml' }] };
    },
    expects:
      /not-understood production\/tenants\/zenith\/platform\/objects\.yaml: got a file that belongs to no tenant/,
  },
  {
    id: 'tenants-description',
    description: 'other words in a ConfigMap',
    apply: (output) => {
      const file = output.objects.find(({ key }) => key === WORKLOADS);
      return file === undefined
        ? output
        : withText(output, file, file.text().replace('state: active', 'state: "active"'));
    },
    expects: /nothing/,
    noChange: 'the same text, quoted',
  },
];
