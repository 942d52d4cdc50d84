import type { EnvironmentConfig, ResearchTeam } from './environment';
import { show, type Report } from './faults';
import type { NodePool } from './node-pool';
import { once } from './once';
import type { Sparse } from './sparse';

type Env = Sparse<EnvironmentConfig>;

/** What a team is guaranteed, and which limit of the pools it is taken from. */
const GUARANTEES = [
  ['cpu', 'cpuLimit'],
  ['memoryGiB', 'memoryLimitGiB'],
  ['gpus', 'gpuLimit'],
] as const satisfies readonly (readonly [keyof ResearchTeam, keyof NodePool])[];

export function checkTeams(env: Env, report: Report): void {
  for (const field of ['id', 'group', 'roleArn'] as const) once(env.researchTeams, 'researchTeams', field, report);
  const account = env.accounts?.research;
  env.researchTeams?.forEach((team, i) => {
    if (team?.roleArn !== undefined && account !== undefined && team.roleArn.split(':')[4] !== account)
      report(
        ['researchTeams', i, 'roleArn'],
        show(team.roleArn),
        `allowed a role of the research account '${account}'`,
        'name a role of that account',
      );
  });
  checkGuarantees(env, report);
}

/** Kueue would admit what no machine may come up for: the guarantees together must fit in what the research pools may hold. */
function checkGuarantees(env: Env, report: Report): void {
  if (env.nodePools?.some((pool) => pool?.cluster === undefined) !== false) return;
  const pools = env.nodePools.filter((pool) => pool?.cluster === 'research');
  for (const [guarantee, limit] of GUARANTEES) {
    const limits = pools.map((pool) => pool?.[limit]);
    if (limits.includes(undefined)) continue;
    let left = limits.reduce<number>((sum, value) => sum + (value ?? 0), 0);
    env.researchTeams?.forEach((team, i) => {
      const wanted = team?.[guarantee] ?? 0;
      if (wanted > left)
        report(
          ['researchTeams', i, guarantee],
          String(wanted),
          `at most ${left}, which the ${limit} of the research pools leaves to it`,
          "lower a team's guarantee or raise a pool's limit",
        );
      left = Math.max(0, left - wanted);
    });
  }
}
