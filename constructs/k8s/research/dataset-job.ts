import { SCOPE_FILE } from '../../../schema/dataset-scope';
import type { Grant } from '../../../schema/grant';
import { imageReference } from '../../../schema/images';
import type { Environment } from '../../../schema/model';
import { clusterObjectNames, LABEL_PREFIX, labels, teamNames } from '../../../schema/names';
import type { Recipe } from '../../../schema/recipe';
import { QUEUE_NAME_LABEL } from '../api/kueue';
import { labelSet } from '../label-set';
import { RESTRICTED_CONTAINER, restrictedPod } from '../api/workloads';

export interface DatasetJobProps {
  readonly env: Environment;
  readonly grant: Grant;
  readonly recipe: Recipe;
  /** The recipe as its author wrote it, comments and all. */
  readonly recipeText: string;
  /** Node pool of the research cluster on which it runs. */
  readonly pool: string;
}

/** Not root, and no user of the node; the image's own. */
const USER = 10_001;
/** Lists and small files are what it waits for, and the sample is what it holds. */
const AMOUNTS = { cpu: '1', memory: '1Gi', 'ephemeral-storage': '1Gi' };
/** Six hours. A Job that has not ended by then is stuck, and its machine is paid. */
const MAX_SECONDS = 21_600;
/** A day in which its log and its end can be read. */
const KEPT_SECONDS = 86_400;
/** A machine that went away is worth another try; a refusal is not, and fails at once. */
const RETRIES = 2;
/** Exit codes of `services/dataset-builder/refusal.ts` that the same recipe would meet again: recipe, closed, empty. */
const REFUSALS = [2, 3, 4];

const RECIPE_ANNOTATION = `${LABEL_PREFIX}recipe`;
const SCOPE_FOLDER = '/etc/atoll/scope';
const RECIPE_FOLDER = '/etc/atoll/recipe';

/**
 * The Job that builds one dataset with the rights of one grant, for its people to make: suspended in the team's queue, as admission wants it.
 * The recipe is an annotation that the pod sees as a file, and no object of its own: it goes with the Job, and the audit log's
 * record of the Job has it.
 */
export function datasetJob({ env, grant, recipe, recipeText, pool }: DatasetJobProps): object {
  const common = {
    ...labelSet({ env, name: 'dataset', owner: `team/${grant.team}` }),
    // A person makes it, and Flux does not know it.
    [labels.managedBy]: 'atoll',
    [labels.grant]: grant.id,
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      generateName: `${teamNames.grantPrefix(grant.id)}dataset-${recipe.name}-`,
      namespace: teamNames.namespace(grant.team),
      labels: { ...common, [QUEUE_NAME_LABEL]: teamNames.localQueue },
    },
    spec: {
      suspend: true,
      backoffLimit: RETRIES,
      activeDeadlineSeconds: MAX_SECONDS,
      ttlSecondsAfterFinished: KEPT_SECONDS,
      podFailurePolicy: {
        rules: [
          { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] },
          { action: 'FailJob', onExitCodes: { containerName: 'builder', operator: 'In', values: REFUSALS } },
        ],
      },
      template: {
        metadata: { labels: common, annotations: { [RECIPE_ANNOTATION]: recipeText } },
        spec: pod(env, grant, pool),
      },
    },
  };
}

function pod(env: Environment, grant: Grant, pool: string): object {
  return {
    serviceAccountName: teamNames.grantServiceAccount(grant.id),
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    restartPolicy: 'Never',
    terminationGracePeriodSeconds: 30,
    priorityClassName: clusterObjectNames.trainingPriorityClass,
    nodeSelector: { [labels.pool]: pool },
    tolerations: [{ key: labels.pool, operator: 'Equal', value: pool, effect: 'NoSchedule' }],
    securityContext: restrictedPod(USER),
    containers: [
      {
        name: 'builder',
        image: imageReference(env, 'research', 'dataset-builder'),
        imagePullPolicy: 'IfNotPresent',
        env: [
          { name: 'ATOLL_SCOPE', value: `${SCOPE_FOLDER}/${SCOPE_FILE}` },
          { name: 'ATOLL_RECIPE', value: `${RECIPE_FOLDER}/recipe.yaml` },
          { name: 'AWS_REGION', value: env.region },
          { name: 'HOME', value: '/tmp' },
          // Of the memory that the container may have, Node takes the heap and leaves the rest to what it reads.
          { name: 'NODE_OPTIONS', value: '--max-old-space-size=768' },
        ],
        resources: { requests: AMOUNTS, limits: { ...AMOUNTS } },
        securityContext: RESTRICTED_CONTAINER,
        volumeMounts: [
          { name: 'scope', mountPath: SCOPE_FOLDER, readOnly: true },
          { name: 'recipe', mountPath: RECIPE_FOLDER, readOnly: true },
          { name: 'scratch', mountPath: '/tmp' },
        ],
      },
    ],
    volumes: [
      { name: 'scope', configMap: { name: teamNames.grantScope(grant.id) } },
      {
        name: 'recipe',
        downwardAPI: {
          items: [{ path: 'recipe.yaml', fieldRef: { fieldPath: `metadata.annotations['${RECIPE_ANNOTATION}']` } }],
        },
      },
      { name: 'scratch', emptyDir: { sizeLimit: '512Mi' } },
    ],
  };
}
