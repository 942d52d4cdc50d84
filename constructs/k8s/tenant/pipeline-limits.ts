import type { PipelineSpec } from '../../../schema/environment';
import type { Environment } from '../../../schema/model';
import { pipelineShares } from '../../../schema/pipeline-shares';
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
 * Most jobs of one pipeline at once, count, at least 1: its share of the tenant's limits.
 * @throws where the limits hold less than one job of each pipeline: the loader reports that with file and line, and an environment made by
 * hand must not render a pipeline that can never run
 */
export function mostJobs(env: Environment, tenant: Tenant, pipeline: PipelineSpec): number {
  const own = pipelinesOf(env, tenant);
  const most = pipelineShares(tenant.limits, own)[own.indexOf(pipeline)] ?? 0;
  if (most < 1) {
    const { concurrentJobs, cpu, memoryGiB, gpus } = tenant.limits;
    throw new Error(
      `tenant ${tenant.id}: limits: got concurrentJobs ${concurrentJobs}, cpu ${cpu}, memoryGiB ${memoryGiB}, gpus ${gpus}, ` +
        `allowed at least one job of each pipeline (${own.map(({ name }) => name).join(', ')}); raise them`,
    );
  }
  return most;
}
