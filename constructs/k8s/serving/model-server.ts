import { createHash } from 'node:crypto';
import type { Environment } from '../../../schema/model';
import { clusterObjectNames, labels } from '../../../schema/names';
import { demandLocation, ROUTER_OPERATIONS_PORT } from '../../../schema/router-config';
import { MODEL_SERVER_PORT } from '../../../schema/server-pod';
import { servingNames } from '../../../schema/serving-names';
import { scaledObject } from '../api/keda';
import type { ConfigMap, Deployment, Service } from '../api/workloads';
import { labelSet } from '../label-set';
import type { KubernetesObject } from '../object';
import { modelServerPod } from './model-server-pod';
import type { RenderedServer } from './rendered-servers';

const namespace = clusterObjectNames.servingNamespace;

/** Seconds between two looks at the router's demand: as much again is what somebody waits for besides a machine. */
const POLLING_SECONDS = 5;

/**
 * One model server, from none: a pod with one GPU that comes up when the router holds or has a request for it. Its role names the tenants whose models
 * lie on it, so that there is one pod of it at most: two would be two GPUs for one placement.
 */
export function modelServerObjects(
  env: Environment,
  { server, pool: servingPool, config }: RenderedServer,
): readonly KubernetesObject[] {
  const { id } = server;
  const pool = env.nodePools.find(({ name, cluster }) => name === server.nodePool && cluster === 'production');
  if (pool === undefined)
    throw new Error(`servingPools: got the node pool '${server.nodePool}', allowed a pool of the production cluster`);
  const set = {
    ...labelSet({ env, name: servingNames.modelServer, owner: 'platform' }),
    [servingNames.serverLabel]: id,
  };
  const selector = { [labels.name]: servingNames.modelServer, [servingNames.serverLabel]: id };
  const metadata = { name: id, namespace, labels: set };
  const text = `${JSON.stringify(config, null, 1)}\n`;
  // vLLM is told its adapters at its start, so that another list is another pod; Triton's loader follows a change.
  const configurationName =
    config.engine === 'vllm' ? `${id}-${createHash('sha256').update(text).digest('hex').slice(0, 10)}` : id;
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false } as const;
  const configuration: ConfigMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...metadata, name: configurationName },
    data: { 'config.json': text },
  };
  const service: Service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      selector,
      ports: [{ name: 'http', protocol: 'TCP', port: MODEL_SERVER_PORT, targetPort: MODEL_SERVER_PORT }],
    },
  };
  const pod = modelServerPod(env, { server, config, configurationName, pool, servingPool });
  const deployment: Deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      revisionHistoryLimit: 2,
      selector: { matchLabels: selector },
      // The new one comes up beside the old one, which serves until then.
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      progressDeadlineSeconds: servingPool.coldStartSeconds + 60,
      template: { metadata: { labels: set }, spec: pod },
    },
  };
  const scaled = scaledObject(metadata, {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: id },
    pollingInterval: POLLING_SECONDS,
    cooldownPeriod: pool.idleSeconds,
    minReplicaCount: 0,
    maxReplicaCount: 1,
    triggers: [
      {
        type: 'metrics-api',
        metadata: {
          url: `http://${clusterObjectNames.router}.${namespace}.svc.cluster.local:${ROUTER_OPERATIONS_PORT}/demand`,
          format: 'json',
          valueLocation: demandLocation(id),
          targetValue: '1',
          aggregateFromKubeServiceEndpoints: 'true',
          aggregationType: 'sum',
        },
      },
    ],
  });
  return [account, configuration, service, deployment, scaled];
}
