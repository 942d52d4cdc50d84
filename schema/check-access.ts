import type { EnvironmentConfig } from './environment';
import { pathText, show, type Path, type Report } from './faults';
import type { Sparse } from './sparse';
import { CLUSTERS } from './vocabulary';

const ALLOWED = 'each role once, since EKS has one access entry for it';

/**
 * The roles that get an access entry of a cluster: a second entry for one of them is refused by EKS in the middle of a deploy.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html ("can’t be included in more than one", 2026-11-25)
 */
export function checkAccess(env: Sparse<EnvironmentConfig>, report: Report): void {
  for (const cluster of CLUSTERS) {
    const owners = new Map<string, string>();
    for (const list of ['administrators', 'viewers'] as const)
      env.clusters?.[cluster]?.[list]?.forEach((role, i) => {
        if (role === undefined) return;
        const path: Path = ['clusters', cluster, list, i];
        const owner = owners.get(role);
        if (owner === undefined) owners.set(role, pathText(path));
        else report(path, `${show(role)}, which ${owner} has`, ALLOWED, 'remove one of the two');
      });
    if (cluster !== 'research') continue;
    env.researchTeams?.forEach((team, i) => {
      const owner = owners.get(team?.roleArn ?? '');
      if (owner !== undefined)
        report(
          ['researchTeams', i, 'roleArn'],
          `${show(team?.roleArn)}, which ${owner} has`,
          ALLOWED,
          'give the team a role of its own',
        );
    });
  }
}
