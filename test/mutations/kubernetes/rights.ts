import {
  addObject,
  at,
  changeObject,
  changeStack,
  type Mutation,
  type Place,
  removeObject,
  resource,
  set,
} from './edits';

const PLATFORM = 'platform/10-controllers/objects.yaml';
const RECONCILER: Place = { cluster: 'production', kind: 'Role', name: 'reconciler', namespace: 'tenant-acme' };
const RECONCILED: Place = { ...RECONCILER, kind: 'RoleBinding' };
const TEAM: Place = { cluster: 'research', kind: 'Role', name: 'team', namespace: 'research-speech' };
const TEAM_BOUND: Place = { ...TEAM, kind: 'RoleBinding' };
const VIEWERS: Place = { cluster: 'production', kind: 'ClusterRole', name: 'atoll-viewers' };

const rule = (group: string, resource: string, ...verbs: readonly string[]): object => ({
  apiGroups: [group],
  resources: [resource],
  verbs,
});

/** One more rule of a role. */
const ruled = (id: string, description: string, place: Place, more: object, expects: RegExp): Mutation => ({
  id: `rights-${id}`,
  description,
  apply: (output) =>
    changeObject(output, place, (role) => {
      set(role, 'rules', [...(at(role, 'rules') as readonly object[]), more]);
    }),
  expects,
});

const changed = (
  id: string,
  description: string,
  place: Place,
  path: string,
  value: unknown,
  expects: RegExp,
): Mutation => ({
  id: `rights-${id}`,
  description,
  apply: (output) =>
    changeObject(output, place, (object) => {
      set(object, path, value);
    }),
  expects,
});

const bound = (id: string, description: string, subject: object, role: string, expects: RegExp): Mutation => ({
  id: `rights-${id}`,
  description,
  apply: (output) =>
    addObject(output, 'production', PLATFORM, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'added' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: [subject],
    }),
  expects,
});

const entry = (
  id: string,
  description: string,
  change: (properties: Record<string, unknown>) => void,
  expects: RegExp,
): Mutation => ({
  id: `rights-${id}`,
  description,
  apply: (output) =>
    changeStack(output, 'research-cluster', (resources) => {
      change(
        resource(resources, 'AWS::EKS::AccessEntry', ({ KubernetesGroups }) =>
          JSON.stringify(KubernetesGroups ?? '').includes('research-speech'),
        ),
      );
    }),
  expects,
});

const OF_ACME =
  'open production: RoleBinding tenant-acme/reconciler: ServiceAccount flux-system/tenant-acme-reconciler may';

