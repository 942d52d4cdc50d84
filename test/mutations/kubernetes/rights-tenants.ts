import { removeObject, type Mutation, type Place } from './edits';
import { faults } from './make';

const { changed, longer } = faults('rights');

const RECONCILER: Place = { cluster: 'production', kind: 'Role', name: 'reconciler', namespace: 'tenant-acme' };
const RECONCILED: Place = { cluster: 'production', kind: 'RoleBinding', name: 'reconciler', namespace: 'tenant-acme' };
const rule = (group: string, name: string, ...verbs: readonly string[]): object => ({
  apiGroups: [group],
  resources: [name],
  verbs,
});
const OF_ACME =
  'open production: RoleBinding tenant-acme/reconciler: ServiceAccount flux-system/tenant-acme-reconciler may';

const ruled = (id: string, description: string, place: Place, more: object, expects: RegExp): Mutation =>
  longer(id, description, place, 'rules', more, expects);

/** Faults of the rights of tenants' layers. */
export const TENANT_RIGHT_MUTATIONS: readonly Mutation[] = [
  ruled(
    'reconciler-secrets',
    "a tenant's layer reads Secrets",
    RECONCILER,
    rule('', 'secrets', 'get', 'list'),
    new RegExp(`${OF_ACME} get /secrets in tenant-acme: .*it reads Secrets`),
  ),
  ruled(
    'reconciler-everything',
    "a tenant's layer may do everything in its namespace",
    RECONCILER,
    rule('*', '*', '*'),
    new RegExp(`${OF_ACME} \\* \\*/\\* in tenant-acme: .*it everything`),
  ),
  ruled(
    'reconciler-pods',
    "a tenant's layer makes pods",
    RECONCILER,
    rule('', 'pods', 'create'),
    /may create \/pods in tenant-acme: .*it starts pods/,
  ),
  ruled(
    'reconciler-exec',
    "a tenant's layer enters pods",
    RECONCILER,
    rule('', 'pods/exec', 'create'),
    /may create \/pods\/exec in tenant-acme: .*it enters pods/,
  ),
  ruled(
    'reconciler-tokens',
    "a tenant's layer makes tokens",
    RECONCILER,
    rule('', 'serviceaccounts/token', 'create'),
    /one-lock-left production: tenant-acme: tenant acme: its own layer asks for a token of a service account: got 1 of 2 locks.*lost RBAC.*left admission of token requests/,
  ),
  ruled(
    'reconciler-network',
    "a tenant's layer changes its network policies",
    RECONCILER,
    rule('networking.k8s.io', 'networkpolicies', 'patch'),
    /it changes what pods may reach/,
  ),
  ruled(
    'reconciler-roles',
    "a tenant's layer gives rights",
    RECONCILER,
    rule('rbac.authorization.k8s.io', 'rolebindings', 'create'),
    /it gives rights/,
  ),
  ruled(
    'reconciler-escalate',
    "a tenant's layer gives rights that it does not have",
    RECONCILER,
    rule('rbac.authorization.k8s.io', 'roles', 'escalate', 'bind'),
    /may escalate .*it gives rights that it does not have/,
  ),
  ruled(
    'reconciler-credentials',
    "a tenant's layer writes credentials for KEDA",
    RECONCILER,
    rule('keda.sh', 'triggerauthentications', 'create', 'update'),
    /a TriggerAuthentication that has KEDA assume a role \(CREATE\): got 1 of 2 locks/,
  ),
  ruled(
    'reconciler-namespaces',
    'a rule of a namespace that names namespaces',
    RECONCILER,
    rule('', 'namespaces', 'update'),
    /may update \/namespaces in tenant-acme: .*it changes namespaces/,
  ),
  changed(
    'reconciler-less',
    "a tenant's layer may not write ScaledJobs",
    RECONCILER,
    'rules.0.verbs',
    ['get', 'list', 'watch'],
    /closed production: ServiceAccount flux-system\/tenant-acme-reconciler: .*may create keda\.sh\/scaledjobs in tenant-acme: got closed/,
  ),
  {
    id: 'rights-reconciler-unbound',
    description: "the account of a tenant's layer has no rights",
    apply: (output) => removeObject(output, RECONCILED),
    expects: /closed production: ServiceAccount flux-system\/tenant-acme-reconciler/,
  },
  changed(
    'reconciler-swapped',
    "another tenant's layer is bound in a tenant's namespace",
    RECONCILED,
    'subjects.0.name',
    'tenant-birch-reconciler',
    /open production: RoleBinding tenant-acme\/reconciler: ServiceAccount flux-system\/tenant-birch-reconciler may create keda\.sh\/scaledjobs in tenant-acme/,
  ),
  changed(
    'reconciler-pod',
    "a tenant's pods are bound in its namespace",
    RECONCILED,
    'subjects.0',
    { kind: 'ServiceAccount', name: 'pipeline', namespace: 'tenant-acme' },
    /open production: RoleBinding tenant-acme\/reconciler: ServiceAccount tenant-acme\/pipeline may/,
  ),
  changed(
    'reconciler-group',
    'all accounts are bound in a tenant’s namespace',
    RECONCILED,
    'subjects.0',
    { kind: 'Group', name: 'system:serviceaccounts', apiGroup: 'rbac.authorization.k8s.io' },
    /Group system:serviceaccounts may create keda\.sh\/scaledjobs in tenant-acme/,
  ),
  changed(
    'reconciler-other-role',
    'a binding names a role that is not there',
    RECONCILED,
    'roleRef.name',
    'gone',
    /not-understood RoleBinding tenant-acme\/reconciler: roleRef: got Role tenant-acme\/gone/,
  ),
  changed(
    'reconciler-built-in',
    'a binding names a role of Kubernetes',
    RECONCILED,
    'roleRef',
    { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit' },
    /not-understood RoleBinding tenant-acme\/reconciler: roleRef: got ClusterRole edit/,
  ),
  changed(
    'reconciler-cluster-admin',
    "a tenant's layer is an administrator of its namespace",
    RECONCILED,
    'roleRef',
    { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    /may \* \*\/\* in tenant-acme/,
  ),
];
