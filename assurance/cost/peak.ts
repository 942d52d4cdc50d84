import type { Environment } from '../../schema/model';
import { placeModels } from '../../schema/placement/place';
import { HOURS } from '../idle/bill';
import type { Output } from '../output/output';
import type { PlacedObject } from '../output/placed-objects';
import { at, isValues, listOf, shown } from '../output/values';
import type { Book } from './book';
import type { CostKind } from './cost-line';
import { dearestMix } from './dearest-mix';
import { serverMachine, serverOwner } from './expected-serving';
import { chargeMachines, dearestFor, hourlyVolumesUsd } from './machines';
import type { Pool } from './pools';
import { countOf } from './quantities';
import type { PipelineJobs } from './workloads';

const KINDS: Readonly<Record<Environment['nodePools'][number]['workload'], CostKind>> = {
  pipeline: 'pipelines',
  training: 'training',
  serving: 'model servers',
  workbench: 'workbenches',
};

/** Every pool at its limits for a month, on demand, with the mix of its types that costs most within all of them. */
export function peakOfPools(environment: Environment, pools: ReadonlyMap<string, Pool>, book: Book): void {
  for (const { name, workload } of environment.nodePools) {
    const pool = pools.get(name);
    if (pool === undefined) {
      book.report(name, 'not-understood', `got no NodePool '${name}' in the output, expected one`);
      continue;
    }
    const volumes = hourlyVolumesUsd(pool, book);
    const what = `pool ${name} at its limits`;
    for (const { type, machines } of dearestMix(pool, ({ usd }) => usd + volumes)) {
      const how = `${machines.toLocaleString('en', { maximumFractionDigits: 1 })} ${type.name} within ${limitsOf(pool)}`;
      const entry = { kind: KINDS[workload], owner: 'platform', cluster: pool.cluster, what, how };
      chargeMachines(book, pool, type, machines * HOURS, entry, true);
    }
  }
}

const limitsOf = ({ limits: { gpus, vcpus, memoryMiB } }: Pool): string =>
  [
    ...(gpus === 0 ? [] : [`${gpus.toLocaleString('en')} GPUs`]),
    `${vcpus.toLocaleString('en')} vCPUs`,
    `${(memoryMiB / 1024).toLocaleString('en')} GiB`,
  ].join(', ');

/** System nodes beyond those of the idle bill, up to the most of their groups. */
export function peakOfSystemNodes(output: Output, environment: Environment, book: Book): void {
  for (const stack of output.stacks)
    for (const [id, { Type, Properties }] of Object.entries(stack.template().Resources)) {
      if (Type !== 'AWS::EKS::Nodegroup') continue;
      const [least, wanted, most] = ['MinSize', 'DesiredSize', 'MaxSize'].map((field) =>
        at(Properties, `ScalingConfig.${field}`),
      );
      const [type] = listOf(at(Properties, 'InstanceTypes'));
      if (typeof least !== 'number' || typeof most !== 'number' || typeof type !== 'string') {
        book.report(
          `${stack.id}/${id}`,
          'not-understood',
          `got ${shown(most)} nodes of ${shown(type)}, expected a most`,
        );
        continue;
      }
      const more = most - Math.max(least, typeof wanted === 'number' ? wanted : least);
      const cluster = stack.account === environment.accounts.research ? 'research' : 'production';
      const how = `${most} at most`;
      const entry = {
        kind: 'system nodes',
        owner: 'platform',
        cluster,
        what: 'system nodes that are added',
        how,
      } as const;
      book.charge(entry, `instance ${type}`, more * HOURS);
    }
}

/**
 * What each tenant's own limits allow for a month: as many jobs as its ScaledJobs may have, each on a machine of its own, the dearest first for
 * as long as its quota has GPUs, and the servers that are its alone.
 */
export function peakOfTenants(
  environment: Environment,
  objects: readonly PlacedObject[],
  jobs: readonly PipelineJobs[],
  pools: ReadonlyMap<string, Pool>,
  book: Book,
): void {
  const quotas = gpuQuotas(objects, book);
  for (const { id } of environment.tenants) {
    let gpus = quotas.get(id) ?? 0;
    const own = jobs
      .filter(({ tenant }) => tenant === id)
      .flatMap((job) => {
        const pool = pools.get(job.pool);
        const type = pool === undefined ? undefined : dearestFor(pool, job.pod);
        return pool === undefined || type === undefined ? [] : [{ job, pool, type }];
      })
      .toSorted((a, b) => b.type.usd - a.type.usd || (a.job.pipeline < b.job.pipeline ? -1 : 1));
    for (const { job, pool, type } of own) {
      const machines = job.pod.gpus === 0 ? job.most : Math.min(job.most, Math.floor(gpus / job.pod.gpus));
      gpus -= machines * job.pod.gpus;
      const how = `${machines} at once, each on ${type.name}`;
      const entry = { kind: 'pipelines', owner: `tenant/${id}`, cluster: 'production', how } as const;
      chargeMachines(book, pool, type, machines * HOURS, { ...entry, what: `machines of ${job.pipeline}` }, true);
    }
  }
  for (const server of placeModels(environment, environment.placement).servers) {
    const machine = server.dedicatedTo === undefined ? undefined : serverMachine(server, objects, pools, book);
    if (machine === undefined) continue;
    const entry = { kind: 'model servers', owner: serverOwner(server), cluster: 'production' } as const;
    chargeMachines(
      book,
      machine.pool,
      machine.type,
      HOURS,
      { ...entry, what: 'servers of its own', how: server.id },
      true,
    );
  }
}

/** GPUs that each tenant's pods may hold at once. */
function gpuQuotas(objects: readonly PlacedObject[], book: Book): ReadonlyMap<string, number> {
  return new Map(
    objects.flatMap(({ type, tenant, shape, subject }) => {
      if (type !== 'ResourceQuota' || tenant === undefined) return [];
      const hard = at(shape, 'spec.hard');
      const gpus = countOf(isValues(hard) ? (hard['requests.nvidia.com/gpu'] ?? 0) : 0);
      if (gpus === undefined) book.report(subject, 'not-understood', `got ${shown(hard)}, expected a count of GPUs`);
      return gpus === undefined ? [] : [[tenant, gpus] as const];
    }),
  );
}
