import type { PipelineSpec } from './environment';
import type { Tenant } from './tenant';

/** Of a tenant's limits, what one job of a pipeline takes. */
export type JobSize = Pick<PipelineSpec, 'cpu' | 'memoryGiB' | 'gpus'>;
export const JOB_FIELDS = ['gpus', 'cpu', 'memoryGiB'] as const satisfies readonly (keyof JobSize)[];

/**
 * Most jobs at once of each pipeline that the tenant has data for, in the order given: one for each, and then one more in turn for as long
 * as all of them together stay within the tenant's limits. Together, since KEDA scales each queue by itself: a Job that it makes beyond the
 * namespace's quota gets no pod, and counts as running until its deadline.
 * Empty counts (0) say that not even one of each fits; the loader reports that with file and line.
 */
export function pipelineShares(limits: Tenant['limits'], pipelines: readonly JobSize[]): readonly number[] {
  const shares = pipelines.map(() => 1);
  const fits = (): boolean =>
    shares.reduce((sum, jobs) => sum + jobs, 0) <= limits.concurrentJobs &&
    JOB_FIELDS.every((field) => neededFor(field, pipelines, shares) <= limits[field]);
  if (!fits()) return pipelines.map(() => 0);
  const full = new Set<number>();
  while (full.size < shares.length) {
    for (let i = 0; i < shares.length; i++) {
      if (full.has(i)) continue;
      shares[i] = (shares[i] ?? 0) + 1;
      if (fits()) continue;
      shares[i] = (shares[i] ?? 0) - 1;
      full.add(i);
    }
  }
  return shares;
}

/** What that many jobs of each pipeline take together. */
export function neededFor(
  field: keyof JobSize,
  pipelines: readonly JobSize[],
  jobs: readonly number[] = pipelines.map(() => 1),
): number {
  return pipelines.reduce((sum, pipeline, i) => sum + pipeline[field] * (jobs[i] ?? 0), 0);
}
