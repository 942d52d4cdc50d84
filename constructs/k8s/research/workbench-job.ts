import { datasetScope } from '../../../schema/dataset-scope';
import type { Grant } from '../../../schema/grant';
import { imageReference } from '../../../schema/images';
import { START_SECONDS } from '../../../schema/job-runs';
import type { Environment } from '../../../schema/model';
import { clusterObjectNames, labels, personAnnotation, teamNames } from '../../../schema/names';
import { WORKBENCH_GRACE_SECONDS, WORKBENCH_HOME, type WorkbenchKind } from '../../../schema/workbench';
import { QUEUE_NAME_LABEL } from '../api/kueue';
import { labelSet } from '../label-set';
import { RESTRICTED_CONTAINER, restrictedPod } from '../api/workloads';

export interface WorkbenchJobProps {
  readonly env: Environment;
  /** Id of the research team. */
  readonly team: string;
  /** With whose rights it reads. @default - none: it reads no tenant's data, and has no role */
  readonly grant?: Grant;
  /** Sign-in name of the person who works in it. */
  readonly person: string;
  readonly kind: WorkbenchKind;
  /** Node pool of the research cluster on which it runs. */
  readonly pool: string;
  readonly amounts: WorkbenchAmounts;
  readonly hours: number;
  readonly idleMinutes: number;
  /** The person's public key, DER in base64: no secret. */
  readonly publicKey: string;
  /** 8 hexadecimal digits that no other workbench has. */
  readonly mark: string;
}

/** What it may use. It asks for all of it from the start. */
export interface WorkbenchAmounts {
  readonly cpus: number;
  readonly memoryGiB: number;
  readonly gpus: number;
}

/** Not root, and no user of the node; the image's own. */
const USER = 10_001;
/** Scratch of one pod on a volume of the smallest size that pools have by default, of which a quarter is a job's. */
const HOME_GIB = 16;
const TEMPORARY_GIB = 4;
/** Loaders of training data hand batches from process to process through it; it counts as memory. */
const SHARED_MEMORY_GIB = 1;
/** A day in which its end can be read. */
const KEPT_SECONDS = 86_400;
const SCOPE_FOLDER = '/etc/atoll/scope';

/**
 * A workbench of one person, for that person to make: suspended in the team's queue, as admission wants it. It has no Service: what it
 * listens on is the pod's own loopback address, which a forwarded port reaches and no pod does.
 * @see https://github.com/containerd/containerd/blob/main/internal/cri/server/sandbox_portforward_linux.go dialLocalhost (2026-11-26)
 * docs/decisions/0031-a-workbench.md
 */
export function workbenchJob(props: WorkbenchJobProps): object {
  const { env, team, grant, person, hours } = props;
  const common = {
    ...labelSet({ env, name: 'workbench', owner: `team/${team}` }),
    // A person makes it, and Flux does not know it.
    [labels.managedBy]: 'atoll',
    ...(grant === undefined ? {} : { [labels.grant]: grant.id }),
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: teamNames.workbench(grant?.id, props.mark),
      namespace: teamNames.namespace(team),
      labels: { ...common, [QUEUE_NAME_LABEL]: teamNames.localQueue },
      annotations: { [personAnnotation]: person },
    },
    spec: {
      suspend: true,
      // A second pod would have an empty home, and nobody in it.
      backoffLimit: 0,
      activeDeadlineSeconds: hours * 3600 + START_SECONDS,
      ttlSecondsAfterFinished: KEPT_SECONDS,
      template: {
        // A drifted node waits until it is empty.
        metadata: { labels: common, annotations: { 'karpenter.sh/do-not-disrupt': 'true' } },
        spec: pod(props),
      },
    },
  };
}

function pod(props: WorkbenchJobProps): object {
  const { env, grant, pool } = props;
  const scope = grant !== undefined && datasetScope(env, grant) !== undefined ? grant : undefined;
  return {
    serviceAccountName: grant === undefined ? teamNames.serviceAccount : teamNames.grantServiceAccount(grant.id),
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    restartPolicy: 'Never',
    terminationGracePeriodSeconds: WORKBENCH_GRACE_SECONDS,
    priorityClassName: clusterObjectNames.workbenchPriorityClass,
    nodeSelector: { [labels.pool]: pool },
    tolerations: [{ key: labels.pool, operator: 'Equal', value: pool, effect: 'NoSchedule' }],
    securityContext: restrictedPod(USER),
    containers: [container(props, scope !== undefined)],
    volumes: [
      ...(scope === undefined ? [] : [{ name: 'scope', configMap: { name: teamNames.grantScope(scope.id) } }]),
      { name: 'home', emptyDir: { sizeLimit: `${HOME_GIB}Gi` } },
      { name: 'temporary', emptyDir: { sizeLimit: `${TEMPORARY_GIB}Gi` } },
      { name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit: `${SHARED_MEMORY_GIB}Gi` } },
    ],
  };
}

function container({ env, kind, amounts, hours, idleMinutes, publicKey }: WorkbenchJobProps, scope: boolean): object {
  const wanted = {
    cpu: String(amounts.cpus),
    memory: `${amounts.memoryGiB}Gi`,
    'ephemeral-storage': `${HOME_GIB + TEMPORARY_GIB}Gi`,
    ...(amounts.gpus === 0 ? {} : { 'nvidia.com/gpu': String(amounts.gpus) }),
  };
  return {
    name: 'workbench',
    image: imageReference(env, 'research', 'workbench'),
    imagePullPolicy: 'IfNotPresent',
    env: [
      { name: 'ATOLL_WORKBENCH', value: kind },
      { name: 'ATOLL_PUBLIC_KEY', value: publicKey },
      { name: 'ATOLL_IDLE_SECONDS', value: String(idleMinutes * 60) },
      { name: 'ATOLL_MAX_SECONDS', value: String(hours * 3600) },
      { name: 'AWS_REGION', value: env.region },
      { name: 'HOME', value: WORKBENCH_HOME },
    ],
    resources: { requests: wanted, limits: { ...wanted } },
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [
      ...(scope ? [{ name: 'scope', mountPath: SCOPE_FOLDER, readOnly: true }] : []),
      { name: 'home', mountPath: WORKBENCH_HOME },
      { name: 'temporary', mountPath: '/tmp' },
      { name: 'shared-memory', mountPath: '/dev/shm' },
    ],
  };
}
