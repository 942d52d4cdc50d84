import { removeObject, type Mutation, type Place } from './edits';
import { faults } from './make';

const { changed, longer, added } = faults('rights');

const PLATFORM = 'platform/10-controllers/objects.yaml';
const TEAM: Place = { cluster: 'research', kind: 'Role', name: 'team', namespace: 'research-speech' };
const TEAM_BOUND: Place = { cluster: 'research', kind: 'RoleBinding', name: 'team', namespace: 'research-speech' };
const VIEWERS: Place = { cluster: 'production', kind: 'ClusterRole', name: 'atoll-viewers' };
const rule = (group: string, name: string, ...verbs: readonly string[]): object => ({
  apiGroups: [group],
  resources: [name],
  verbs,
});

const ruled = (id: string, description: string, place: Place, more: object, expects: RegExp): Mutation =>
  longer(id, description, place, 'rules', more, expects);

/** A group or an account bound in every namespace. */
const bound = (id: string, description: string, subject: object, role: string, expects: RegExp): Mutation =>
  added(
    id,
    description,
    PLATFORM,
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'added' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: [subject],
    },
    expects,
  );

/** Faults of the rights of viewers, of teams and of everybody. */
export const RIGHTS_MUTATIONS: readonly Mutation[] = [
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
];
