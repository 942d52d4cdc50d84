import { App, Chart } from 'cdk8s';
import { chartObjects } from '../../constructs/k8s/render';
import { teamNamespace } from '../../constructs/k8s/research/team-namespace';
import type { ResearchTeam } from '../../schema/environment';
import type { Environment } from '../../schema/model';
import { deliveryNames } from '../../schema/names';
import { type ChartFile, chartFile } from './chart-file';

/** The file of one research team, owned by the platform: a team writes none of its own bounds. */
export function researchFile(env: Environment, team: ResearchTeam): ChartFile {
  const chart = new Chart(new App(), `research-${team.id}`, { disableResourceNameHashes: true });
  teamNamespace(chart, env, team);
  return chartFile(
    { cluster: 'research', key: deliveryNames.teamKey(team.id), owner: { kind: 'platform' } },
    chartObjects(chart),
  );
}
