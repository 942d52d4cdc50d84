import type { EnvironmentConfig, PipelineSpec } from './environment';
import { allowedNames, alternatives, meant, show, type Path, type Report } from './faults';
import { IMAGES, PIPELINE_IMAGES } from './images';
import type { NodePool } from './node-pool';
import type { Sparse } from './sparse';

type Env = Sparse<EnvironmentConfig>;
type Pool = Sparse<NodePool>;

/** The rules between pipelines, the node pools on which their jobs run, and the images that the jobs are of. */
export function checkPipelines(env: Env, report: Report): void {
  const pipelines = env.pipelines ?? [];
  pipelines.forEach((pipeline, i) => {
    if (pipeline === undefined) return;
    if (pipeline.name !== undefined && pipelines.findIndex((other) => other?.name === pipeline.name) < i)
      report(['pipelines', i, 'name'], show(pipeline.name), 'at most one pipeline per data class', 'remove one');
    checkImage(pipeline.image, ['pipelines', i, 'image'], report);
    checkStages(pipeline, ['pipelines', i, 'stages'], report);
    checkPoolOfPipeline(env, pipeline, ['pipelines', i, 'pool'], pipeline.pool, 'tenant', report);
    checkPoolOfPipeline(env, pipeline, ['pipelines', i, 'sharedPool'], pipeline.sharedPool, 'shared', report);
  });
}

/** A controller's image takes no messages from a queue: its jobs would run until their deadline, and calls would wait beside them. */
function checkImage(image: string | undefined, path: Path, report: Report): void {
  if (image === undefined || PIPELINE_IMAGES.includes(image)) return;
  const known = Object.keys(IMAGES).includes(image);
  report(
    path,
    known ? `${show(image)}, an image of controllers` : show(image),
    `allowed the images for pipelines in schema/images.ts, ${alternatives(PIPELINE_IMAGES)}`,
    known ? 'name one of them' : meant(image, PIPELINE_IMAGES, 'name one of them, or add the image to the list'),
  );
}

/** Logs and metrics know a stage by its name. One that may run longer than its job never ends by its own time. */
function checkStages({ stages = [], maxRunSeconds }: Sparse<PipelineSpec>, path: Path, report: Report): void {
  stages.forEach((stage, i) => {
    if (stage?.name !== undefined && stages.findIndex((other) => other?.name === stage.name) < i)
      report([...path, i, 'name'], `${show(stage.name)} again`, 'each stage at most once', 'rename one of the two');
    if (stage?.timeoutSeconds !== undefined && maxRunSeconds !== undefined && stage.timeoutSeconds > maxRunSeconds)
      report(
        [...path, i, 'timeoutSeconds'],
        show(stage.timeoutSeconds),
        `at most the ${maxRunSeconds} of maxRunSeconds`,
        'lower it, or let the job run longer',
      );
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
