import type { Environment } from '../../../schema/model';
import { clusterObjectNames, labels, tenantNames } from '../../../schema/names';
import type { PipelineSpec } from '../../../schema/environment';
import { GRACE_SECONDS } from '../../../schema/pipeline-job';
import type { Tenant } from '../../../schema/tenant';
import { type ImageId, imageReference, IMAGES } from '../../../schema/images';
import { RESTRICTED_CONTAINER, restrictedPod } from '../api/workloads';

/** Where the worker writes while it runs; the root file system is read-only. */
const SCRATCH = '/scratch';
/** Not root, and no user of the node. */
const WORKER_USER = 10_001;
/** Share of the node's data volume, which also holds the images and the scratch of a neighbour. */
const SCRATCH_SHARE = 0.25;

function imageId(pipeline: PipelineSpec): ImageId {
  if (!(pipeline.image in IMAGES)) {
    throw new Error(
      `pipelines.${pipeline.name}.image: got '${pipeline.image}', allowed ${Object.keys(IMAGES).join(', ')}; add it to schema/images.ts`,
    );
  }
  return pipeline.image as ImageId;
}

/** The pool on which a tenant's jobs of this pipeline run. */
function pipelinePool(tenant: Tenant, pipeline: PipelineSpec): string {
  return tenant.isolation === 'dedicated' ? pipeline.pool : pipeline.sharedPool;
}

/** GiB of scratch, from the volume of the pool's nodes. */
function scratchGiB(env: Environment, pool: string): number {
  const found = env.nodePools.find((candidate) => candidate.name === pool && candidate.cluster === 'production');
  if (found === undefined) {
    const names = env.nodePools.filter((candidate) => candidate.cluster === 'production').map(({ name }) => name);
    throw new Error(`pipelines: got the pool '${pool}', allowed ${names.join(', ')}; add it to nodePools`);
  }
  return Math.floor(found.dataVolumeGiB * SCRATCH_SHARE);
}

/**
 * The pod of one job of a pipeline. `dedicated` asks for nodes under the tenant's own label, which makes Karpenter buy a node for that
 * value and no other tenant's pod land on it; admission refuses any other tenant's value.
 */
export function pipelinePod(
  env: Environment,
  tenant: Tenant,
  pipeline: PipelineSpec,
  podLabels: Readonly<Record<string, string>>,
): object {
  const pool = pipelinePool(tenant, pipeline);
  const scratch = scratchGiB(env, pool);
  const amounts = {
    cpu: `${Math.round(pipeline.cpu * 1000)}m`,
    memory: `${Math.round(pipeline.memoryGiB * 1024)}Mi`,
    // A container's logs and its emptyDir count together.
    'ephemeral-storage': `${scratch + 1}Gi`,
    // A string: a bare number renders as null somewhere on the way, and the pod runs without a GPU.
    ...(pipeline.gpus === 0 ? {} : { 'nvidia.com/gpu': String(pipeline.gpus) }),
  };
  return {
    metadata: {
      labels: podLabels,
      // Consolidation must not end a call half way; a spot interruption still does.
      annotations: { 'karpenter.sh/do-not-disrupt': 'true' },
    },
    spec: {
      serviceAccountName: 'pipeline',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: GRACE_SECONDS,
      priorityClassName: clusterObjectNames.pipelinePriorityClass,
      nodeSelector: {
        [labels.pool]: pool,
        ...(tenant.isolation === 'dedicated' ? { [labels.nodeTenant]: tenant.id } : {}),
      },
      tolerations: [{ key: labels.pool, operator: 'Equal', value: pool, effect: 'NoSchedule' }],
      securityContext: restrictedPod(WORKER_USER),
      containers: [
        {
          name: 'worker',
          image: imageReference(env, 'production', imageId(pipeline)),
          imagePullPolicy: 'IfNotPresent',
          env: [
            { name: 'ATOLL_TENANT', value: tenant.id },
            { name: 'ATOLL_PIPELINE', value: pipeline.name },
            { name: 'ATOLL_QUEUE_URL', value: tenantNames.queueUrl(env, tenant.id, pipeline.name) },
            { name: 'ATOLL_BUCKET', value: tenantNames.bucket(env, tenant.id) },
            { name: 'ATOLL_ACCOUNT', value: env.accounts.production },
            { name: 'ATOLL_STAGES', value: JSON.stringify(pipeline.stages) },
            { name: 'AWS_REGION', value: env.region },
            { name: 'HOME', value: SCRATCH },
            { name: 'TMPDIR', value: SCRATCH },
          ],
          resources: { requests: amounts, limits: { ...amounts } },
          securityContext: RESTRICTED_CONTAINER,
          volumeMounts: [{ name: 'scratch', mountPath: SCRATCH }],
        },
      ],
      volumes: [{ name: 'scratch', emptyDir: { sizeLimit: `${scratch}Gi` } }],
    },
  };
}
