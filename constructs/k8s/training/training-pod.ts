import { LABEL_PREFIX, clusterObjectNames, labels } from '../../../schema/names';
import { TRAINING_GRACE_SECONDS, TRAINING_SCRATCH } from '../../../schema/training-job';
import { RESTRICTED_CONTAINER, restrictedPod } from '../api/workloads';

export interface TrainingPodProps {
  readonly serviceAccount: string;
  /** Labels of the pods. */
  readonly labels: Readonly<Record<string, string>>;
  readonly image: string;
  /** @default - the image's entry point */
  readonly command?: readonly string[];
  readonly env: readonly object[];
  readonly pool: string;
  /** Tenant of the nodes, where each serves one tenant. @default - none */
  readonly nodeTenant?: string;
  /** Headless Service by which its pods find each other. @default - there is one pod */
  readonly subdomain?: string;
  readonly cpu: number;
  readonly memoryGiB: number;
  readonly gpus: number;
  /** Size of the data volume of the pool's nodes. */
  readonly dataVolumeGiB: number;
}

/** Not root, and no user of the node. */
const USER = 10_001;
/** Of the node's data volume, which also holds the images. */
const SCRATCH_SHARE = 0.25;
/** Of the pod's memory, by which PyTorch's workers hand batches over; the 64 MiB that a container has without it end them. It counts as memory. */
const SHARED_MEMORY_SHARE = 0.25;

/** Annotation of a training's Job: the ticket in which it was asked for. */
export const TICKET_ANNOTATION = `${LABEL_PREFIX}ticket`;

/** The pod template of a training: one container, in scratch space, on one kind of machine. */
export function trainingPod(props: TrainingPodProps): object {
  const scratch = Math.floor(props.dataVolumeGiB * SCRATCH_SHARE);
  const amounts = {
    cpu: String(props.cpu),
    memory: `${props.memoryGiB}Gi`,
    // A container's logs and its emptyDir count together.
    'ephemeral-storage': `${scratch + 1}Gi`,
    // A string: a bare number renders as null somewhere on the way, and the pod runs without a GPU.
    ...(props.gpus === 0 ? {} : { 'nvidia.com/gpu': String(props.gpus) }),
  };
  return {
    metadata: {
      labels: props.labels,
      // Consolidation must not end a run half way; a spot interruption still does.
      annotations: { 'karpenter.sh/do-not-disrupt': 'true' },
    },
    spec: {
      serviceAccountName: props.serviceAccount,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: TRAINING_GRACE_SECONDS,
      priorityClassName: clusterObjectNames.trainingPriorityClass,
      ...(props.subdomain === undefined ? {} : { subdomain: props.subdomain }),
      nodeSelector: {
        [labels.pool]: props.pool,
        ...(props.nodeTenant === undefined ? {} : { [labels.nodeTenant]: props.nodeTenant }),
      },
      tolerations: [{ key: labels.pool, operator: 'Equal', value: props.pool, effect: 'NoSchedule' }],
      securityContext: restrictedPod(USER),
      containers: [
        {
          name: 'training',
          image: props.image,
          imagePullPolicy: 'IfNotPresent',
          ...(props.command === undefined ? {} : { command: props.command }),
          env: [...props.env, { name: 'HOME', value: TRAINING_SCRATCH }, { name: 'TMPDIR', value: TRAINING_SCRATCH }],
          resources: { requests: amounts, limits: { ...amounts } },
          securityContext: RESTRICTED_CONTAINER,
          volumeMounts: [
            { name: 'scratch', mountPath: TRAINING_SCRATCH },
            { name: 'shared-memory', mountPath: '/dev/shm' },
          ],
        },
      ],
      volumes: [
        { name: 'scratch', emptyDir: { sizeLimit: `${scratch}Gi` } },
        {
          name: 'shared-memory',
          emptyDir: { medium: 'Memory', sizeLimit: `${Math.round(props.memoryGiB * 1024 * SHARED_MEMORY_SHARE)}Mi` },
        },
      ],
    },
  };
}
