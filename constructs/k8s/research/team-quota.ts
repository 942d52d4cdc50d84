import type { Construct } from 'constructs';
import type { ResearchTeam } from '../../../schema/environment';
import type { Environment } from '../../../schema/model';
import { teamNames } from '../../../schema/names';
import { limitRange } from '../namespace/limit-range';
import { type HardLimits, resourceQuota } from '../namespace/resource-quota';

/** Jobs of a team, finished ones included, count: a sweep of a few hundred runs, not a fork bomb. */
const JOBS = 500;
const PODS = 500;
const CONFIG_MAPS = 200;
const SECRETS = 10;
/** The headless one of `teamNamespace`. */
const SERVICES = 1;

/** What all pools of the research cluster may hold at once. */
function clusterCeiling(env: Environment): { cpu: number; memoryGiB: number; gpus: number } {
  const ceiling = { cpu: 0, memoryGiB: 0, gpus: 0 };
  for (const pool of env.nodePools) {
    if (pool.cluster !== 'research') continue;
    ceiling.cpu += pool.cpuLimit;
    ceiling.memoryGiB += pool.memoryLimitGiB;
    ceiling.gpus += pool.gpuLimit;
  }
  return ceiling;
}

/**
 * The hard limits of a team's namespace. What the team is guaranteed is Kueue's to count, who also lends it what others leave; the
 * quota stops at what the cluster can hold, or it would forbid borrowing. It never lies below the guarantee.
 */
function teamHardLimits(env: Environment, team: ResearchTeam): HardLimits {
  const ceiling = clusterCeiling(env);
  const cpu = String(Math.max(ceiling.cpu, team.cpu));
  const memory = `${Math.max(ceiling.memoryGiB, team.memoryGiB)}Gi`;
  return {
    pods: String(PODS),
    'count/jobs.batch': String(JOBS),
    'requests.cpu': cpu,
    'limits.cpu': cpu,
    'requests.memory': memory,
    'limits.memory': memory,
    'requests.nvidia.com/gpu': String(Math.max(ceiling.gpus, team.gpus)),
    services: String(SERVICES),
    'services.loadbalancers': '0',
    'services.nodeports': '0',
    persistentvolumeclaims: '0',
    configmaps: String(CONFIG_MAPS),
    secrets: String(SECRETS),
  };
}

export function teamQuota(
  scope: Construct,
  env: Environment,
  team: ResearchTeam,
  labels: Readonly<Record<string, string>>,
): void {
  const metadata = { name: 'team', namespace: teamNames.namespace(team.id), labels };
  resourceQuota(scope, metadata, teamHardLimits(env, team));
  const ceiling = clusterCeiling(env);
  limitRange(scope, metadata, {
    cpu: String(Math.max(ceiling.cpu, team.cpu)),
    memory: `${Math.max(ceiling.memoryGiB, team.memoryGiB)}Gi`,
  });
}
