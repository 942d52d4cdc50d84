import type { Environment } from '../../schema/model';
import type { Tenant } from '../../schema/tenant';
import type { Pipeline } from '../../schema/vocabulary';
import type { Book } from './book';
import { cheapestFor, chargeMachines } from './machines';
import type { Pool } from './pools';
import type { PipelineJobs } from './workloads';

export type Month = NonNullable<Environment['expectedMonth']>;

/** What arrives of one class in a usual month. */
export interface Arrivals {
  readonly inputs: number;
  /** Hours of media; none of texts. */
  readonly hours?: number;
  readonly storedGiB: number;
}

/** As the tenant's own file says, else as the environment does of all. */
export const arrivalsOf = (tenant: Tenant, month: Month | undefined, pipeline: Pipeline): Arrivals | undefined =>
  tenant.expectedMonth?.[pipeline] ?? month?.perTenant[pipeline];

/** What decides for how long machines of a pipeline run. */
export interface Rhythm {
  /** Hours that jobs work, together. */
  readonly workHours: number;
  readonly inputs: number;
  readonly windowSeconds: number;
  readonly month: Pick<Month, 'workingDays' | 'hoursPerDay'>;
  /** Seconds of each machine that are paid before its pod starts and after it ended. */
  readonly besideSeconds: number;
  /** Messages for one job, and jobs at once. */
  readonly perJob: number;
  readonly most: number;
}

export interface MachineHours {
  readonly hours: number;
  /** Machines that come up; none are counted where they stay for the day. */
  readonly boots: number;
}

/**
 * Hours of machines of a month. Inputs come evenly over the hours of working days, and those of one batch window share a boot, up to the messages
 * of a job. Where windows come so densely that a machine never goes, it stays for the day: whichever is less, so that more of anything never costs less.
 */
export function machineHours(rhythm: Rhythm): MachineHours {
  const { workHours, inputs, windowSeconds, month, besideSeconds, perJob, most } = rhythm;
  if (inputs === 0 && workHours === 0) return { hours: 0, boots: 0 };
  const handover = month.workingDays * month.hoursPerDay;
  const windows = windowSeconds === 0 ? inputs : Math.min(inputs, (handover * 3600) / windowSeconds);
  const together = windows === 0 ? 1 : Math.min(most, Math.max(1, Math.ceil(inputs / windows / perJob)));
  const boots = Math.max(1, windows * together);
  const apart = workHours + (boots * besideSeconds) / 3600;
  const staying = Math.max(handover, workHours) + (month.workingDays * besideSeconds) / 3600;
  return staying < apart ? { hours: staying, boots: month.workingDays } : { hours: apart, boots };
}

/** Machines of the tenants' pipelines in a usual month. */
export function expectPipelines(
  environment: Environment,
  jobs: readonly PipelineJobs[],
  pools: ReadonlyMap<string, Pool>,
  book: Book,
): void {
  const month = environment.expectedMonth;
  const tenants = new Map(environment.tenants.map((tenant) => [tenant.id, tenant]));
  for (const job of jobs) {
    const tenant = tenants.get(job.tenant);
    const spec = environment.pipelines.find(({ name }) => name === job.pipeline);
    const pool = pools.get(job.pool);
    const type = pool === undefined ? undefined : cheapestFor(pool, job.pod);
    if (tenant === undefined || spec === undefined || pool === undefined || type === undefined) {
      const what =
        type === undefined ? `no machine of the pool '${job.pool}' that has room for it` : 'no such pipeline';
      book.report(job.subject, 'not-understood', `got ${what}, expected one of the environment`);
      continue;
    }
    const arrivals = arrivalsOf(tenant, month, spec.name);
    const subject = `tenant/${tenant.id}`;
    if (month === undefined || arrivals === undefined) {
      book.notKnownOf(subject, `what arrives of ${spec.name}: declare expectedMonth`);
      continue;
    }
    if (spec.throughputPerHour === undefined) {
      book.notKnownOf(subject, `machines of ${spec.name}: declare throughputPerHour of the pipeline`);
      continue;
    }
    const amount = arrivals.hours ?? arrivals.inputs;
    const { hours, boots } = machineHours({
      workHours: amount / spec.throughputPerHour,
      inputs: arrivals.inputs,
      windowSeconds: spec.batchWindowSeconds,
      month,
      besideSeconds: pool.bootSeconds + pool.idleSeconds,
      perJob: job.perJob,
      most: job.most,
    });
    const unit = arrivals.hours === undefined ? 'texts' : 'hours of media';
    const how = `${amount.toLocaleString('en')} ${unit}, ${spec.throughputPerHour.toLocaleString('en')} an hour, ${Math.ceil(boots).toLocaleString('en')} boots`;
    const what = `machines of ${spec.name}`;
    chargeMachines(book, pool, type, hours, { kind: 'pipelines', owner: subject, cluster: 'production', what, how });
  }
}
