import { type ImageId, imageReference } from '../../../schema/images';
import type { Environment } from '../../../schema/model';
import { clusterObjectNames, labels } from '../../../schema/names';
import type { Server } from '../../../schema/placement/place';
import { demandLocation, ROUTER_OPERATIONS_PORT } from '../../../schema/router-config';
import {
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
import { servingNames } from '../../../schema/serving-names';
import { type Allowed, free, like, rule } from '../allowed';

/** One object that may stand in the namespace, with what its labels and its `spec` may be. */
export interface AllowedWorkload {
  readonly kind: string;
  readonly name: string;
  readonly allowed: Allowed;
  /** Whether it must be there. */
  readonly always: boolean;
}

const TIMES = free('when it counts as up or down');
const AMOUNTS = free('size and price');
const STRATEGY = free('how a new one takes over');
const COMMON_LABELS = [labels.name, labels.partOf, labels.managedBy, labels.environment, labels.owner];

const CONTAINER: Allowed = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};
const pod = (user: Allowed): Allowed => ({
  fsGroup: user,
  runAsGroup: user,
  runAsNonRoot: true,
  runAsUser: user,
  seccompProfile: { type: 'RuntimeDefault' },
});
const user = rule('a user that is not root', (value) => typeof value === 'number' && value > 0);
const listening = (ports: readonly number[]): Allowed =>
  ports.map((port) => ({ containerPort: port, name: free('a word'), protocol: 'TCP' }));

/** The router and, for each server of the placement, its pod and its scale. */
export function allowedWorkloads(environment: Environment, servers: readonly Server[]): readonly AllowedWorkload[] {
  return [
    routerDeployment(environment),
    ...servers.flatMap((server) => [serverDeployment(environment, server), serverScale(environment, server)]),
  ];
}

function labelled(environment: Environment, more: Readonly<Record<string, string>>): Allowed {
  const fixed: Readonly<Record<string, Allowed>> = { [labels.environment]: environment.name, ...more };
  return Object.fromEntries([
    ...COMMON_LABELS.map((key) => [key, free('a word for people')]),
    ...Object.entries(fixed),
  ]) as Allowed;
}

function routerDeployment(environment: Environment): AllowedWorkload {
  const name = clusterObjectNames.router;
  const selector = { matchLabels: { [labels.name]: name } };
  const set = labelled(environment, { [labels.name]: name });
  const spec: Allowed = {
    automountServiceAccountToken: false,
    containers: [
      {
        env: [{ name: 'NODE_OPTIONS', value: like('the size of the heap', /^--max-old-space-size=\d+$/) }],
        image: imageReference(environment, 'production', 'router'),
        imagePullPolicy: 'IfNotPresent',
        lifecycle: TIMES,
        livenessProbe: TIMES,
        name,
        ports: listening([clusterObjectNames.routerPort, ROUTER_OPERATIONS_PORT]),
        readinessProbe: TIMES,
        resources: AMOUNTS,
        securityContext: CONTAINER,
        startupProbe: TIMES,
        volumeMounts: free('of the volumes below'),
      },
    ],
    enableServiceLinks: false,
    priorityClassName: free('who waits for a machine'),
    securityContext: pod(user),
    serviceAccountName: name,
    terminationGracePeriodSeconds: TIMES,
    topologySpreadConstraints: free('in which zones'),
    volumes: [
      { configMap: { name: like('its own configuration', /^router$/) }, name: free('a word') },
      {
        name: free('a word'),
        projected: {
          sources: [
            // Of the audience of the API server, where the account has no right but what every account has.
            { serviceAccountToken: { expirationSeconds: TIMES, path: 'token' } },
            { configMap: { items: [{ key: 'ca.crt', path: 'ca.crt' }], name: 'kube-root-ca.crt' } },
          ],
        },
      },
    ],
  };
  return {
    kind: 'Deployment',
    name,
    always: true,
    allowed: {
      labels: set,
      spec: {
        progressDeadlineSeconds: TIMES,
        replicas: free('how many'),
        revisionHistoryLimit: TIMES,
        selector,
        strategy: STRATEGY,
        template: { metadata: { labels: set }, spec },
      },
    },
  };
}

const variables = (environment: Readonly<Record<string, string>>): Allowed =>
  Object.entries(environment).map(([name, value]) => ({ name, value }));

