import type { Construct } from 'constructs';
import type { Environment } from '../../../schema/model';
import { tenantNames } from '../../../schema/names';
import type { Tenant } from '../../../schema/tenant';
import { limitRange } from '../namespace/limit-range';
import { type HardLimits, resourceQuota } from '../namespace/resource-quota';
import { HISTORY_PER_PIPELINE, pipelinesOf } from './pipeline-limits';

/** A tenant's pods need no Secret (Pod Identity) and make none; the few are for Helm-free tools of an operator. */
const SECRETS = 5;
const CONFIG_MAPS = 20;

/** What a tenant's namespace may never have, in any state. */
const NEVER: HardLimits = {
  services: '0',
  'services.loadbalancers': '0',
  'services.nodeports': '0',
  persistentvolumeclaims: '0',
  secrets: String(SECRETS),
  configmaps: String(CONFIG_MAPS),
};

/** Only what may run is counted: a suspended, erasing or unknown tenant runs nothing, whoever creates it. */
const STOPPED: HardLimits = {
  pods: '0',
  'count/jobs.batch': '0',
  'count/scaledjobs.keda.sh': '0',
  'requests.nvidia.com/gpu': '0',
};

/** The hard limits of a tenant's namespace, derived from its file. */
export function tenantHardLimits(env: Environment, tenant: Tenant): HardLimits {
  if (tenant.state !== 'active') return { ...NEVER, ...STOPPED };
  const { cpu, memoryGiB, gpus, concurrentJobs } = tenant.limits;
  const pipelines = pipelinesOf(env, tenant).length;
  // One training at a time for each model type of its own, and the one before it while it goes.
  const trainings = tenant.models.length;
  return {
    ...NEVER,
    pods: String(concurrentJobs + trainings),
    'count/jobs.batch': String(concurrentJobs + pipelines * HISTORY_PER_PIPELINE + 2 * trainings),
    'count/scaledjobs.keda.sh': String(pipelines),
    'requests.cpu': String(cpu),
    'limits.cpu': String(cpu),
    'requests.memory': `${memoryGiB}Gi`,
    'limits.memory': `${memoryGiB}Gi`,
    'requests.nvidia.com/gpu': String(gpus),
  };
}

export function tenantQuota(
  scope: Construct,
  env: Environment,
  tenant: Tenant,
  labels: Readonly<Record<string, string>>,
): void {
  const metadata = { name: 'tenant', namespace: tenantNames.namespace(tenant.id), labels };
  resourceQuota(scope, metadata, tenantHardLimits(env, tenant));
  limitRange(scope, metadata, { cpu: String(tenant.limits.cpu), memory: `${tenant.limits.memoryGiB}Gi` });
}
