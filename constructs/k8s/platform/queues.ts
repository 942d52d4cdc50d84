import type { ResearchTeam } from '../../../schema/environment';
import type { Environment } from '../../../schema/model';
import { clusterObjectNames, labels, teamNames } from '../../../schema/names';
import type { NodePool } from '../../../schema/node-pool';
import type { ClusterName } from '../../../schema/vocabulary';
import { clusterQueue, cohort, resourceFlavor, type ResourceGroup } from '../api/kueue';
import { labelSet } from '../label-set';
import type { KubernetesObject } from '../object';
import { splitByCapacity } from './shares';

const RESOURCES = ['cpu', 'memory', 'nvidia.com/gpu'] as const;
type Amounts = Readonly<Record<(typeof RESOURCES)[number], number>>;

const capacity = (pool: NodePool): Amounts => ({
  cpu: pool.cpuLimit,
  memory: pool.memoryLimitGiB,
  'nvidia.com/gpu': pool.gpuLimit,
});
const quantity = (resource: string, amount: number): string => (resource === 'memory' ? `${amount}Gi` : String(amount));

/** One group of all pools, so that cpu, memory and GPUs of a pod are always counted on the same pool. */
function group(pools: readonly NodePool[], amounts: readonly Amounts[]): ResourceGroup[] {
  if (pools.length === 0) return [];
  const flavors = pools.map((pool, i) => ({
    name: pool.name,
    resources: RESOURCES.map((name) => ({ name, nominalQuota: quantity(name, amounts[i]?.[name] ?? 0) })),
  }));
  return [{ coveredResources: RESOURCES, flavors }];
}

const minus = (a: Amounts, b: Amounts): Amounts => ({
  cpu: a.cpu - b.cpu,
  memory: a.memory - b.memory,
  'nvidia.com/gpu': a['nvidia.com/gpu'] - b['nvidia.com/gpu'],
});

/** What a team is guaranteed on each pool: its totals, split by what the pools have left. */
function guarantees(team: ResearchTeam, left: readonly Amounts[]): Amounts[] {
  const split = (resource: (typeof RESOURCES)[number], amount: number): number[] =>
    splitByCapacity(
      amount,
      left.map((amounts) => amounts[resource]),
    );
  const cpu = split('cpu', team.cpu);
  const memory = split('memory', team.memoryGiB);
  const gpus = split('nvidia.com/gpu', team.gpus);
  return left.map((_, i) => ({ cpu: cpu[i] ?? 0, memory: memory[i] ?? 0, 'nvidia.com/gpu': gpus[i] ?? 0 }));
}

/**
 * The guarantees of every team, and what the pools may hold beyond them: it belongs to the cohort and any team may borrow it. The
 * schema has seen to it that the guarantees fit.
 */
function promise(
  teams: readonly ResearchTeam[],
  pools: readonly NodePool[],
): { promised: Amounts[][]; left: Amounts[] } {
  let left = pools.map(capacity);
  const promised = teams.map((team) => {
    const own = guarantees(team, left);
    left = left.map((amounts, i) => minus(amounts, own[i] ?? amounts));
    return own;
  });
  return { promised, left };
}

function flavors(env: Environment, pools: readonly NodePool[]): KubernetesObject[] {
  return pools.map(({ name }) =>
    resourceFlavor(
      { name, labels: labelSet({ env, name, owner: 'platform' }) },
      {
        nodeLabels: { [labels.pool]: name },
        nodeTaints: [{ key: labels.pool, value: name, effect: 'NoSchedule' }],
      },
    ),
  );
}

function researchQueues(env: Environment, pools: readonly NodePool[]): KubernetesObject[] {
  const cohortName = clusterObjectNames.researchCohort;
  const { promised, left } = promise(env.researchTeams, pools);
  const metadata = { name: cohortName, labels: labelSet({ env, name: cohortName, owner: 'platform' }) };
  const queues = env.researchTeams.map((team, i) =>
    clusterQueue(
      {
        name: teamNames.clusterQueue(team.id),
        labels: labelSet({ env, name: 'cluster-queue', owner: `team/${team.id}` }),
      },
      {
        cohortName,
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': teamNames.namespace(team.id) } },
        queueingStrategy: 'BestEffortFIFO',
        resourceGroups: group(pools, promised[i] ?? []),
        // Nothing waits for its own guarantee; borrowers beyond their fair share go first.
        preemption: { reclaimWithinCohort: 'Any', withinClusterQueue: 'LowerPriority' },
        fairSharing: { weight: '1' },
      },
    ),
  );
  return [cohort(metadata, { resourceGroups: group(pools, left) }), ...queues];
}

/** All tenants' training shares one queue outside any cohort: first come, first served, up to what the pools may hold. */
function tenantTrainingQueue(env: Environment, pools: readonly NodePool[]): KubernetesObject {
  const name = clusterObjectNames.tenantClusterQueue;
  return clusterQueue(
    { name, labels: labelSet({ env, name, owner: 'platform' }) },
    {
      namespaceSelector: { matchExpressions: [{ key: labels.tenant, operator: 'Exists' }] },
      queueingStrategy: 'BestEffortFIFO',
      resourceGroups: group(pools, pools.map(capacity)),
      preemption: { reclaimWithinCohort: 'Never', withinClusterQueue: 'Never' },
    },
  );
}

/** Flavors, cohort and cluster queues of a cluster. Quotas are ceilings: an idle queue costs nothing. */
export function queueObjects(env: Environment, cluster: ClusterName): readonly KubernetesObject[] {
  const pools = env.nodePools.filter(
    (pool) => pool.cluster === cluster && (cluster === 'research' || pool.workload === 'training'),
  );
  const queues = cluster === 'research' ? researchQueues(env, pools) : [tenantTrainingQueue(env, pools)];
  return [...flavors(env, pools), ...queues];
}