function serverDeployment(environment: Environment, { id, engine, nodePool }: Server): AllowedWorkload {
  const own = { [labels.name]: servingNames.modelServer, [servingNames.serverLabel]: id };
  const set = labelled(environment, own);
  const vllm = engine === 'vllm';
  const image: ImageId = vllm ? 'vllm' : 'triton';
  const container = (name: string, of: ImageId, more: Readonly<Record<string, Allowed>>): Allowed => ({
    image: imageReference(environment, 'production', of),
    imagePullPolicy: 'IfNotPresent',
    livenessProbe: TIMES,
    name,
    readinessProbe: TIMES,
    resources: AMOUNTS,
    securityContext: CONTAINER,
    startupProbe: TIMES,
    volumeMounts: free('of the volumes below'),
    ...more,
  });
  const spec: Allowed = {
    automountServiceAccountToken: false,
    containers: [
      container('server', image, {
        args: [...(vllm ? vllmArguments() : tritonArguments())],
        command: [...(vllm ? vllmCommand() : tritonCommand())],
        env: variables(vllm ? VLLM_ENVIRONMENT : TRITON_ENVIRONMENT),
        lifecycle: TIMES,
        ports: listening([MODEL_SERVER_PORT]),
      }),
    ],
    enableServiceLinks: false,
    initContainers: [
      container('loader', 'model-loader', {
        env: variables({ HOME: SERVER_MOUNTS.scratch, AWS_REGION: environment.region }),
        // A command, since the loader listens on no address.
        readinessProbe: {
          exec: { command: [...loaderProbeCommand('ready')] },
          failureThreshold: TIMES,
          periodSeconds: TIMES,
          timeoutSeconds: TIMES,
        },
        restartPolicy: 'Always',
      }),
    ],
    nodeSelector: { [labels.pool]: nodePool },
    priorityClassName: free('who waits for a machine'),
    securityContext: pod(SERVER_USER),
    serviceAccountName: id,
    // A key lies on the command line of one container.
    shareProcessNamespace: false,
    terminationGracePeriodSeconds: TIMES,
    tolerations: [{ effect: 'NoSchedule', key: labels.pool, operator: 'Equal', value: nodePool }],
    volumes: rule('a ConfigMap of the server and emptyDirs', (value) => areOwn(value, id)),
  };
  return {
    kind: 'Deployment',
    name: id,
    always: false,
    allowed: {
      labels: set,
      spec: {
        progressDeadlineSeconds: TIMES,
        revisionHistoryLimit: TIMES,
        selector: { matchLabels: own },
        strategy: STRATEGY,
        template: { metadata: { labels: set }, spec },
      },
    },
  };
}

/** What lies on the pod's own disk and goes with it, and one ConfigMap whose name is the server's. */
function areOwn(volumes: unknown, id: string): boolean {
  if (!Array.isArray(volumes)) return false;
  const kinds = (volumes as readonly Record<string, unknown>[]).map(({ name, ...source }) => [name, source] as const);
  const maps = kinds.filter(([, source]) => 'configMap' in source);
  const [map] = maps;
  const settings = (map?.[1]['configMap'] as { name?: unknown } | undefined)?.name;
  return (
    kinds.every(([, source]) => Object.keys(source).every((kind) => kind === 'emptyDir' || kind === 'configMap')) &&
    maps.length === 1 &&
    typeof settings === 'string' &&
    (settings === id || new RegExp(`^${id}-[0-9a-f]{10}$`).test(settings))
  );
}

function serverScale(environment: Environment, { id }: Server): AllowedWorkload {
  const { router, servingNamespace } = clusterObjectNames;
  return {
    kind: 'ScaledObject',
    name: id,
    always: false,
    allowed: {
      labels: labelled(environment, { [servingNames.serverLabel]: id }),
      spec: {
        cooldownPeriod: TIMES,
        maxReplicaCount: 1,
        minReplicaCount: 0,
        pollingInterval: TIMES,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: id },
        triggers: [
          {
            metadata: {
              aggregateFromKubeServiceEndpoints: 'true',
              aggregationType: 'sum',
              format: 'json',
              targetValue: like('a number', /^\d+$/),
              // Of the router alone: KEDA asks with its own network what it is told to ask.
              url: `http://${router}.${servingNamespace}.svc.cluster.local:${ROUTER_OPERATIONS_PORT}/demand`,
              valueLocation: demandLocation(id),
            },
            type: 'metrics-api',
          },
        ],
      },
    },
  };
}
