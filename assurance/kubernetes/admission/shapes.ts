import type { Fields } from '../objects/kubernetes-object';
import { madeFrom, textOf } from './text-of';

const NOTHING: Fields = {};
/** What a Job that asks for nothing special takes at most: less than any pool allows. */
const JOB_SECONDS = 3600;

/** A kind of object that is a pod or makes pods, and how it holds one. */
export interface Shape {
  readonly kind: string;
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  /** The object around a pod's spec; `more` goes into its own spec. */
  readonly around: (pod: Fields, labels: Fields, more?: Fields) => Fields;
}

function shape(kind: string, apiVersion: string, resource: string, spec: (pod: Fields, more: Fields) => Fields): Shape {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  return {
    kind,
    group: group ?? '',
    version: version ?? '',
    resource,
    around: (pod, labels, more = NOTHING) =>
      madeFrom(
        { apiVersion, kind, metadata: { name: 'made-up', labels }, spec: spec(pod, more) },
        kind,
        textOf(pod),
        textOf(labels),
        textOf(more),
      ),
  };
}

const template = (pod: Fields, more: Fields): Fields => ({ ...more, template: { metadata: {}, spec: pod } });
const selected = (pod: Fields, more: Fields): Fields => ({ selector: {}, ...template(pod, more) });

/** Every kind through which the API server, KEDA or a controller of Kubernetes starts pods. */
export const shapes = {
  pod: shape('Pod', 'v1', 'pods', (pod) => pod),
  job: shape('Job', 'batch/v1', 'jobs', (pod, more) => template(pod, { activeDeadlineSeconds: JOB_SECONDS, ...more })),
  cronJob: shape('CronJob', 'batch/v1', 'cronjobs', (pod, more) => ({
    schedule: '0 0 * * *',
    jobTemplate: { spec: template(pod, more) },
  })),
  scaledJob: shape('ScaledJob', 'keda.sh/v1alpha1', 'scaledjobs', (pod, more) => ({
    ...more,
    jobTargetRef: template(pod, {}),
  })),
  deployment: shape('Deployment', 'apps/v1', 'deployments', selected),
  statefulSet: shape('StatefulSet', 'apps/v1', 'statefulsets', selected),
  daemonSet: shape('DaemonSet', 'apps/v1', 'daemonsets', selected),
  replicaSet: shape('ReplicaSet', 'apps/v1', 'replicasets', selected),
  replicationController: shape('ReplicationController', 'v1', 'replicationcontrollers', selected),
} as const;

/** Those that nobody of a tenant or a team may write. */
export const OTHER_SHAPES: readonly Shape[] = [
  shapes.cronJob,
  shapes.deployment,
  shapes.statefulSet,
  shapes.daemonSet,
  shapes.replicaSet,
  shapes.replicationController,
];