/** Faults of RBAC and of who comes to the API server. */
export const RIGHTS_MUTATIONS: readonly Mutation[] = [
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
  bound(
    'viewers-admin',
    'viewers are administrators',
    { kind: 'Group', name: 'atoll-viewers', apiGroup: 'rbac.authorization.k8s.io' },
    'cluster-admin',
    /open production: ClusterRoleBinding added: Group atoll-viewers may \* \*\/\* in every namespace/,
  ),
  bound(
    'signed-in',
    'everyone who is signed in sees what viewers see',
    { kind: 'Group', name: 'system:authenticated', apiGroup: 'rbac.authorization.k8s.io' },
    'atoll-viewers',
    /Group system:authenticated may list \/pods in every namespace: got open/,
  ),
  bound(
    'anonymous',
    'nobody in particular sees what viewers see',
    { kind: 'User', name: 'system:anonymous', apiGroup: 'rbac.authorization.k8s.io' },
    'atoll-viewers',
    /User system:anonymous may list \/pods in every namespace: got open/,
  ),
  bound(
    'layer-everywhere',
    "a tenant's layer has rights in every namespace",
    {
      kind: 'User',
      name: 'system:serviceaccount:flux-system:tenant-acme-reconciler',
      apiGroup: 'rbac.authorization.k8s.io',
    },
    'cluster-admin',
    /the layer of tenant acme touches other namespaces: got 2 of 3 locks.*ClusterRoleBinding added lets it \* \*\/\* beyond tenant-acme/,
  ),
  bound(
    'pods-everywhere',
    "a tenant's pods have rights",
    { kind: 'ServiceAccount', name: 'training', namespace: 'tenant-acme' },
    'atoll-viewers',
    /pods of tenant acme reach the API server and the system nodes: got 1 of 2 locks.*lost the identity of the pod/,
  ),
  ruled(
    'viewers-secrets',
    'viewers read Secrets',
    VIEWERS,
    rule('', 'secrets', 'get'),
    /Group atoll-viewers may get \/secrets in every namespace: .*it reads Secrets/,
  ),
  ruled(
    'viewers-output',
    "viewers read tenants' output",
    VIEWERS,
    rule('', 'pods/log', 'get'),
    /Group atoll-viewers may get \/pods\/log in every namespace: .*it reads pods' output/,
  ),
  ruled(
    'viewers-any-read',
    'viewers read whatever there is',
    VIEWERS,
    rule('*', '*', 'get', 'list'),
    /Group atoll-viewers may get \*\/\* in every namespace/,
  ),
  ruled(
    'viewers-impersonate',
    'viewers take on the identity of others',
    VIEWERS,
    rule('', 'serviceaccounts', 'impersonate'),
    /it takes on the identity of others/,
  ),
  ruled(
    'viewers-nodes',
    'viewers write nodes',
    VIEWERS,
    rule('', 'nodes', 'patch'),
    /may patch \/nodes in every namespace: .*it places pods/,
  ),
  ruled(
    'viewers-kubelet',
    'viewers reach kubelets through the API server',
    VIEWERS,
    rule('', 'nodes/proxy', 'get'),
    /may get \/nodes\/proxy in every namespace: .*it enters pods/,
  ),
  ruled(
    'viewers-admission',
    'viewers change admission',
    VIEWERS,
    rule('admissionregistration.k8s.io', 'validatingadmissionpolicybindings', 'delete'),
    /it changes admission/,
  ),
  ruled(
    'viewers-namespaces',
    'viewers change namespaces',
    VIEWERS,
    rule('', 'namespaces', 'patch', 'update'),
    /tenant acme: a viewer changes label atoll\.dev\/tenant of tenant-acme: got 1 of 2 locks.*left admission of namespaces/,
  ),
  ruled(
    'viewers-flux',
    'viewers have Flux apply things',
    VIEWERS,
    rule('kustomize.toolkit.fluxcd.io', 'kustomizations', 'patch'),
    /it has Flux apply things/,
  ),
  ruled(
    'viewers-jobs',
    'viewers make Jobs',
    VIEWERS,
    rule('batch', 'jobs', 'create'),
    /tenant acme: a viewer starts a pod by a Job in tenant-acme: got 1 of 2 locks/,
  ),
  ruled(
    'viewers-unknown',
    'viewers write what the proof has no word for',
    VIEWERS,
    rule('example.com', 'things', 'create'),
    /it uses a right that the proof has no word for/,
  ),
  {
    id: 'rights-viewers-gone',
    description: 'viewers see nothing',
    apply: (output) => removeObject(output, { ...VIEWERS, kind: 'ClusterRoleBinding' }),
    expects: /closed production: Group atoll-viewers: .*may get \/pods in every namespace/,
  },
  changed(
    'viewers-field',
    'a field of a role that the proof does not know',
    VIEWERS,
    'aggregationRule',
    { clusterRoleSelectors: [{}] },
    /not-understood ClusterRole atoll-viewers: role: got the fields aggregationRule/,
  ),
  ruled(
    'team-patch',
    "a team's people start Jobs past Kueue",
    TEAM,
    rule('batch', 'jobs', 'patch', 'update'),
    /team speech: a person starts a Job that waits: got 1 of 2 locks/,
  ),
  ruled(
    'team-pods',
    "a team's people make pods",
    TEAM,
    rule('', 'pods', 'create'),
    /team speech: a person of its own makes a pod: got 1 of 2 locks/,
  ),
  ruled(
    'team-cron',
    "a team's people make CronJobs, for which nobody asks for the grant's people",
    TEAM,
    rule('batch', 'cronjobs', 'create'),
    /a person whom grant speech-eval does not name starts a CronJob as it: got open/,
  ),
  ruled(
    'team-exec',
    "a team's people enter pods",
    TEAM,
    rule('', 'pods/exec', 'create'),
    /Group research-speech may create \/pods\/exec in research-speech/,
  ),
  ruled(
    'team-accounts',
    "a team's people write accounts",
    TEAM,
    rule('', 'serviceaccounts', 'create'),
    /it changes accounts and Secrets/,
  ),
  changed(
    'team-swapped',
    "another team's people are bound",
    TEAM_BOUND,
    'subjects.0.name',
    'research-language',
    /team speech: a person of team language makes a Job: got open, expected closed; RBAC/,
  ),
  changed(
    'team-less',
    "a team's people may not make Jobs",
    TEAM,
    'rules.0.verbs',
    ['get', 'list', 'watch'],
    /closed research: Group research-speech: .*may create batch\/jobs in research-speech/,
  ),
  entry(
    'entry-group',
    "a team's people come as another team's",
    (properties) => {
      set(properties, 'KubernetesGroups', ['research-language']);
    },
    /open research-cluster: \w+: access entry STANDARD .*research-speech.* in research-language: got open/,
  ),
  entry(
    'entry-administrator',
    "a team's people come as administrators",
    (properties) => {
      set(properties, 'AccessPolicies', [
        {
          AccessScope: { Type: 'cluster' },
          PolicyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
        },
      ]);
    },
    /with arn:aws:eks::aws:cluster-access-policy\/AmazonEKSClusterAdminPolicy on cluster in research-speech: got open/,
  ),
  entry(
    'entry-name',
    "a team's people come without their names",
    (properties) => {
      set(properties, 'Username', undefined);
    },
    /access entry STANDARD .*: got open, expected closed/,
  ),
  entry(
    'entry-principal',
    "another role comes as a team's people",
    (properties) => {
      set(properties, 'PrincipalArn', 'arn:aws:iam::999999999999:role/other');
    },
    /access entry STANDARD arn:aws:iam::999999999999:role\/other as person:/,
  ),
  {
    id: 'rights-entry-gone',
    description: "a team's people do not come in",
    apply: (output) =>
      changeStack(output, 'research-cluster', (resources) => {
        const found = Object.entries(resources).find(([, { Properties = {} }]) =>
          JSON.stringify(Properties['KubernetesGroups'] ?? '').includes('research-speech'),
        );
        delete resources[found?.[0] ?? ''];
      }),
    expects: /closed research-cluster: access entry STANDARD .*research-speech: got closed/,
  },
  ...(['AuthenticationMode', 'BootstrapClusterCreatorAdminPermissions'] as const).map((field): Mutation => ({
    id: `rights-${field.toLowerCase()}`,
    description: `the cluster's ${field} opens another way in`,
    apply: (output) =>
      changeStack(output, 'production-cluster', (resources) => {
        set(
          resource(resources, 'AWS::EKS::Cluster'),
          `AccessConfig.${field}`,
          field === 'AuthenticationMode' ? 'API_AND_CONFIG_MAP' : true,
        );
      }),
    expects:
      field === 'AuthenticationMode'
        ? /whoever writes the ConfigMap aws-auth comes in/
        : /CloudFormation's role is an administrator/,
  })),
];
