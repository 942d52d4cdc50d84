import { endOfGrant } from '../../../schema/grant';
import { imageReference } from '../../../schema/images';
import type { Environment } from '../../../schema/model';
import { clusterObjectNames, LABEL_PREFIX, labels, tenantNames } from '../../../schema/names';
import { outputsPrefix } from '../../../schema/pipeline-job';
import type { TenantTraining } from '../../../schema/training/tenant-training';
import { placeText, TRAINING_COMMANDS } from '../../../schema/training-job';
import { trainingPool } from '../../../schema/training/training-pool';
import type { Finding } from '../../finding';
import { type KubernetesObject, nameOf, Reader } from '../objects/kubernetes-object';
import { Faults, podFaults } from './pod-fields';

const SECONDS_AN_HOUR = 3600;

/** Fields of a training's Job. What is not among them is not known here: its name is the finding. */
const KNOWN = {
  object: ['apiVersion', 'kind', 'metadata', 'spec'],
  metadata: ['annotations', 'labels', 'name', 'namespace'],
  // How often a pod fails and what counts as failing are amounts; the rest is compared.
  spec: [
    'activeDeadlineSeconds',
    'backoffLimit',
    'completionMode',
    'completions',
    'parallelism',
    'podFailurePolicy',
    'suspend',
    'template',
  ],
} as const;

/** Kueue's labels. @see https://kueue.sigs.k8s.io/docs/reference/labels-and-annotations/ (2026-11-26) */
const QUEUE = 'kueue.x-k8s.io/queue-name';
const PRIORITY = 'kueue.x-k8s.io/priority-class';
const LONGEST = 'kueue.x-k8s.io/max-exec-time-seconds';
/** Without it Flux would suspend the Job again that Kueue has started, and run it once more when it is gone. */
const ONCE = 'kustomize.toolkit.fluxcd.io/ssa';

/** What the Job of a training says beside what admission judges, against the file that asked for it. */
export function trainingFaults(
  environment: Environment,
  training: TenantTraining,
  object: KubernetesObject,
): readonly Finding[] {
  const faults = new Faults(`production: ${nameOf(object)}`, `tenant ${training.tenant}`);
  const job = Reader.of(faults.subject, 'job', object);
  faults.read(() => job.only(...KNOWN.object));
  faults.read(() => {
    metadataFaults(faults, training, job.object('metadata').only(...KNOWN.metadata));
  });
  const spec = job.object('spec');
  faults.read(() => spec.only(...KNOWN.spec));
  const longest = training.maxHours * SECONDS_AN_HOUR;
  for (const [field, allowed] of Object.entries({
    suspend: true,
    completionMode: 'Indexed',
    completions: 1,
    parallelism: 1,
    activeDeadlineSeconds: longest,
  }))
    faults.equal(`spec.${field}`, spec.value[field], allowed);
  const template = spec.object('template');
  const pod = template.object('spec');
  faults.equal(`${pod.path}.serviceAccountName`, pod.value['serviceAccountName'], 'training');
  faults.read(() => {
    const pool = trainingPool(environment, training, 'production')?.name;
    const path = `${pod.path}.nodeSelector`;
    faults.equal(`${path}[${labels.pool}]`, pod.labels('nodeSelector')[labels.pool], pool);
  });
  podFaults(faults, template, {
    tenant: training.tenant,
    image: imageReference(environment, 'production', 'trainer'),
    mounts: 2,
    medium: (volume) => (volume === 'shared-memory' ? 'Memory' : undefined),
    variables: (scratch) => variablesOf(environment, training, scratch),
  });
  return faults.all;
}

function metadataFaults(faults: Faults, training: TenantTraining, metadata: Reader): void {
  const annotations = metadata.labels('annotations');
  const ticket = `${LABEL_PREFIX}ticket`;
  Reader.of(faults.subject, `${metadata.path}.annotations`, annotations).only(ONCE, ticket);
  faults.equal(`${metadata.path}.annotations[${ONCE}]`, annotations[ONCE], 'IfNotPresent');
  faults.equal(`${metadata.path}.annotations[${ticket}]`, annotations[ticket], training.ticket);
  const given = metadata.labels('labels');
  for (const [key, allowed] of Object.entries({
    [QUEUE]: clusterObjectNames.tenantLocalQueue,
    [PRIORITY]: clusterObjectNames.trainingPriorityClass,
    [LONGEST]: String(training.maxHours * SECONDS_AN_HOUR),
    [labels.tenant]: training.tenant,
  }))
    faults.equal(`${metadata.path}.labels[${key}]`, given[key], allowed);
  const foreign = Object.keys(given).filter(
    (key) => key.startsWith('kueue.x-k8s.io/') && ![QUEUE, PRIORITY, LONGEST].includes(key),
  );
  for (const key of foreign) faults.equal(`${metadata.path}.labels[${key}]`, given[key], undefined);
}

/** Every variable of a training's container, and the one value that it may have: it reads and writes where they say. */
function variablesOf(
  environment: Environment,
  training: TenantTraining,
  scratch: string,
): Readonly<Record<string, string>> {
  const bucket = tenantNames.bucket(environment, training.tenant);
  const type = environment.models.find(({ id }) => id === training.model);
  const classes = training.data.kind === 'tenant' ? training.data.classes : [];
  return {
    ATOLL_TRAINING: training.id,
    ATOLL_MODEL: training.model,
    ATOLL_COMMAND: JSON.stringify(type?.scope === 'tenant' ? TRAINING_COMMANDS[type.form] : []),
    ATOLL_DATA: JSON.stringify(
      classes.map((each) => ({
        place: placeText(bucket, outputsPrefix(each)),
        account: environment.accounts.production,
      })),
    ),
    ATOLL_CHECKPOINTS: placeText(bucket, tenantNames.trainingCheckpoints(training.id)),
    ATOLL_CANDIDATE: placeText(bucket, tenantNames.trainingCandidate(training.id)),
    ATOLL_STORE_ACCOUNT: environment.accounts.production,
    ATOLL_END: endOfGrant(training),
    AWS_REGION: environment.region,
    HOME: scratch,
    TMPDIR: scratch,
  };
}
