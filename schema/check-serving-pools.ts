import { coldStart, coldStartSeconds, coldStartText } from './cold-start';
import type { EnvironmentConfig } from './environment';
import { allowedNames, alternatives, meant, show, type Path, type Report } from './faults';
import { GPU_MEMORY_MIB, leastGpuMemoryMiB } from './gpu-memory';
import { modelMemoryMiB } from './model-memory';
import type { ModelType } from './model-type';
import type { NodePool } from './node-pool';
import { once } from './once';
import type { ServingPool } from './serving-pool';
import type { Sparse } from './sparse';

type Env = Sparse<EnvironmentConfig>;
type Pool = Sparse<ServingPool>;

/** The rules between serving pools, the node pools whose GPUs they take, and the models that they must hold. */
export function checkServingPools(env: Env, report: Report): void {
  const pools = env.servingPools ?? [];
  once(pools, 'servingPools', 'name', report);
  once(pools, 'servingPools', 'engine', report);
  pools.forEach((pool, i) => {
    if (pool !== undefined) checkNodePool(pool, env, ['servingPools', i], report);
  });
  checkGpus(env, report);
  checkModelsFit(env, report);
  pools.forEach((pool, i) => {
    if (pool !== undefined) checkColdStart(pool, env, ['servingPools', i, 'coldStartSeconds'], report);
  });
}

/** A budget that nobody can keep would end each server just before it answers, for ever. */
function checkColdStart(pool: Pool, { nodePools, models }: Env, at: Path, report: Report): void {
  const { engine, gpuMemoryPercent, coldStartSeconds: budget } = pool;
  const nodePool = nodePools?.find((each) => each?.name === pool.nodePool);
  const families = nodePool?.families;
  if (engine === undefined || gpuMemoryPercent === undefined || budget === undefined) return;
  if (
    families === undefined ||
    families.includes(undefined) ||
    models?.every((model) => model && isWhole(model)) !== true
  )
    return;
  const parts = coldStart({
    pool: { engine, gpuMemoryPercent },
    nodePool: { families: families as readonly string[], dataVolumeSnapshot: nodePool?.dataVolumeSnapshot },
    models: models as readonly ModelType[],
  });
  if (parts === undefined || coldStartSeconds(parts) <= budget) return;
  report(
    at,
    String(budget),
    `at least ${coldStartSeconds(parts)}: ${coldStartText(parts)}`,
    'raise it, or give the node pool a snapshot or families with more network',
  );
}

function checkNodePool(pool: Pool, { nodePools }: Env, path: Path, report: Report): void {
  const { nodePool: name } = pool;
  if (name === undefined || nodePools?.some((each) => each?.name === undefined) !== false) return;
  const fitting = nodePools.filter((each) => each?.workload === 'serving').flatMap((each) => each?.name ?? []);
  const nodes = nodePools.find((each) => each?.name === name);
  const at = [...path, 'nodePool'];
  if (nodes === undefined)
    report(
      at,
      show(name),
      allowedNames(fitting, "node pools of workload 'serving'"),
      meant(name, fitting, 'name one of them'),
    );
  else if (nodes.workload !== undefined && nodes.workload !== 'serving')
    report(at, `pool '${name}' for ${nodes.workload}`, "allowed a pool with workload 'serving'", 'choose another pool');
  else checkFamilies(nodes, at, report);
}

/** Without the memory of each family nobody can say what fits: Karpenter takes whichever is cheapest. */
function checkFamilies({ name, families, gpuLimit }: Sparse<NodePool>, path: Path, report: Report): void {
  if (gpuLimit === 0)
    report(path, `pool ${show(name)} without GPUs`, 'allowed a pool with a gpuLimit', 'choose another pool');
  const unknown = families?.filter((family) => family !== undefined && GPU_MEMORY_MIB[family] === undefined) ?? [];
  if (gpuLimit !== 0 && unknown.length > 0)
    report(
      path,
      `pool ${show(name)} with ${alternatives(unknown)}`,
      'allowed families whose memory schema/gpu-memory.ts knows',
      'look it up and add it there',
    );
}

/** Servers that may be asked for and that no limit lets come up would hold their callers until the deadline. */
function checkGpus({ servingPools, nodePools }: Env, report: Report): void {
  const taken = new Map<string, number>();
  servingPools?.forEach((pool, i) => {
    if (pool?.nodePool === undefined || pool.maxServers === undefined) return;
    const before = taken.get(pool.nodePool) ?? 0;
    taken.set(pool.nodePool, before + pool.maxServers);
    const limit = nodePools?.find((each) => each?.name === pool.nodePool)?.gpuLimit;
    if (limit !== undefined && limit > 0 && before + pool.maxServers > limit)
      report(
        ['servingPools', i, 'maxServers'],
        before === 0 ? String(pool.maxServers) : `${pool.maxServers} beside ${before} of other pools`,
        `at most ${limit} together, the gpuLimit of '${pool.nodePool}'`,
        'lower it or raise the limit',
      );
  });
}

/** Once one engine is served, every model of the catalogue is: one that has no server would be missed when somebody calls it. */
function checkModelsFit(env: Env, report: Report): void {
  const { servingPools: pools, models } = env;
  if (pools === undefined || pools.length === 0 || pools.some((pool) => pool?.engine === undefined)) return;
  models?.forEach((model, i) => {
    if (model?.engine === undefined) return;
    const pool = pools.find((each) => each?.engine === model.engine);
    if (pool === undefined) {
      const engines = alternatives(pools.map((each) => each?.engine));
      report(
        ['models', i, 'engine'],
        show(model.engine),
        `allowed engines of servingPools, ${engines}`,
        'add a pool of it',
      );
      return;
    }
    const room = roomOf(pool, env);
    const needed = isWhole(model) ? modelMemoryMiB(model) : undefined;
    if (room !== undefined && needed !== undefined && needed > room)
      report(
        ['models', i],
        `${needed} MiB of ${show(model.id)}`,
        `at most ${room} MiB, what models may take of a GPU of pool ${show(pool.name)}`,
        "lower its memory, or change the node pool's families",
      );
  });
}

function roomOf({ nodePool, gpuMemoryPercent }: Pool, { nodePools }: Env): number | undefined {
  const families = nodePools?.find((each) => each?.name === nodePool)?.families;
  if (gpuMemoryPercent === undefined || families === undefined || families.includes(undefined)) return undefined;
  const least = leastGpuMemoryMiB(families as readonly string[]);
  return least === undefined ? undefined : Math.floor((least * gpuMemoryPercent) / 100);
}

/** Whether all that its memory follows from is known. */
function isWhole(model: Sparse<ModelType>): model is ModelType {
  const known = (...values: readonly unknown[]): boolean => !values.includes(undefined);
  if (model.scope === 'tenant') return model.engine === 'vllm' || (model.engine === 'triton' && known(model.memoryMiB));
  if (model.scope !== 'common' || !known(model.engine, model.weights, model.workingMemoryMiB)) return false;
  const adapters = model.engine === 'vllm' ? model.adapters : undefined;
  return adapters === undefined || known(adapters.slots, adapters.rank);
}
