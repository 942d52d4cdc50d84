import { type Report, shown, type Subject } from './subject';

type Scope = 'cluster' | 'namespace';

const of = (scope: Scope, group: string, kinds: readonly string[]): [string, Scope][] =>
  kinds.map((kind) => [`${group}/${kind}`, scope]);

/**
 * Every kind that a chart may render, by API group, with its scope. A kind that is missing is a fault rather than a guess: a namespace
 * on a cluster-scoped object is dropped by the API server without a word, and Flux then prunes and applies it in turns.
 */
const SCOPES: ReadonlyMap<string, Scope> = new Map([
  ...of('cluster', '', ['Namespace', 'PersistentVolume']),
  ...of('namespace', '', [
    'ConfigMap',
    'Endpoints',
    'LimitRange',
    'PersistentVolumeClaim',
    'Pod',
    'ResourceQuota',
    'Secret',
    'Service',
    'ServiceAccount',
  ]),
  ...of('namespace', 'apps', ['DaemonSet', 'Deployment', 'StatefulSet']),
  ...of('namespace', 'batch', ['CronJob', 'Job']),
  ...of('namespace', 'autoscaling', ['HorizontalPodAutoscaler']),
  ...of('namespace', 'policy', ['PodDisruptionBudget']),
  ...of('namespace', 'networking.k8s.io', ['Ingress', 'NetworkPolicy']),
  ...of('cluster', 'networking.k8s.io', ['IngressClass']),
  ...of('namespace', 'rbac.authorization.k8s.io', ['Role', 'RoleBinding']),
  ...of('cluster', 'rbac.authorization.k8s.io', ['ClusterRole', 'ClusterRoleBinding']),
  ...of('cluster', 'scheduling.k8s.io', ['PriorityClass']),
  ...of('cluster', 'storage.k8s.io', ['CSIDriver', 'StorageClass', 'VolumeAttributesClass']),
  ...of('cluster', 'node.k8s.io', ['RuntimeClass']),
  ...of('cluster', 'apiextensions.k8s.io', ['CustomResourceDefinition']),
  ...of('cluster', 'admissionregistration.k8s.io', [
    'MutatingAdmissionPolicy',
    'MutatingAdmissionPolicyBinding',
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
  ]),
  ...of('cluster', 'karpenter.sh', ['NodeClaim', 'NodePool']),
  ...of('cluster', 'karpenter.k8s.aws', ['EC2NodeClass']),
  ...of('cluster', 'kueue.x-k8s.io', [
    'AdmissionCheck',
    'ClusterQueue',
    'Cohort',
    'ProvisioningRequestConfig',
    'ResourceFlavor',
    'Topology',
    'WorkloadPriorityClass',
  ]),
  ...of('namespace', 'kueue.x-k8s.io', ['LocalQueue']),
  ...of('namespace', 'keda.sh', ['ScaledJob', 'ScaledObject', 'TriggerAuthentication']),
  ...of('cluster', 'keda.sh', ['ClusterTriggerAuthentication']),
  ...of('namespace', 'source.toolkit.fluxcd.io', [
    'Bucket',
    'ExternalArtifact',
    'GitRepository',
    'HelmChart',
    'HelmRepository',
    'OCIRepository',
  ]),
  ...of('namespace', 'source.extensions.fluxcd.io', ['ArtifactGenerator']),
  ...of('namespace', 'kustomize.toolkit.fluxcd.io', ['Kustomization']),
  ...of('namespace', 'helm.toolkit.fluxcd.io', ['HelmRelease']),
  ...of('namespace', 'notification.toolkit.fluxcd.io', ['Alert', 'Provider', 'Receiver']),
  ...of('cluster', 'eks.amazonaws.com', ['NodeClass']),
  ...of('namespace', 'networking.k8s.aws', ['PolicyEndpoint']),
]);

/** Kinds that exist, in the scope that they have. */
export function scopeFaults(subject: Subject, report: Report): void {
  const group = subject.apiVersion.includes('/') ? subject.apiVersion.slice(0, subject.apiVersion.indexOf('/')) : '';
  const scope = SCOPES.get(`${group}/${subject.kind}`);
  if (scope === undefined) {
    report(
      `kind: got ${shown(subject.kind)} of ${shown(subject.apiVersion)}, allowed the kinds of constructs/guards/objects/kinds.ts; add it there with its scope`,
    );
  } else if (scope === 'cluster' && subject.namespace !== undefined) {
    report(
      `metadata.namespace: got ${shown(subject.namespace)}, allowed none on the cluster-scoped ${subject.kind}; remove it`,
    );
  } else if (scope === 'namespace' && subject.namespace === undefined) {
    report(`metadata.namespace: got nothing, allowed a namespace on a ${subject.kind}; name it on the object`);
  }
}
