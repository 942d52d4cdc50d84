import type { Construct } from 'constructs';
import type { ResearchTeam } from '../../../schema/environment';
import { imageReference } from '../../../schema/images';
import type { Environment } from '../../../schema/model';
import { labels, teamNames } from '../../../schema/names';
import type { NodePool } from '../../../schema/node-pool';
import { labelSet } from '../label-set';
import { object, type KubernetesObject } from '../object';
import { trainingPod } from '../training/training-pod';
import { queueLabels, trainingRun } from '../training/training-run';
import { torchrunVariables } from './training-variables';

interface CronJob extends KubernetesObject {
  readonly apiVersion: 'batch/v1';
  readonly kind: 'CronJob';
  readonly spec: object;
}

/** A schedule is required; a suspended CronJob follows none. */
const SCHEDULE = '0 0 1 1 *';
/** Finished Jobs of a template that Kubernetes keeps of each outcome: they are the CronJob's, whoever made them. */
const HISTORY = 50;
/** Pods of a template of several: the fewest, and `atoll train` makes any number. */
const NODES = 2;
const SIZE = { cpu: 4, memoryGiB: 16, gpus: 1 } as const;
const MAX_HOURS = 24;

/** Pools of research's training that have GPUs. */
export const templatePools = (env: Environment): readonly NodePool[] =>
  env.nodePools.filter(
    ({ cluster, workload, gpuLimit }) => cluster === 'research' && workload === 'training' && gpuLimit > 0,
  );

/**
 * Suspended CronJobs of which people make trainings without tenants' data by `kubectl create job --from`: one pod on the first pool, and several on
 * each. Nobody but Flux writes them; the Job is the person's, in the queue as every other.
 * @see https://kubernetes.io/docs/reference/kubectl/generated/kubectl_create/kubectl_create_job/ (2026-11-26)
 * @see https://kueue.sigs.k8s.io/docs/tasks/run/cronjobs/ (2026-11-26)
 */
export function trainingTemplates(scope: Construct, env: Environment, team: ResearchTeam): void {
  const pools = templatePools(env);
  for (const pool of pools.slice(0, 1))
    template(scope, env, team, { name: teamNames.trainingTemplate(), pool, nodes: 1 });
  for (const pool of pools)
    template(scope, env, team, { name: teamNames.trainingTemplate(pool.name), pool, nodes: NODES });
}

function template(
  scope: Construct,
  env: Environment,
  team: ResearchTeam,
  { name, pool, nodes }: { readonly name: string; readonly pool: NodePool; readonly nodes: number },
): void {
  const set = labelSet({ env, name: 'training', owner: `team/${team.id}` });
  // A person makes the Job, and Flux does not know it.
  const ofJobs = { ...set, [labels.managedBy]: 'atoll' };
  object<CronJob>(scope, name, {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name, namespace: teamNames.namespace(team.id), labels: set },
    spec: {
      schedule: SCHEDULE,
      suspend: true,
      concurrencyPolicy: 'Forbid',
      successfulJobsHistoryLimit: HISTORY,
      failedJobsHistoryLimit: HISTORY,
      jobTemplate: {
        metadata: { labels: { ...ofJobs, ...queueLabels(teamNames.localQueue, MAX_HOURS) } },
        spec: {
          ...trainingRun({ nodes, maxHours: MAX_HOURS }),
          template: trainingPod({
            serviceAccount: teamNames.serviceAccount,
            labels: ofJobs,
            image: imageReference(env, 'research', 'trainer'),
            env: [
              ...torchrunVariables(nodes, SIZE.gpus),
              { name: 'ATOLL_TRAINING', value: teamNames.trainingTemplate() },
              { name: 'ATOLL_COMMAND', value: JSON.stringify(['torchrun', 'train.py']) },
              { name: 'ATOLL_DATA', value: '[]' },
              { name: 'AWS_REGION', value: env.region },
            ],
            pool: pool.name,
            ...(nodes === 1 ? {} : { subdomain: teamNames.workersService }),
            ...SIZE,
            dataVolumeGiB: pool.dataVolumeGiB,
          }),
        },
      },
    },
  });
}
