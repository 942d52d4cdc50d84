import type { PipelineSpec } from '../../../schema/environment';
import type { Environment } from '../../../schema/model';
import type { Tenant } from '../../../schema/tenant';

/** Finished Jobs that are kept of each outcome, count: enough to read why one failed, few against the quota. */
export const HISTORY_PER_OUTCOME = 2;
/** Finished Jobs that are kept of one pipeline, count. */
export const HISTORY_PER_PIPELINE = 2 * HISTORY_PER_OUTCOME;

/** The pipelines that the tenant has data for, in the order of the environment; none while it may run nothing. */
export function pipelinesOf(env: Environment, tenant: Tenant): readonly PipelineSpec[] {
  if (tenant.state !== 'active') return [];
  return env.pipelines.filter((pipeline) => tenant.data.some((data) => data.class === pipeline.name));
}

/**
 * Most jobs of one pipeline at once, count, at least 1: the tenant's ceiling, or what fits in its limits if that is less. A Job beyond
 * them would wait for its quota, and KEDA would count it as pending for as long.
 */
export function mostJobs(tenant: Tenant, pipeline: PipelineSpec): number {
  const { concurrentJobs, cpu, memoryGiB, gpus } = tenant.limits;
  const most = Math.min(
    concurrentJobs,
    Math.floor(cpu / pipeline.cpu),
    Math.floor(memoryGiB / pipeline.memoryGiB),
    pipeline.gpus === 0 ? Infinity : Math.floor(gpus / pipeline.gpus),
  );
  // The loader reports this with file and line; an environment made by hand must not render a pipeline that can never run.
  if (most < 1) {
    throw new Error(
      `tenant ${tenant.id}: limits: got cpu ${cpu}, memoryGiB ${memoryGiB}, gpus ${gpus}, allowed at least those of one ` +
        `job of pipeline '${pipeline.name}' (${pipeline.cpu}, ${pipeline.memoryGiB}, ${pipeline.gpus}); raise them`,
    );
  }
  return most;
}
