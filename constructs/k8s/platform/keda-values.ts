import { imageParts, type ImageId } from '../../../schema/images';
import type { Environment } from '../../../schema/model';
import { clusterNames, controllerNames, registryNames } from '../../../schema/names';
import { CONTROLLERS } from '../../../schema/system-load';
import { resourcesOf } from './resources-of';

const { kedaOperator, kedaMetricsServer, kedaWebhooks } = CONTROLLERS;

/**
 * Values of the chart `keda`.
 * @see https://github.com/kedacore/charts/blob/v2.20.2/keda/values.yaml (read 2026-11-24)
 */
export function kedaValues(env: Environment): object {
  const image = (id: ImageId): object => {
    const { repository, tag, digest } = imageParts(env, 'production', id);
    return { repository, tag: digest === undefined ? tag : `${tag}@${digest}` };
  };
  return {
    global: { image: { registry: registryNames.host(env, 'production') } },
    clusterName: clusterNames.cluster(env, 'production'),
    image: {
      keda: image('keda-operator'),
      metricsApiServer: image('keda-metrics-apiserver'),
      webhooks: image('keda-admission-webhooks'),
      // Tags are immutable in the environment's registry.
      pullPolicy: 'IfNotPresent',
    },
    crds: { additionalAnnotations: { 'helm.sh/resource-policy': 'keep' } },
    serviceAccount: { operator: { create: true, name: controllerNames.keda.serviceAccount } },
    // Without these two KEDA may read every Secret of the cluster (KEDA_RESTRICT_SECRET_ACCESS).
    permissions: { operator: { restrict: { secret: true } }, metricServer: { restrict: { secret: true } } },
    // The default is the scale subresource of every kind of every group; Deployments are in the chart's rules anyway.
    rbac: { create: true, enabledCustomScaledRefKinds: false },
    operator: { replicaCount: kedaOperator.replicas },
    webhooks: { replicaCount: kedaWebhooks.replicas, failurePolicy: 'Fail' },
    metricsServer: { replicaCount: kedaMetricsServer.replicas },
    podDisruptionBudget: { operator: { minAvailable: 1 }, webhooks: { minAvailable: 1 } },
    resources: {
      operator: resourcesOf(kedaOperator),
      metricServer: resourcesOf(kedaMetricsServer),
      webhooks: resourcesOf(kedaWebhooks),
    },
    priorityClassName: 'system-cluster-critical',
  };
}
