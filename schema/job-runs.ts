import type { NodePool } from './node-pool';
import { WORKBENCH_HOURS } from './workbench';

/**
 * Seconds that a Job may spend on machines that come up for it, before what it runs begins: Kubernetes counts them, and a person's hours
 * do not. As long as Kueue waits for a gang.
 */
export const START_SECONDS = 1800;

/**
 * Longest `activeDeadlineSeconds` of a team's Job, by the workload of the pool that it names: no machine is paid for longer by one Job. A
 * pool's nodes wait at least as long for their pods when they leave (`constructs/k8s/platform/pool.ts`).
 */
export const LONGEST_RUN_SECONDS: Readonly<Record<Extract<NodePool['workload'], 'training' | 'workbench'>, number>> = {
  training: 7 * 86_400,
  workbench: WORKBENCH_HOURS.most * 3600 + START_SECONDS,
};

/** The same by the name of each pool of a cluster for research. */
export const longestRuns = (pools: readonly NodePool[]): ReadonlyMap<string, number> =>
  new Map(
    pools.flatMap(({ name, cluster, workload }) =>
      cluster === 'research' && (workload === 'training' || workload === 'workbench')
        ? [[name, LONGEST_RUN_SECONDS[workload]] as const]
        : [],
    ),
  );
