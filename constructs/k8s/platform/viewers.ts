import type { Environment } from '../../../schema/model';
import { clusterObjectNames, controllerNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { labelSet } from '../label-set';
import type { PolicyRule, Role, RoleBinding, Subject, Verb } from '../namespace/role';
import type { KubernetesObject } from '../object';

const READ: readonly Verb[] = ['get', 'list', 'watch'];
const RBAC = 'rbac.authorization.k8s.io';

/**
 * What the platform's engineers see of a whole cluster. EKS's own view policy is like Kubernetes'
 * `view`, which reads the output of every pod, and a tenant's pods speak of the tenant's data: here nobody reads a tenant's or a team's output by the API server. Secrets are nobody's either.
 */
const EVERYWHERE: readonly PolicyRule[] = [
  {
    apiGroups: [''],
    resources: [
      'configmaps',
      'events',
      'limitranges',
      'namespaces',
      'nodes',
      'persistentvolumeclaims',
      'persistentvolumes',
      'pods',
      'resourcequotas',
      'serviceaccounts',
      'services',
    ],
    verbs: READ,
  },
  { apiGroups: ['apps'], resources: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'], verbs: READ },
  { apiGroups: ['batch'], resources: ['cronjobs', 'jobs'], verbs: READ },
  { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: READ },
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: READ },
  { apiGroups: ['scheduling.k8s.io'], resources: ['priorityclasses'], verbs: READ },
  { apiGroups: [RBAC], resources: ['clusterrolebindings', 'clusterroles', 'rolebindings', 'roles'], verbs: READ },
  {
    apiGroups: ['admissionregistration.k8s.io'],
    resources: ['validatingadmissionpolicies', 'validatingadmissionpolicybindings', 'validatingwebhookconfigurations'],
    verbs: READ,
  },
  { apiGroups: ['karpenter.sh'], resources: ['nodeclaims', 'nodepools'], verbs: READ },
  { apiGroups: ['karpenter.k8s.aws'], resources: ['ec2nodeclasses'], verbs: READ },
  { apiGroups: ['keda.sh'], resources: ['scaledjobs', 'triggerauthentications'], verbs: READ },
  {
    apiGroups: ['kueue.x-k8s.io'],
    resources: ['clusterqueues', 'cohorts', 'localqueues', 'resourceflavors', 'workloadpriorityclasses', 'workloads'],
    verbs: READ,
  },
  { apiGroups: ['source.toolkit.fluxcd.io'], resources: ['buckets', 'ocirepositories'], verbs: READ },
  { apiGroups: ['kustomize.toolkit.fluxcd.io'], resources: ['kustomizations'], verbs: READ },
  { apiGroups: ['helm.toolkit.fluxcd.io'], resources: ['helmreleases'], verbs: READ },
];

/** The output of the controllers says why a node does not come up, and nothing of a tenant. */
const CONTROLLERS_OUTPUT: readonly PolicyRule[] = [{ apiGroups: [''], resources: ['pods/log'], verbs: ['get'] }];

interface ClusterRole extends KubernetesObject {
  readonly apiVersion: 'rbac.authorization.k8s.io/v1';
  readonly kind: 'ClusterRole';
  readonly rules: readonly PolicyRule[];
}

interface ClusterRoleBinding extends KubernetesObject {
  readonly apiVersion: 'rbac.authorization.k8s.io/v1';
  readonly kind: 'ClusterRoleBinding';
  readonly roleRef: { readonly apiGroup: typeof RBAC; readonly kind: 'ClusterRole'; readonly name: string };
  readonly subjects: readonly Subject[];
}

/** The rights of the viewers' group, to which their access entries map. */
export function viewerObjects(env: Environment, cluster: ClusterName): readonly KubernetesObject[] {
  const name = clusterObjectNames.viewersGroup;
  const labels = labelSet({ env, name, owner: 'platform' });
  const subjects: readonly Subject[] = [{ kind: 'Group', name, apiGroup: RBAC }];
  const { flux, karpenter, keda, kueue } = controllerNames;
  const namespaces = [flux, karpenter, kueue, ...(cluster === 'production' ? [keda] : [])].map(
    (each) => each.namespace,
  );
  const apiVersion = `${RBAC}/v1` as const;
  const everywhere: readonly (ClusterRole | ClusterRoleBinding)[] = [
    { apiVersion, kind: 'ClusterRole', metadata: { name, labels }, rules: EVERYWHERE },
    {
      apiVersion,
      kind: 'ClusterRoleBinding',
      metadata: { name, labels },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name },
      subjects,
    },
  ];
  const output = namespaces.flatMap((namespace): readonly (Role | RoleBinding)[] => {
    const metadata = { name, namespace, labels };
    return [
      { apiVersion, kind: 'Role', metadata, rules: CONTROLLERS_OUTPUT },
      { apiVersion, kind: 'RoleBinding', metadata, roleRef: { apiGroup: RBAC, kind: 'Role', name }, subjects },
    ];
  });
  return [...everywhere, ...output];
}
