import type { Construct } from 'constructs';
import {
  ApiResource,
  ClusterRole,
  ClusterRoleBinding,
  Group,
  type IClusterRole,
  type IRole,
  Role,
  RoleBinding,
} from 'cdk8s-plus-28';
import type { Environment } from '../../../schema/model';
import { clusterObjectNames, controllerNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { labelSet } from '../label-set';

/**
 * What the platform's engineers see of a whole cluster. EKS's own view policy is like Kubernetes'
 * `view`, which reads the output of every pod, and a tenant's pods speak of the tenant's data: here nobody reads a tenant's or a
 * team's output by the API server. Secrets are nobody's either.
 */
const EVERYWHERE: Readonly<Record<string, readonly string[]>> = {
  '': [
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
  apps: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'],
  batch: ['cronjobs', 'jobs'],
  'networking.k8s.io': ['networkpolicies'],
  policy: ['poddisruptionbudgets'],
  'scheduling.k8s.io': ['priorityclasses'],
  'rbac.authorization.k8s.io': ['clusterrolebindings', 'clusterroles', 'rolebindings', 'roles'],
  'admissionregistration.k8s.io': [
    'validatingadmissionpolicies',
    'validatingadmissionpolicybindings',
    'validatingwebhookconfigurations',
  ],
  'karpenter.sh': ['nodeclaims', 'nodepools'],
  'karpenter.k8s.aws': ['ec2nodeclasses'],
  'keda.sh': ['scaledjobs', 'triggerauthentications'],
  'kueue.x-k8s.io': [
    'clusterqueues',
    'cohorts',
    'localqueues',
    'resourceflavors',
    'workloadpriorityclasses',
    'workloads',
  ],
  'source.toolkit.fluxcd.io': ['buckets', 'ocirepositories'],
  'kustomize.toolkit.fluxcd.io': ['kustomizations'],
  'helm.toolkit.fluxcd.io': ['helmreleases'],
};

/**
 * The rights of the viewers' group, to which their access entries map. The library's classes and interfaces differ in an optional
 * member, which is all that the casts bridge.
 */
export function viewers(scope: Construct, env: Environment, cluster: ClusterName): void {
  const name = clusterObjectNames.viewersGroup;
  const labels = labelSet({ env, name, owner: 'platform' });
  const group = Group.fromName(scope, 'viewers', name);
  const everything = new ClusterRole(scope, 'viewers-role', { metadata: { name, labels } });
  for (const [apiGroup, resources] of Object.entries(EVERYWHERE)) {
    everything.allowRead(...resources.map((resourceType) => ApiResource.custom({ apiGroup, resourceType })));
  }
  new ClusterRoleBinding(scope, 'viewers-binding', {
    metadata: { name, labels },
    role: everything as IClusterRole,
  }).addSubjects(group);

  // The output of the controllers says why a node does not come up, and nothing of a tenant.
  const { flux, karpenter, keda, kueue } = controllerNames;
  for (const { namespace } of [flux, karpenter, kueue, ...(cluster === 'production' ? [keda] : [])]) {
    const metadata = { name, namespace, labels };
    const output = new Role(scope, `viewers-role-${namespace}`, { metadata });
    output.allowGet(ApiResource.custom({ apiGroup: '', resourceType: 'pods/log' }));
    new RoleBinding(scope, `viewers-binding-${namespace}`, { metadata, role: output as IRole }).addSubjects(group);
  }
}
