import type { ClusterName } from '../../../../schema/vocabulary';
import type { ResourceRule } from '../../api/admission';

/**
 * Where the pod lies in a kind of object. A policy is made once per shape, so that the server can check its types, and a controller's
 * object is refused to the person who writes it: a pod refused later is heard by nobody but the controller, and KEDA counts its Job as
 * pending for ever.
 */
export interface PodShape {
  readonly id: 'pods' | 'templates' | 'cronjobs' | 'scaledjobs';
  readonly rules: readonly ResourceRule[];
  /** CEL of the PodSpec. */
  readonly pod: string;
}

const WRITE = ['CREATE', 'UPDATE'] as const;

const PODS: PodShape = {
  id: 'pods',
  rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: WRITE, resources: ['pods', 'pods/ephemeralcontainers'] }],
  pod: 'object.spec',
};
const TEMPLATES: PodShape = {
  id: 'templates',
  rules: [
    {
      apiGroups: ['apps'],
      apiVersions: ['v1'],
      operations: WRITE,
      resources: ['deployments', 'statefulsets', 'daemonsets', 'replicasets'],
    },
    { apiGroups: ['batch'], apiVersions: ['v1'], operations: WRITE, resources: ['jobs'] },
    { apiGroups: [''], apiVersions: ['v1'], operations: WRITE, resources: ['replicationcontrollers'] },
  ],
  pod: 'object.spec.template.spec',
};
const CRON_JOBS: PodShape = {
  id: 'cronjobs',
  rules: [{ apiGroups: ['batch'], apiVersions: ['v1'], operations: WRITE, resources: ['cronjobs'] }],
  pod: 'object.spec.jobTemplate.spec.template.spec',
};
const SCALED_JOBS: PodShape = {
  id: 'scaledjobs',
  rules: [{ apiGroups: ['keda.sh'], apiVersions: ['v1alpha1'], operations: WRITE, resources: ['scaledjobs'] }],
  pod: 'object.spec.jobTargetRef.template.spec',
};

/** The shapes that a cluster knows: KEDA runs on the production cluster only. */
export function podShapes(cluster: ClusterName): readonly PodShape[] {
  return cluster === 'production' ? [PODS, TEMPLATES, CRON_JOBS, SCALED_JOBS] : [PODS, TEMPLATES, CRON_JOBS];
}
