import { CHARTS } from '../../schema/charts';
import { labels } from '../../schema/names';
import { at, isValues, listOf, shown } from '../output/values';
import { acceleratorsOf } from './accelerated';
import type { Billed } from './billed';
import { billNodeClass, billNodePool } from './node-pools';
import { MONTH_SECONDS } from './resource-charges';
import { billScaled } from './scaled';

type Bill = (billed: Billed) => void;

const free =
  (because: string): Bill =>
  (billed) => {
    billed.free(because);
  };
const OBJECT = free('an object of the API server costs nothing');

/** Every kind of object that a chart may render, with what it costs while nobody works. A kind that is missing is a finding. */
export const OBJECT_BILLS: Readonly<Record<string, Bill>> = {
  ConfigMap: OBJECT,
  Namespace: OBJECT,
  ServiceAccount: OBJECT,
  LimitRange: OBJECT,
  ResourceQuota: OBJECT,
  Service: (billed) => {
    if (at(billed.values, 'spec.type') === 'LoadBalancer')
      billed.report(
        'not-understood',
        'spec.type: got LoadBalancer, expected none: it is paid by the hour and not priced',
      );
    else billed.free('an address in the cluster costs nothing');
  },
  'networking.k8s.io/NetworkPolicy': OBJECT,
  'rbac.authorization.k8s.io/ClusterRole': OBJECT,
  'rbac.authorization.k8s.io/ClusterRoleBinding': OBJECT,
  'rbac.authorization.k8s.io/Role': OBJECT,
  'rbac.authorization.k8s.io/RoleBinding': OBJECT,
  'scheduling.k8s.io/PriorityClass': OBJECT,
  'policy/PodDisruptionBudget': OBJECT,
  'storage.k8s.io/StorageClass': OBJECT,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': OBJECT,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': OBJECT,
  'kueue.x-k8s.io/ClusterQueue': OBJECT,
  'kueue.x-k8s.io/Cohort': OBJECT,
  'kueue.x-k8s.io/LocalQueue': OBJECT,
  'kueue.x-k8s.io/ResourceFlavor': OBJECT,
  'kueue.x-k8s.io/WorkloadPriorityClass': OBJECT,
  'keda.sh/TriggerAuthentication': OBJECT,
  'keda.sh/ScaledJob': billScaled,
  'keda.sh/ScaledObject': billScaled,
  'kustomize.toolkit.fluxcd.io/Kustomization': free('Flux runs on the system nodes, which are counted'),
  'source.toolkit.fluxcd.io/OCIRepository': free('pulls inside the region cost nothing'),
  'source.toolkit.fluxcd.io/Bucket': billSource,
  'helm.toolkit.fluxcd.io/HelmRelease': billRelease,
  'karpenter.sh/NodePool': billNodePool,
  'karpenter.k8s.aws/EC2NodeClass': billNodeClass,
  'apps/DaemonSet': (billed) => {
    billPods(billed, 'spec.template', 1);
  },
  'apps/Deployment': (billed) => {
    // What KEDA scales from none has no number of its own: KEDA takes a new one to none at its first look.
    const replicas = at(billed.values, 'spec.replicas') ?? (billed.scaledFromNone ? 0 : 1);
    billPods(billed, 'spec.template', replicas);
  },
  'apps/StatefulSet': (billed) => {
    billPods(billed, 'spec.template', at(billed.values, 'spec.replicas') ?? 1);
  },
  'batch/CronJob': (billed) => {
    billPods(billed, 'spec.jobTemplate.spec.template', at(billed.values, 'spec.suspend') === true ? 0 : 1);
  },
  'batch/Job': (billed) => {
    billPods(billed, 'spec.template', at(billed.values, 'spec.suspend') === true ? 0 : 1);
  },
};

/** Pods that run without any work: on the system nodes they cost nothing more, anywhere else they hold a machine up. */
function billPods(billed: Billed, path: string, replicas: unknown): void {
  const template = at(billed.values, path);
  if (replicas === 0) {
    billed.free('no pod runs without work');
    return;
  }
  const accelerators = acceleratorsOf(template);
  const pool = poolOf(at(template, 'spec.nodeSelector'));
  const pods = `${shown(replicas)} pods`;
  if (accelerators !== undefined)
    billed.report('unbounded', `got ${pods} with ${accelerators} each without any work, expected none`);
  else if (pool !== undefined && pool !== SYSTEM)
    billed.report('unbounded', `got ${pods} that hold a node of the pool '${pool}' up without any work, expected none`);
  else billed.free('runs on the system nodes, which are counted');
}

const SYSTEM = 'system';

function poolOf(selector: unknown): string | undefined {
  const pool = isValues(selector) ? selector[labels.pool] : undefined;
  return typeof pool === 'string' ? pool : undefined;
}

/** What source-controller asks at every interval: whether the bucket is there, and what lies in it. @see https://github.com/fluxcd/source-controller/blob/main/internal/controller/bucket_controller.go (2026-11-25) */
function billSource(billed: Billed): void {
  const seconds = secondsOf(at(billed.values, 'spec.interval'));
  if (seconds === undefined) {
    const got = shown(at(billed.values, 'spec.interval'));
    billed.report('not-understood', `spec.interval: got ${got}, expected seconds, minutes or hours`);
    return;
  }
  billed.charge('bucket-list-request', MONTH_SECONDS / seconds, "Flux's lists of the delivery bucket");
  billed.charge('bucket-get-request', MONTH_SECONDS / seconds, "Flux's looks at the delivery bucket");
}

function secondsOf(interval: unknown): number | undefined {
  const [, count, unit] = /^(\d+)(s|m|h)$/.exec(String(interval)) ?? [];
  const seconds = Number(count) * ({ s: 1, m: 60, h: 3600 }[unit ?? ''] ?? Number.NaN);
  return seconds > 0 ? seconds : undefined;
}

/** A chart's pods are in no object here: the platform's own controllers run on the system nodes, any other chart is not known. */
function billRelease(billed: Billed): void {
  const name = String(at(billed.values, 'metadata.name'));
  const values = at(billed.values, 'spec.values');
  const pool = poolsIn(values).find((each) => each !== SYSTEM);
  if (!(name in CHARTS))
    billed.report('not-understood', `got the chart '${name}', expected one of schema/charts.ts, whose pods are known`);
  else if (JSON.stringify(values ?? {}).includes('nvidia.com/gpu'))
    billed.report(
      'unbounded',
      `got GPUs in the values of the chart '${name}', expected none: its pods run without any work`,
    );
  else if (pool !== undefined)
    billed.report(
      'unbounded',
      `got pods of the chart '${name}' in the pool '${pool}', expected '${SYSTEM}': they hold a node up`,
    );
  else billed.free('its pods run on the system nodes, which are counted');
}

/** Every pool that values choose, at any depth. */
function poolsIn(values: unknown): string[] {
  if (Array.isArray(values)) return listOf(values).flatMap(poolsIn);
  if (!isValues(values)) return [];
  const own = poolOf(values);
  return [...(own === undefined ? [] : [own]), ...Object.values(values).flatMap(poolsIn)];
}
