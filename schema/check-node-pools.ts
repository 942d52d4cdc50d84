import type { EnvironmentConfig, PipelineSpec } from './environment';
import { alternatives, allowedNames, meant, show, type Path, type Report } from './faults';
import { IMAGES } from './images';
import type { NodePool } from './node-pool';
import type { Sparse } from './sparse';

type Env = Sparse<EnvironmentConfig>;
type Pool = Sparse<NodePool>;

/** NVIDIA machines are the g and p families (`g6`, `g5g`, `p5`); every other family has no GPU that a pod could ask for. */
const GPU_FAMILY = /^[gp]\d/;
/** Graviton families carry a g behind the generation: `m7g`, `c7gn`, `g5g`. */
const ARM_FAMILY = /^[a-z]+\d+g/;

/** Workloads by the clusters that may run them: research never runs what serves tenants, and the other way round. */
const CLUSTERS_OF_WORKLOAD = {
  pipeline: ['production'],
  serving: ['production'],
  training: ['production', 'research'],
  workbench: ['research'],
} as const;

export function checkNodePools(env: Env, report: Report): void {
  const pools = env.nodePools ?? [];
  pools.forEach((pool, i) => {
    if (pool === undefined) return;
    const at = (field: keyof NodePool, ...rest: Path): Path => ['nodePools', i, field, ...rest];
    if (pool.name !== undefined && pools.findIndex((other) => other?.name === pool.name) < i)
      report(at('name'), show(pool.name), 'each name once over both clusters', 'rename it');
    checkPlace(pool, at, report);
    checkReservations(pool, at, report);
    pool.families?.forEach((family, j) => {
      if (family !== undefined) checkFamily(pool, family, at('families', j), report);
    });
  });
}

type At = (field: keyof NodePool, ...rest: Path) => Path;

function checkPlace(pool: Pool, at: At, report: Report): void {
  const { workload, cluster, segregation } = pool;
  if (cluster !== undefined && workload !== undefined) {
    const clusters: readonly string[] = CLUSTERS_OF_WORKLOAD[workload];
    if (!clusters.includes(cluster))
      report(at('cluster'), show(cluster), `allowed ${alternatives(clusters)} for workload '${workload}'`, 'move it');
  }
  if (cluster === 'research' && segregation === 'tenant')
    report(
      at('segregation'),
      show(segregation),
      "allowed 'shared' on the research cluster, where no tenant has a namespace",
      'remove it',
    );
}

function checkReservations(pool: Pool, at: At, report: Report): void {
  const reserved = pool.capacityTypes?.includes('reserved');
  const reservations = pool.capacityReservations?.length;
  if (reserved === undefined || reservations === undefined) return;
  if (reserved && reservations === 0)
    report(
      at('capacityReservations'),
      'none',
      "at least 1 where capacityTypes has 'reserved'",
      "name a reservation or drop 'reserved'",
    );
  if (!reserved && reservations > 0)
    report(
      at('capacityReservations'),
      String(reservations),
      "none where capacityTypes lacks 'reserved'",
      "add 'reserved' or remove them",
    );
}

function checkFamily(pool: Pool, family: string, path: Path, report: Report): void {
  const { gpuLimit, architecture } = pool;
  if (gpuLimit === 0 && GPU_FAMILY.test(family))
    report(
      path,
      show(family),
      'allowed families without GPUs where gpuLimit is 0',
      'set gpuLimit or change the family',
    );
  if (gpuLimit !== undefined && gpuLimit > 0 && !GPU_FAMILY.test(family))
    report(path, show(family), `allowed GPU families where gpuLimit is ${gpuLimit}`, 'remove gpuLimit or the family');
  if (architecture !== undefined && ARM_FAMILY.test(family) !== (architecture === 'arm64'))
    report(
      path,
      show(family),
      `allowed families of architecture '${architecture}'`,
      'change the family or the architecture',
    );
}

export function checkPipelines(env: Env, report: Report): void {
  const pipelines = env.pipelines ?? [];
  const images = Object.keys(IMAGES);
  pipelines.forEach((pipeline, i) => {
    if (pipeline === undefined) return;
    if (pipeline.name !== undefined && pipelines.findIndex((other) => other?.name === pipeline.name) < i)
      report(['pipelines', i, 'name'], show(pipeline.name), 'at most one pipeline per data class', 'remove one');
    if (pipeline.image !== undefined && !images.includes(pipeline.image))
      report(
        ['pipelines', i, 'image'],
        show(pipeline.image),
        'allowed an image of schema/images.ts',
        meant(pipeline.image, images, 'add the image to the list'),
      );
    checkPoolOfPipeline(env, pipeline, ['pipelines', i, 'pool'], pipeline.pool, 'tenant', report);
    checkPoolOfPipeline(env, pipeline, ['pipelines', i, 'sharedPool'], pipeline.sharedPool, 'shared', report);
  });
}

function checkPoolOfPipeline(
  env: Env,
  pipeline: Sparse<PipelineSpec>,
  path: Path,
  name: string | undefined,
  segregation: 'tenant' | 'shared',
  report: Report,
): void {
  if (name === undefined || env.nodePools?.some((pool) => pool?.name === undefined) !== false) return;
  const pool = env.nodePools.find((candidate) => candidate?.name === name);
  if (pool === undefined) {
    const fitting = env.nodePools
      .filter((p) => p?.workload === 'pipeline' && p.segregation === segregation)
      .flatMap((p) => p?.name ?? []);
    report(path, show(name), allowedNames(fitting, 'such node pools'), meant(name, fitting, 'name an existing pool'));
    return;
  }
  const got = `pool '${name}'`;
  if (pool.workload !== undefined && pool.workload !== 'pipeline')
    report(path, `${got} for ${pool.workload}`, "allowed a pool with workload 'pipeline'", 'choose another pool');
  if (pool.cluster === 'research')
    report(path, `${got} on the research cluster`, 'allowed a pool on the production cluster', 'choose another pool');
  if (pool.segregation !== undefined && pool.segregation !== segregation)
    report(
      path,
      `${got} with segregation '${pool.segregation}'`,
      `allowed a pool with segregation '${segregation}'`,
      'choose another pool',
    );
  checkFits(pipeline, pool, got, path, report);
}

/** A job that fits no machine of its pool would wait for ever; a GPU machine for a job without GPUs is only dear. */
function checkFits(pipeline: Sparse<PipelineSpec>, pool: Pool, got: string, path: Path, report: Report): void {
  const { gpus, cpu, memoryGiB } = pipeline;
  if (gpus === 0 && (pool.gpuLimit ?? 0) > 0)
    report(path, `${got} with GPUs`, 'allowed a pool without GPUs for a job of 0 GPUs', 'choose another pool');
  if (gpus !== undefined && gpus > 0 && pool.gpuLimit === 0) {
    report(path, `${got} without GPUs`, `allowed a pool with GPUs for a job of ${gpus}`, 'choose another pool');
    return;
  }
  const needs = [
    ['GPUs', gpus, pool.gpuLimit],
    ['vCPUs', cpu, pool.cpuLimit],
    ['GiB', memoryGiB, pool.memoryLimitGiB],
  ] as const;
  for (const [unit, need, limit] of needs)
    if (need !== undefined && limit !== undefined && need > limit)
      report(
        path,
        `${got} of at most ${limit} ${unit}`,
        `at least ${need} ${unit} for one job`,
        'choose another pool or raise its limit',
      );
}
