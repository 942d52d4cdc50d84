import type { Grant } from '../../../schema/grant';
import type { Environment } from '../../../schema/model';
import { labels, registryNames, teamNames } from '../../../schema/names';
import type { NodePool } from '../../../schema/node-pool';
import type { ResearchTraining } from '../../../schema/training/research-training';
import type { Scoped } from '../../../schema/training/scoped';
import { labelSet } from '../label-set';
import { trainingPod } from '../training/training-pod';
import { queueLabels, trainingRun } from '../training/training-run';
import { grantedPlaces, grantedStore, torchrunVariables } from './training-variables';

export interface TrainingJobProps {
  readonly env: Environment;
  readonly training: Scoped<ResearchTraining>;
  /** @default - it runs with the team's own account, which reads no tenant's data */
  readonly grant?: Grant;
  /** Node pool of the research cluster on which it runs. */
  readonly pool: NodePool;
}

/** A day in which its log and its end can be read. */
const KEPT_SECONDS = 86_400;

/**
 * The Job of one training, for a person of its grant or team to make: suspended in the team's queue, as admission wants it. Its pods are admitted
 * together, and find each other by the team's headless Service.
 */
export function trainingJob({ env, training, grant, pool }: TrainingJobProps): object {
  const prefix = grant === undefined ? '' : teamNames.grantPrefix(grant.id);
  const common = {
    ...labelSet({ env, name: 'training', owner: `team/${training.team}` }),
    // A person makes it, and Flux does not know it.
    [labels.managedBy]: 'atoll',
    ...(grant === undefined ? {} : { [labels.grant]: grant.id }),
  };
  const { host, repository } = registryNames;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      generateName: `${prefix}train-${training.name}-`,
      namespace: teamNames.namespace(training.team),
      labels: { ...common, ...queueLabels(teamNames.localQueue, training.maxHours) },
    },
    spec: {
      ...trainingRun(training),
      ttlSecondsAfterFinished: KEPT_SECONDS,
      template: trainingPod({
        serviceAccount: grant === undefined ? teamNames.serviceAccount : teamNames.grantServiceAccount(grant.id),
        labels: common,
        image: `${host(env, 'research')}/${repository(env, training.image)}`,
        env: [
          ...torchrunVariables(training.nodes, training.gpus),
          ...Object.entries({
            ATOLL_TRAINING: training.name,
            ATOLL_MODEL: training.model,
            ATOLL_COMMAND: JSON.stringify(training.command),
            ATOLL_DATA: JSON.stringify(grant === undefined ? [] : grantedPlaces(env, grant)),
            ...(grant === undefined ? {} : grantedStore(env, grant, training.name)),
            AWS_REGION: env.region,
          }).map(([name, value]) => ({ name, value })),
        ],
        pool: pool.name,
        ...(training.nodes === 1 ? {} : { subdomain: teamNames.workersService }),
        cpu: training.cpu,
        memoryGiB: training.memoryGiB,
        gpus: training.gpus,
        dataVolumeGiB: pool.dataVolumeGiB,
      }),
    },
  };
}
