import { allowedNames, EnvironmentFaults, type Fault, meant, pathText, type Report, show } from '../faults';
import type { Environment } from '../model';
import { salvage, type Sparse } from '../sparse';
import { reportIssues } from '../translate-issues';
import { readYaml } from '../yaml-source';
import { checkScope } from './check-scope';
import { type ResearchTraining, researchTrainingSchema } from './research-training';
import { asScoped, type Scoped } from './scoped';
import { poolTrouble } from './training-pool';

/**
 * Reads a training of research against its environment.
 * @param file its name, as faults say it
 * @throws EnvironmentFaults with every fault of it at once
 */
export function readResearchTraining(text: string, file: string, env: Environment): Scoped<ResearchTraining> {
  const faults: Fault[] = [];
  const source = readYaml(text, (line, at, got, allowed, remedy) => {
    faults.push({ file, line, path: pathText(at), got, allowed, remedy });
  });
  const report: Report = (at, got, allowed, remedy) => {
    faults.push({ file, line: source.lineOf(at), path: pathText(at), got, allowed, remedy });
  };
  if (source.value === undefined) throw new EnvironmentFaults(faults);
  const parsed = researchTrainingSchema.safeParse(source.value);
  if (!parsed.success) reportIssues(researchTrainingSchema, source.value, parsed.error.issues, report);
  checkResearchTraining(
    parsed.success ? parsed.data : (salvage(researchTrainingSchema, source.value) ?? {}),
    env,
    report,
  );
  if (!parsed.success || faults.length > 0) throw new EnvironmentFaults(faults);
  return asScoped(parsed.data);
}

/** The rules between a training of research, its team, the catalogue, the grants and the pools. */
export function checkResearchTraining(training: Sparse<ResearchTraining>, env: Environment, report: Report): void {
  const teams = env.researchTeams.map(({ id }) => id);
  if (training.team !== undefined && !teams.includes(training.team))
    report(
      ['team'],
      show(training.team),
      allowedNames(teams, 'research teams'),
      meant(training.team, teams, 'name one of them'),
    );
  checkModel(training, env, report);
  checkPool(training, env, report);
}

function checkModel({ team, model, data }: Sparse<ResearchTraining>, env: Environment, report: Report): void {
  if (model === undefined) return;
  const type = env.models.find(({ id }) => id === model);
  const common = env.models.flatMap(({ id, scope }) => (scope === 'common' ? id : []));
  if (type?.scope === 'common') {
    if (data !== undefined) checkScope({ scope: 'common', team, type }, data, { env, grants: env.grants }, report);
    return;
  }
  report(
    ['model'],
    type === undefined ? show(model) : `${show(model)}, a tenant's model type`,
    allowedNames(common, 'common model types'),
    type === undefined
      ? meant(model, common, 'name one of them')
      : 'ask for a training in trainings/ of the environment',
  );
}

function checkPool(training: Sparse<ResearchTraining>, env: Environment, report: Report): void {
  const pools = env.nodePools.filter(({ cluster, workload }) => cluster === 'research' && workload === 'training');
  const names = pools.map(({ name }) => name);
  if (training.pool !== undefined && !names.includes(training.pool)) {
    report(
      ['pool'],
      show(training.pool),
      allowedNames(names, 'node pools of the research cluster for training'),
      meant(training.pool, names, 'name one of them'),
    );
    return;
  }
  const own = training.pool === undefined ? pools : pools.filter(({ name }) => name === training.pool);
  const trouble = poolTrouble({ nodePools: own }, training, 'research');
  if (trouble !== undefined) report(...trouble);
}
