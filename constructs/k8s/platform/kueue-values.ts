import { imageParts } from '../../../schema/images';
import type { Environment } from '../../../schema/model';
import { labels } from '../../../schema/names';
import { CONTROLLERS } from '../../../schema/system-load';
import type { ClusterName } from '../../../schema/vocabulary';
import { yamlDocuments } from '../yaml-text';
import { resourcesOf } from './resources-of';

/**
 * Must be longer than a gang of GPU nodes takes from zero (boot, image, retries for capacity): an eviction before that would buy the same
 * nodes again and again. A quarter of an hour is the estimate, and this twice that; not measured (docs/open-claims.md).
 */
const PODS_READY_TIMEOUT = '30m';

/**
 * Kueue's own configuration file.
 * @see https://github.com/kubernetes-sigs/kueue/blob/v0.19.2/apis/config/v1beta2/configuration_types.go
 */
function kueueConfiguration(cluster: ClusterName): object {
  return {
    apiVersion: 'config.kueue.x-k8s.io/v1beta2',
    kind: 'Configuration',
    health: { healthProbeBindAddress: ':8081' },
    metrics: { bindAddress: ':8443', enableClusterQueueResources: true },
    webhook: { port: 9443 },
    leaderElection: { leaderElect: true, resourceName: 'c1f6bfd2.kueue.x-k8s.io' },
    clientConnection: { qps: 50, burst: 100 },
    // In research a Job without a queue waits for ever. In production pipelines run beside Kueue: their ceiling is the quota.
    manageJobsWithoutQueueName: cluster === 'research',
    managedJobsNamespaceSelector: {
      matchExpressions: [{ key: cluster === 'research' ? labels.team : labels.tenant, operator: 'Exists' }],
    },
    waitForPodsReady: {
      timeout: PODS_READY_TIMEOUT,
      recoveryTimeout: PODS_READY_TIMEOUT,
      // One team's gang that waits for capacity must not hold every other team.
      blockAdmission: false,
      requeuingStrategy: {
        timestamp: 'Eviction',
        backoffLimitCount: 10,
        backoffBaseSeconds: 60,
        backoffMaxSeconds: 3600,
      },
    },
    // Jobs only: the one way to a machine.
    integrations: { frameworks: ['batch/job'] },
    fairSharing: { preemptionStrategies: ['LessThanOrEqualToFinalShare', 'LessThanInitialShare'] },
    // Scratch is a share of a node's own volume, not of a queue's quota.
    resources: { excludeResourcePrefixes: ['ephemeral-storage'] },
    objectRetentionPolicies: { workloads: { afterFinished: '168h', afterDeactivatedByKueue: '168h' } },
  };
}

/**
 * Values of the chart `kueue`.
 * @see https://github.com/kubernetes-sigs/kueue/blob/v0.19.2/charts/kueue/values.yaml (read 2026-11-24)
 */
export function kueueValues(env: Environment, cluster: ClusterName): object {
  const image = imageParts(env, cluster, 'kueue-controller');
  return {
    enableKueueViz: false,
    enableCertManager: false,
    enablePrometheus: false,
    controllerManager: {
      // Its webhook judges every Job: one replica on a node that drains would refuse them all.
      replicas: CONTROLLERS.kueue.replicas,
      podDisruptionBudget: { enabled: true, minAvailable: 1 },
      manager: {
        image: {
          repository: `${image.registry}/${image.repository}`,
          tag: image.digest === undefined ? image.tag : `${image.tag}@${image.digest}`,
          pullPolicy: 'IfNotPresent',
        },
        resources: resourcesOf(CONTROLLERS.kueue),
        priorityClassName: 'system-cluster-critical',
      },
    },
    managerConfig: { controllerManagerConfigYaml: yamlDocuments([kueueConfiguration(cluster)]) },
  };
}
