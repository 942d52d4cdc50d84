import { parse } from 'yaml';
import { labels, clusterNames, registryNames } from '../../../schema/names';
import type { ChartId } from '../../../schema/charts';
import type { Environment } from '../../../schema/model';
import type { ClusterName } from '../../../schema/vocabulary';
import { absentOr, type Allowed, faultsOf, free, rule } from '../allowed';
import { AMOUNTS, chartImage, COUNT, KEPT } from './chart-images';

const IN_WORDS = free('judged in words of its own');
const CRITICAL = 'system-cluster-critical';

/** Values of the charts that Flux installs: every one is known, and images come from the environment's own registry. */
export function allowedValues(environment: Environment, cluster: ClusterName, chart: ChartId): Allowed {
  switch (chart) {
    case 'karpenter':
      return karpenter(environment, cluster);
    case 'keda':
      return keda(environment, cluster);
    case 'kueue':
      return kueue(environment, cluster);
    case 'karpenter-crd':
      return { additionalAnnotations: KEPT };
    case 'flux2':
      return rule('no release of Flux by Flux', () => false);
  }
}

/** @see https://github.com/aws/karpenter-provider-aws/blob/v1.14.1/charts/karpenter/values.yaml (2026-11-24) */
function karpenter(environment: Environment, cluster: ClusterName): Allowed {
  const image = chartImage(environment, cluster, 'karpenter-controller');
  return {
    serviceAccount: { create: true, name: IN_WORDS },
    replicas: COUNT,
    controller: {
      image: { repository: image.path, tag: image.tag, digest: image.digest },
      resources: AMOUNTS,
      env: [{ name: 'AWS_REGION', value: environment.region }],
    },
    settings: {
      clusterName: clusterNames.cluster(environment, cluster),
      interruptionQueue: clusterNames.interruptionQueue(environment, cluster),
      isolatedVPC: true,
      preferencePolicy: 'Ignore',
      featureGates: {
        nodeRepair: false,
        // An overlay says other prices and capacities than the machines have.
        nodeOverlay: false,
        reservedCapacity: true,
        spotToSpotConsolidation: false,
        // A pool would get a floor.
        staticCapacity: false,
        capacityBuffer: false,
      },
    },
  };
}

/** @see https://github.com/kedacore/charts/blob/v2.20.2/keda/values.yaml (2026-11-24) */
function keda(environment: Environment, cluster: ClusterName): Allowed {
  const image = (id: 'keda-operator' | 'keda-metrics-apiserver' | 'keda-admission-webhooks'): Allowed => {
    const { repository, pinned } = chartImage(environment, cluster, id);
    return { repository, tag: pinned };
  };
  const secret = absentOr({ restrict: absentOr({ secret: IN_WORDS }) });
  return {
    global: { image: { registry: registryNames.host(environment, cluster) } },
    clusterName: clusterNames.cluster(environment, cluster),
    image: {
      keda: image('keda-operator'),
      metricsApiServer: image('keda-metrics-apiserver'),
      webhooks: image('keda-admission-webhooks'),
      pullPolicy: 'IfNotPresent',
    },
    crds: { additionalAnnotations: KEPT },
    serviceAccount: { operator: { create: true, name: IN_WORDS } },
    permissions: { operator: secret, metricServer: secret },
    rbac: { create: true, enabledCustomScaledRefKinds: IN_WORDS },
    operator: { replicaCount: COUNT },
    webhooks: { replicaCount: COUNT, failurePolicy: IN_WORDS },
    metricsServer: { replicaCount: COUNT },
    podDisruptionBudget: { operator: { minAvailable: COUNT }, webhooks: { minAvailable: COUNT } },
    resources: { operator: AMOUNTS, metricServer: AMOUNTS, webhooks: AMOUNTS },
    priorityClassName: CRITICAL,
  };
}

/** @see https://github.com/kubernetes-sigs/kueue/blob/v0.19.2/charts/kueue/values.yaml (2026-11-24) */
function kueue(environment: Environment, cluster: ClusterName): Allowed {
  const image = chartImage(environment, cluster, 'kueue-controller');
  return {
    enableKueueViz: false,
    enableCertManager: false,
    enablePrometheus: false,
    controllerManager: {
      replicas: COUNT,
      podDisruptionBudget: { enabled: true, minAvailable: COUNT },
      manager: {
        image: { repository: image.path, tag: image.pinned, pullPolicy: 'IfNotPresent' },
        resources: AMOUNTS,
        priorityClassName: CRITICAL,
      },
    },
    managerConfig: { controllerManagerConfigYaml: configuration(cluster) },
  };
}

const ENDPOINT = free('where its own pods listen');
const WAITING = free('how long a gang may wait for its nodes');

/**
 * Kueue's own file. Which Jobs it holds decides whether a team's Job waits for its quota; which kinds it knows decides what else is admitted.
 * @see https://github.com/kubernetes-sigs/kueue/blob/v0.19.2/apis/config/v1beta2/configuration_types.go (2026-11-24)
 */
function configuration(cluster: ClusterName): Allowed {
  const allowed: Allowed = {
    apiVersion: 'config.kueue.x-k8s.io/v1beta2',
    kind: 'Configuration',
    health: { healthProbeBindAddress: ENDPOINT },
    metrics: { bindAddress: ENDPOINT, enableClusterQueueResources: free('how much is told') },
    webhook: { port: ENDPOINT },
    leaderElection: { leaderElect: true, resourceName: ENDPOINT },
    clientConnection: { qps: COUNT, burst: COUNT },
    manageJobsWithoutQueueName: cluster === 'research',
    managedJobsNamespaceSelector: {
      matchExpressions: [{ key: cluster === 'research' ? labels.team : labels.tenant, operator: 'Exists' }],
    },
    waitForPodsReady: {
      timeout: WAITING,
      recoveryTimeout: WAITING,
      // One team's gang would hold every other team.
      blockAdmission: false,
      requeuingStrategy: WAITING,
    },
    integrations: { frameworks: ['batch/job'] },
    fairSharing: { preemptionStrategies: free('in which order teams give back what they borrowed') },
    resources: { excludeResourcePrefixes: ['ephemeral-storage'] },
    objectRetentionPolicies: free('how long a finished workload is listed'),
  };
  return rule(`Kueue's file as the platform has it: ${faultless(allowed)}`, (text) => {
    if (typeof text !== 'string') return false;
    try {
      return faultsOf(parse(text), allowed).length === 0;
    } catch {
      return false;
    }
  });
}

/** Its fields by name, for the message. */
const faultless = (allowed: Allowed): string => Object.keys(allowed as object).join(', ');
