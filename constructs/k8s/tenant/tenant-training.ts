import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { endOfGrant } from '../../../schema/grant';
import { imageReference } from '../../../schema/images';
import type { Environment } from '../../../schema/model';
import { clusterObjectNames, tenantNames } from '../../../schema/names';
import { outputsPrefix } from '../../../schema/pipeline-job';
import type { Tenant } from '../../../schema/tenant';
import { placeText, TRAINING_COMMANDS, type TrainingPlace } from '../../../schema/training-job';
import type { Scoped } from '../../../schema/training/scoped';
import type { TenantTraining } from '../../../schema/training/tenant-training';
import { trainingPool } from '../../../schema/training/training-pool';
import { labelSet } from '../label-set';
import { object, type KubernetesObject } from '../object';
import { TICKET_ANNOTATION, trainingPod } from '../training/training-pod';
import { queueLabels, trainingRun } from '../training/training-run';

interface Job extends KubernetesObject {
  readonly apiVersion: 'batch/v1';
  readonly kind: 'Job';
  readonly spec: object;
}

/**
 * Flux makes the object where there is none, and leaves it alone after that: Kueue starts a Job by changing it, a Job's pods cannot be changed, and
 * what has run must not run again. It still goes with its file.
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources (2026-11-26)
 */
const MADE_ONCE = { 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' };

/** The trainings of a tenant's models; none while it may run nothing. */
export const trainingsOf = (env: Environment, tenant: Tenant): readonly Scoped<TenantTraining>[] =>
  tenant.state === 'active' ? env.trainings.filter((training) => training.tenant === tenant.id) : [];

/**
 * The Job of one training of a tenant's model, in the tenant's own layer: no person makes one, and no file no training.
 * @throws where no pool takes it: the loader reports that with file and line
 */
export function tenantTraining(
  scope: Construct,
  env: Environment,
  tenant: Tenant,
  training: Scoped<TenantTraining>,
): ApiObject {
  const pool = trainingPool(env, training, 'production');
  if (pool === undefined)
    throw new Error(
      `training ${training.id}: got cpu ${training.cpu}, memoryGiB ${training.memoryGiB}, gpus ${training.gpus}, ` +
        `allowed what a pool of tenants' training may hold; lower them or add a pool to nodePools`,
    );
  const name = tenantNames.trainingJob(training.id);
  const common = labelSet({ env, name, owner: `tenant/${tenant.id}` });
  return object<Job>(scope, name, {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      namespace: tenantNames.namespace(tenant.id),
      labels: { ...common, ...queueLabels(clusterObjectNames.tenantLocalQueue, training.maxHours) },
      annotations: { ...MADE_ONCE, [TICKET_ANNOTATION]: training.ticket },
    },
    spec: {
      ...trainingRun({ nodes: 1, maxHours: training.maxHours }),
      template: trainingPod({
        serviceAccount: 'training',
        labels: common,
        image: imageReference(env, 'production', 'trainer'),
        env: variables(env, tenant, training),
        pool: pool.name,
        nodeTenant: tenant.id,
        dataVolumeGiB: pool.dataVolumeGiB,
        cpu: training.cpu,
        memoryGiB: training.memoryGiB,
        gpus: training.gpus,
      }),
    },
  });
}

/** What the training is told (schema/training-job.ts). All of it is the tenant's own bucket, whatever its file says. */
function variables(env: Environment, { id: tenant }: Tenant, training: TenantTraining): object[] {
  const { data } = training;
  const bucket = tenantNames.bucket(env, tenant);
  const account = env.accounts.production;
  const places = (data.kind === 'tenant' ? data.classes : []).map((each): TrainingPlace => ({
    place: placeText(bucket, outputsPrefix(each)),
    account,
  }));
  return Object.entries({
    ATOLL_TRAINING: training.id,
    ATOLL_MODEL: training.model,
    ATOLL_COMMAND: JSON.stringify(commandOf(env, training)),
    ATOLL_DATA: JSON.stringify(places),
    ATOLL_CHECKPOINTS: placeText(bucket, tenantNames.trainingCheckpoints(training.id)),
    ATOLL_CANDIDATE: placeText(bucket, tenantNames.trainingCandidate(training.id)),
    ATOLL_STORE_ACCOUNT: account,
    ATOLL_END: endOfGrant(training),
    AWS_REGION: env.region,
  }).map(([name, value]) => ({ name, value }));
}

function commandOf({ models }: Environment, { id, model }: TenantTraining): readonly string[] {
  const type = models.find((each) => each.id === model);
  if (type?.scope === 'tenant') return TRAINING_COMMANDS[type.form];
  throw new Error(`training ${id}: model: got '${model}', allowed a tenant's model type of the catalogue; name one`);
}
