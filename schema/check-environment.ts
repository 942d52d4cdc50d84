import { checkAccess } from './check-access';
import { checkAccounts } from './check-accounts';
import { checkDoors } from './check-doors';
import { checkModels } from './check-models';
import { checkNetwork } from './check-network';
import { checkNodePools } from './check-node-pools';
import { checkPipelines } from './check-pipelines';
import { checkServingPools } from './check-serving-pools';
import { checkSources } from './check-sources';
import { checkTeams } from './check-teams';
import type { EnvironmentConfig } from './environment';
import { show, type Report } from './faults';
import type { EnvironmentSummary } from './other-environments';
import type { Sparse } from './sparse';
import { systemFit } from './system-load';
import { CLUSTERS, DATA_CLASSES, type ClusterName } from './vocabulary';

type Env = Sparse<EnvironmentConfig>;

/** The rules between the fields of an `index.ts`, and between it, its folder's name and the other environments. */
export function checkEnvironment(
  env: Env,
  folderName: string,
  others: readonly EnvironmentSummary[],
  report: Report,
): void {
  if (env.name !== undefined && env.name !== folderName)
    report(['name'], show(env.name), `allowed '${folderName}', the name of its folder`, 'rename one of the two');
  checkNetwork(env, others, report);
  checkDoors(env, others, report);
  checkAccounts(env, others, report);
  checkAccess(env, report);
  checkBounds(env, report);
  checkNodePools(env, report);
  checkPipelines(env, report);
  checkTeams(env, report);
  checkSources(env, others, report);
  checkModels(env, report);
  checkServingPools(env, report);
  checkRetiredIds(env, report);
}

function checkRetiredIds({ retiredTenantIds: ids }: Env, report: Report): void {
  ids?.forEach((id, i) => {
    if (id !== undefined && ids.indexOf(id) < i)
      report(['retiredTenantIds', i], `${show(id)} again`, 'each at most once', 'remove it');
  });
}

function checkBounds(env: Env, report: Report): void {
  for (const cluster of CLUSTERS) {
    const nodes = env.clusters?.[cluster]?.systemNodes;
    if (nodes?.min !== undefined && nodes.max !== undefined && nodes.min > nodes.max)
      report(
        ['clusters', cluster, 'systemNodes', 'min'],
        String(nodes.min),
        `at most ${nodes.max}, the max`,
        'lower it or raise max',
      );
    checkSystemNodes(env, cluster, report);
  }
  for (const dataClass of DATA_CLASSES) {
    const bounds = env.retention?.[dataClass];
    if (bounds?.minDays !== undefined && bounds.maxDays !== undefined && bounds.minDays > bounds.maxDays)
      report(
        ['retention', dataClass, 'minDays'],
        String(bounds.minDays),
        `at most ${bounds.maxDays}, the maxDays`,
        'lower it or raise maxDays',
      );
  }
}

/** Nothing adds a system node when the controllers find no room, and without controllers no other node comes up. */
function checkSystemNodes(env: Env, cluster: ClusterName, report: Report): void {
  const { instanceType, min } = env.clusters?.[cluster]?.systemNodes ?? {};
  if (instanceType === undefined || min === undefined) return;
  const fit = systemFit(cluster, instanceType, min);
  if (fit === undefined) return;
  const { needed, given } = fit;
  const short = needed.cpuMillis > given.cpuMillis || needed.memoryMiB > given.memoryMiB;
  if (short)
    report(
      ['clusters', cluster, 'systemNodes'],
      `${min} x ${instanceType}, which leave ${given.cpuMillis}m CPU and ${given.memoryMiB} MiB to the controllers`,
      `at least ${needed.cpuMillis}m and ${needed.memoryMiB} MiB`,
      'raise min or take a larger instanceType',
    );
}
