import { checkNetwork, type OwnedNetwork } from './check-network';
import { checkNodePools, checkPipelines } from './check-node-pools';
import type { EnvironmentConfig } from './environment';
import { show, type Path, type Report } from './faults';
import type { Sparse } from './sparse';
import { CLUSTERS, DATA_CLASSES } from './vocabulary';

type Env = Sparse<EnvironmentConfig>;

/** The rules between the fields of an `index.ts`, and between it, its folder's name and the other environments. */
export function checkEnvironment(
  env: Env,
  folderName: string,
  otherNetworks: readonly OwnedNetwork[],
  report: Report,
): void {
  if (env.name !== undefined && env.name !== folderName)
    report(['name'], show(env.name), `allowed '${folderName}', the name of its folder`, 'rename one of the two');
  checkNetwork(env, otherNetworks, report);
  checkBounds(env, report);
  checkNodePools(env, report);
  checkPipelines(env, report);
  checkTeams(env, report);
  once(env.models, 'models', 'id', report);
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

function checkTeams(env: Env, report: Report): void {
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
}

/** Reports each later item whose field an earlier one has already. */
function once<T extends object>(
  items: readonly (T | undefined)[] | undefined,
  list: string,
  field: keyof T & string,
  report: Report,
): void {
  const seen = new Set<unknown>();
  items?.forEach((item, i) => {
    const value = item?.[field];
    const path: Path = [list, i, field];
    if (value !== undefined && seen.has(value)) report(path, `${show(value)} again`, 'each at most once', 'change it');
    seen.add(value);
  });
}
