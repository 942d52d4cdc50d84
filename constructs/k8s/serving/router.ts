import type { Environment } from '../../../schema/model';
import { clusterObjectNames, labels } from '../../../schema/names';
import { imageReference } from '../../../schema/images';
import { ROUTER_GRACE_SECONDS, ROUTER_OPERATIONS_PORT } from '../../../schema/router-config';
import { CONTROLLERS } from '../../../schema/system-load';
import type { ConfigMap, Deployment, PodDisruptionBudget, Service } from '../api/workloads';
import { RESTRICTED_CONTAINER, restrictedPod } from '../api/workloads';
import { labelSet } from '../label-set';
import type { KubernetesObject } from '../object';
import { resourcesOf } from '../platform/resources-of';
import type { RenderedServer } from './rendered-servers';
import { ROUTER_TOKEN_FOLDER, routerConfiguration } from './router-configuration';

const namespace = clusterObjectNames.servingNamespace;
const name = clusterObjectNames.router;
/** The image's own; not root, and no user of the node. */
const USER = 10_001;
const CONFIGURATION = 'router';
const CONFIGURATION_FOLDER = '/etc/atoll/router';
/** Until no Service names a pod that goes. */
const LEAVING_SECONDS = 10;
/** An hour, the shortest that the API server gives without asking twice; the kubelet renews it. */
const TOKEN_SECONDS = 3600;

/** The router in front of the model servers: always two, on the system nodes, since they hold who waits while a server comes up from none. */
export function routerObjects(env: Environment, servers: readonly RenderedServer[]): readonly KubernetesObject[] {
  const set = labelSet({ env, name, owner: 'platform' });
  const selector = { [labels.name]: name };
  const ports = { door: clusterObjectNames.routerPort, operations: ROUTER_OPERATIONS_PORT };
  const metadata = { name, namespace, labels: set };
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false } as const;
  const configuration: ConfigMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...metadata, name: CONFIGURATION },
    data: { 'config.json': `${JSON.stringify(routerConfiguration(env, servers), null, 1)}\n` },
  };
  const service: Service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      selector,
      ports: Object.entries(ports).map(([port, number]) => ({
        name: port,
        protocol: 'TCP',
        port: number,
        targetPort: number,
      })),
    },
  };
  const budget: PodDisruptionBudget = {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: { minAvailable: 1, selector: { matchLabels: selector } },
  };
  const deployment: Deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: CONTROLLERS.router.replicas,
      revisionHistoryLimit: 2,
      selector: { matchLabels: selector },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      progressDeadlineSeconds: 600,
      template: { metadata: { labels: set }, spec: routerPod(env, ports, selector) },
    },
  };
  return [account, configuration, service, budget, deployment];
}

function routerPod(
  env: Environment,
  ports: Readonly<Record<'door' | 'operations', number>>,
  selector: Readonly<Record<string, string>>,
): object {
  const probe = (path: string): object => ({ httpGet: { path, port: ports.operations }, periodSeconds: 5 });
  return {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: LEAVING_SECONDS + ROUTER_GRACE_SECONDS + 10,
    priorityClassName: clusterObjectNames.servingPriorityClass,
    securityContext: restrictedPod(USER),
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: selector },
      },
    ],
    containers: [
      {
        name,
        image: imageReference(env, 'production', 'router'),
        imagePullPolicy: 'IfNotPresent',
        env: [{ name: 'NODE_OPTIONS', value: '--max-old-space-size=768' }],
        ports: Object.entries(ports).map(([port, containerPort]) => ({ name: port, containerPort, protocol: 'TCP' })),
        resources: resourcesOf(CONTROLLERS.router),
        securityContext: RESTRICTED_CONTAINER,
        startupProbe: { ...probe('/healthz'), failureThreshold: 12 },
        readinessProbe: probe('/readyz'),
        livenessProbe: { ...probe('/healthz'), failureThreshold: 6 },
        lifecycle: { preStop: { sleep: { seconds: LEAVING_SECONDS } } },
        volumeMounts: [
          // As a folder: a `subPath` sees no change.
          { name: 'configuration', mountPath: CONFIGURATION_FOLDER, readOnly: true },
          { name: 'api-server', mountPath: ROUTER_TOKEN_FOLDER, readOnly: true },
        ],
      },
    ],
    volumes: [
      { name: 'configuration', configMap: { name: CONFIGURATION } },
      {
        name: 'api-server',
        projected: {
          sources: [
            // For the API server, of which every account may ask the keys of its tokens; it has no other right.
            { serviceAccountToken: { path: 'token', expirationSeconds: TOKEN_SECONDS } },
            { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
          ],
        },
      },
    ],
  };
}
