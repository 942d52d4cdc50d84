import { trainingJob } from '../../constructs/k8s/research/training-job';
import { yamlDocuments } from '../../constructs/k8s/yaml-text';
import type { Environment } from '../../schema/model';
import { readResearchTraining } from '../../schema/training/read-research-training';
import { trainingPool } from '../../schema/training/training-pool';

export interface TrainProps {
  readonly env: Environment;
  /** Name of the training's file, as faults say it, and its text. */
  readonly training: { readonly file: string; readonly text: string };
}

/**
 * The Job of a training in research as YAML, for `kubectl create -f -`.
 * @throws EnvironmentFaults with every fault of the training, data that is wider than its model's scope among them
 */
export function trainingManifest({ env, training: { file, text } }: TrainProps): string {
  const training = readResearchTraining(text, file, env);
  const { data, pool: named } = training;
  const grant = data?.kind === 'grant' ? env.grants.find(({ id }) => id === data.grant) : undefined;
  const pools = named === undefined ? env.nodePools : env.nodePools.filter(({ name }) => name === named);
  const pool = trainingPool({ nodePools: pools }, training, 'research');
  if (pool === undefined) throw new Error(`${file}: pool: got none that takes it, allowed one; it was found before`);
  return yamlDocuments([trainingJob({ env, training, pool, ...(grant === undefined ? {} : { grant }) })]);
}
