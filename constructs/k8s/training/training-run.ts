import { clusterObjectNames } from '../../../schema/names';
import { TRAINING_REFUSALS } from '../../../schema/training-job';
import { MAX_EXECUTION_LABEL, PRIORITY_CLASS_LABEL, QUEUE_NAME_LABEL } from '../api/kueue';

/** Pods that may fail before the Job does. A machine that went away is not counted, and a refusal ends it at once. */
const RETRIES = 3;
const SECONDS_AN_HOUR = 3600;

/** Labels by which Kueue knows a training: its queue, its place there, and its longest run over all admissions. */
export const queueLabels = (queue: string, maxHours: number): Readonly<Record<string, string>> => ({
  [QUEUE_NAME_LABEL]: queue,
  [PRIORITY_CLASS_LABEL]: clusterObjectNames.trainingPriorityClass,
  [MAX_EXECUTION_LABEL]: String(maxHours * SECONDS_AN_HOUR),
});

/** How a training's Job runs: suspended until Kueue admits all of its pods together, and each pod with an index of its own. */
export const trainingRun = ({
  nodes,
  maxHours,
}: {
  /** Pods of the Job. */
  readonly nodes: number;
  readonly maxHours: number;
}): object => ({
  suspend: true,
  completionMode: 'Indexed',
  completions: nodes,
  parallelism: nodes,
  // Of a gang each pod may fail as often.
  backoffLimit: RETRIES * nodes,
  activeDeadlineSeconds: maxHours * SECONDS_AN_HOUR,
  podFailurePolicy: {
    rules: [
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
      {
        action: 'FailJob',
        onExitCodes: { containerName: 'training', operator: 'In', values: [...TRAINING_REFUSALS] },
      },
    ],
  },
});
