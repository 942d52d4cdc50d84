import { type ProbeNumbers, startupProbe } from '../../../schema/cold-start';
import type { Environment } from '../../../schema/model';
import { type ImageId, imageReference } from '../../../schema/images';
import { clusterObjectNames, labels } from '../../../schema/names';
import type { NodePool } from '../../../schema/node-pool';
import type { ServerConfigInput } from '../../../schema/server-config';
import {
  CONTROL_VOLUME_MIB,
  LOADER_GRACE_SECONDS,
  loaderProbeCommand,
  MODEL_SERVER_PORT,
  SERVER_MOUNTS,
  SERVER_USER,
  TRITON_ENVIRONMENT,
  tritonArguments,
  tritonCommand,
  VLLM_ENVIRONMENT,
  vllmArguments,
  vllmCommand,
} from '../../../schema/server-pod';
import type { ServingPool } from '../../../schema/serving-pool';
import { RESTRICTED_CONTAINER, restrictedPod } from '../api/workloads';
import type { RenderedServer } from './rendered-servers';

/**
 * What the smallest machine of a serving pool has to give (4 vCPUs and 16 GiB of a `g6.xlarge`) besides what runs on every node. Weights are read
 * through the page cache, and lie on the GPU. Not measured: docs/open-claims.md.
 * @see https://aws.amazon.com/ec2/instance-types/g6/ (2026-11-26)
 */
const SERVER_AMOUNTS = { cpu: '2800m', memory: '10Gi' };
const LOADER_AMOUNTS = { cpu: '250m', memory: '512Mi', 'ephemeral-storage': '1Gi' };
const SHARED_MEMORY = '2Gi';
const SCRATCH_GIB = 4;
/** Files of two releases of one model: the old one serves until the new one is there. */
const RELEASES_AT_ONCE = 2;
/** Seconds that requests under way have once the pod is told to go. */
const GRACE_SECONDS = 60;
/** Until no Service names a pod that goes. */
const LEAVING_SECONDS = 5;

/** The pod of one server: the engine with its GPU, and the loader beside it, which starts first and ends last. */
export function modelServerPod(
  env: Environment,
  props: {
    readonly server: RenderedServer['server'];
    readonly config: ServerConfigInput;
    readonly configurationName: string;
    readonly pool: NodePool;
    readonly servingPool: ServingPool;
  },
): object {
  const { server, config, configurationName, pool, servingPool } = props;
  const startup = startupProbe(servingPool);
  const all = config.engine === 'vllm' ? [config.base, ...config.models] : config.models;
  const modelsMiB = RELEASES_AT_ONCE * all.reduce((sum, { filesMiB }) => sum + filesMiB, 0);
  return {
    serviceAccountName: server.id,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    // A key lies on the command line of one container.
    shareProcessNamespace: false,
    terminationGracePeriodSeconds: LEAVING_SECONDS + GRACE_SECONDS + LOADER_GRACE_SECONDS,
    priorityClassName: clusterObjectNames.servingPriorityClass,
    nodeSelector: { [labels.pool]: pool.name },
    tolerations: [{ key: labels.pool, operator: 'Equal', value: pool.name, effect: 'NoSchedule' }],
    securityContext: restrictedPod(SERVER_USER),
    initContainers: [loader(env, startup)],
    containers: [engine(env, config, modelsMiB, startup)],
    volumes: [
      { name: 'configuration', configMap: { name: configurationName } },
      { name: 'models', emptyDir: { sizeLimit: `${modelsMiB}Mi` } },
      { name: 'control', emptyDir: { medium: 'Memory', sizeLimit: `${CONTROL_VOLUME_MIB}Mi` } },
      { name: 'loader-scratch', emptyDir: { sizeLimit: '512Mi' } },
      { name: 'scratch', emptyDir: { sizeLimit: `${SCRATCH_GIB}Gi` } },
      { name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit: SHARED_MEMORY } },
    ],
  };
}

const PERIOD_SECONDS = 5;

function loader(env: Environment, startup: ProbeNumbers): object {
  const probe = (kind: 'started' | 'ready' | 'alive', failureThreshold: number): object => ({
    exec: { command: loaderProbeCommand(kind) },
    periodSeconds: PERIOD_SECONDS,
    timeoutSeconds: PERIOD_SECONDS,
    failureThreshold,
  });
  return {
    name: 'loader',
    image: imageReference(env, 'production', 'model-loader'),
    imagePullPolicy: 'IfNotPresent',
    // A sidecar: it starts before the server, stays beside it, and ends after it.
    restartPolicy: 'Always',
    env: [
      { name: 'HOME', value: SERVER_MOUNTS.scratch },
      { name: 'AWS_REGION', value: env.region },
    ],
    resources: { requests: LOADER_AMOUNTS, limits: { ...LOADER_AMOUNTS, cpu: '2' } },
    securityContext: RESTRICTED_CONTAINER,
    startupProbe: { ...probe('started', 1), ...startup },
    readinessProbe: probe('ready', 1),
    livenessProbe: probe('alive', 6),
    volumeMounts: [
      { name: 'configuration', mountPath: SERVER_MOUNTS.config, readOnly: true },
      { name: 'models', mountPath: SERVER_MOUNTS.models },
      { name: 'control', mountPath: SERVER_MOUNTS.control },
      { name: 'loader-scratch', mountPath: SERVER_MOUNTS.scratch },
    ],
  };
}

function engine(env: Environment, config: ServerConfigInput, modelsMiB: number, startup: ProbeNumbers): object {
  const vllm = config.engine === 'vllm';
  const image: ImageId = vllm ? 'vllm' : 'triton';
  const amounts = {
    ...SERVER_AMOUNTS,
    'ephemeral-storage': `${modelsMiB + SCRATCH_GIB * 1024 + 1024}Mi`,
    // A string: a bare number renders as null somewhere on the way, and the pod runs without a GPU.
    'nvidia.com/gpu': '1',
  };
  const probe = (failureThreshold: number): object => ({
    httpGet: { path: vllm ? '/health' : '/v2/health/live', port: MODEL_SERVER_PORT },
    periodSeconds: PERIOD_SECONDS,
    timeoutSeconds: PERIOD_SECONDS,
    failureThreshold,
  });
  return {
    name: 'server',
    image: imageReference(env, 'production', image),
    imagePullPolicy: 'IfNotPresent',
    command: vllm ? vllmCommand() : tritonCommand(),
    args: vllm ? vllmArguments() : tritonArguments(),
    env: Object.entries(vllm ? VLLM_ENVIRONMENT : TRITON_ENVIRONMENT).map(([name, value]) => ({ name, value })),
    ports: [{ name: 'http', containerPort: MODEL_SERVER_PORT, protocol: 'TCP' }],
    resources: { requests: amounts, limits: { ...amounts } },
    securityContext: RESTRICTED_CONTAINER,
    startupProbe: { ...probe(1), ...startup },
    readinessProbe: probe(3),
    livenessProbe: probe(12),
    lifecycle: { preStop: { sleep: { seconds: LEAVING_SECONDS } } },
    volumeMounts: [
      { name: 'models', mountPath: SERVER_MOUNTS.models, readOnly: true },
      { name: 'control', mountPath: SERVER_MOUNTS.control, readOnly: true },
      { name: 'scratch', mountPath: SERVER_MOUNTS.scratch },
      { name: 'shared-memory', mountPath: SERVER_MOUNTS.sharedMemory },
    ],
  };
}
