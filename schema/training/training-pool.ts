import type { EnvironmentConfig } from '../environment';
import type { Report } from '../faults';
import type { NodePool } from '../node-pool';
import type { Sparse } from '../sparse';
import type { ClusterName } from '../vocabulary';

/** What a training asks of its pool. */
interface Size {
  readonly cpu?: number | undefined;
  readonly memoryGiB?: number | undefined;
  readonly gpus?: number | undefined;
  /** @default 1 */
  readonly nodes?: number | undefined;
}

const FIELDS = [
  ['cpu', 'cpuLimit'],
  ['memoryGiB', 'memoryLimitGiB'],
  ['gpus', 'gpuLimit'],
] as const;

const fits = (pool: Sparse<NodePool>, size: Size): boolean =>
  FIELDS.every(([field, limit]) => (size[field] ?? 0) * (size.nodes ?? 1) <= (pool[limit] ?? 0));

/** A tenant's pods run on nodes of its own: a pool that is not segregated is no place for its training. */
const ofTraining = (pool: Sparse<NodePool> | undefined, cluster: ClusterName): pool is Sparse<NodePool> =>
  pool?.cluster === cluster &&
  pool.workload === 'training' &&
  (cluster === 'research' || pool.segregation === 'tenant');

/** The first pool of the cluster's training, in the order of the environment, that may hold so much; undefined where none does. */
export const trainingPool = (
  env: Pick<EnvironmentConfig, 'nodePools'>,
  size: Size,
  cluster: ClusterName,
): NodePool | undefined => env.nodePools.find((pool) => ofTraining(pool, cluster) && fits(pool, size));

/** Why no pool takes it, as a fault; none where one does, or the pools are not wholly known. */
export function poolTrouble(
  { nodePools }: Sparse<Pick<EnvironmentConfig, 'nodePools'>>,
  size: Size,
  cluster: ClusterName,
): Parameters<Report> | undefined {
  if (nodePools?.every((pool) => pool?.cluster !== undefined && pool.workload !== undefined) !== true) return undefined;
  const pools = nodePools.filter((pool) => ofTraining(pool, cluster));
  if (pools.some((pool) => fits(pool, size))) return undefined;
  const most = pools.map((pool) => FIELDS.map(([field, limit]) => `${field} ${pool[limit] ?? 0}`).join(', '));
  const { cpu = 0, memoryGiB = 0, gpus = 0, nodes = 1 } = size;
  return [
    ['gpus'],
    `${nodes === 1 ? '' : `${nodes} times `}cpu ${cpu}, memoryGiB ${memoryGiB}, gpus ${gpus}`,
    pools.length === 0
      ? `and the ${cluster} cluster has no node pool for training${cluster === 'production' ? " of segregation 'tenant'" : ''}`
      : `allowed what a pool of training may hold (${most.join('; ')})`,
    'lower them or add a pool to nodePools',
  ];
}
