import { controllerNames, personUsername, tenantNames } from '../../../schema/names';
import type { Subject } from '../rbac/grants';

/** As whom a request comes: the user and groups that the API server sees. */
export interface Identity {
  readonly username: string;
  readonly groups: readonly string[];
}

/** Every signed-in user has it. */
const SIGNED_IN = 'system:authenticated';

export const account = (namespace: string, name: string): Identity => ({
  username: controllerNames.username(namespace, name),
  groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, SIGNED_IN],
});

export const person = (sessionName: string, ...groups: readonly string[]): Identity => ({
  username: personUsername(sessionName),
  groups: [...groups, SIGNED_IN],
});

const controller = (name: string): Identity => account('kube-system', name);

/** Kubernetes' own controllers, the platform's, and a tenant's own layer. */
export const identities = {
  jobController: controller('job-controller'),
  cronJobController: controller('cronjob-controller'),
  replicaSetController: controller('replicaset-controller'),
  namespaceController: controller('namespace-controller'),
  scheduler: { username: 'system:kube-scheduler', groups: [SIGNED_IN] },
  kubelet: { username: 'system:node:a-node', groups: ['system:nodes', SIGNED_IN] },
  addOnManager: { username: 'eks:addon-manager', groups: [SIGNED_IN] },
  keda: account(controllerNames.keda.namespace, controllerNames.keda.serviceAccount),
  kueue: account(controllerNames.kueue.namespace, controllerNames.kueue.serviceAccount),
  flux: account(controllerNames.flux.namespace, controllerNames.flux.kustomize),
  reconciler: (tenant: string): Identity => account(controllerNames.flux.namespace, tenantNames.reconciler(tenant)),
} as const;

/** The subjects of bindings that count for an identity. */
export function subjectsOf({ username, groups }: Identity): readonly Subject[] {
  const own = /^system:serviceaccount:([^:]+):(.+)$/.exec(username);
  return [
    own === null ? `User ${username}` : `ServiceAccount ${own[1] ?? ''}/${own[2] ?? ''}`,
    ...groups.map((group): Subject => `Group ${group}`),
  ];
}
