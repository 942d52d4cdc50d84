import { type Mutation, type Place } from './edits';
import { faults } from './make';

const { changed, removed, added } = faults('tenants');

const PLATFORM = 'tenants/acme/platform/objects.yaml';
const WORKLOADS = 'tenants/acme/workloads/objects.yaml';
const NAMESPACE: Place = { cluster: 'production', kind: 'Namespace', name: 'tenant-acme' };
const SQS: Place = { cluster: 'production', kind: 'TriggerAuthentication', name: 'sqs', namespace: 'tenant-acme' };
const ACCOUNT: Place = { cluster: 'production', kind: 'ServiceAccount', name: 'pipeline', namespace: 'tenant-acme' };
const LABEL = (key: string): string => `metadata.labels.${key.replaceAll('.', '\\.')}`;

/** Faults of a tenant's namespace and of what is in it. */
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
];
