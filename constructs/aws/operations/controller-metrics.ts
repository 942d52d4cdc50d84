import { Duration, aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import type { Environment } from '../../../schema/model';
import { clusterNames, controllerNames } from '../../../schema/names';
import { type Controller, CONTROLLERS } from '../../../schema/system-load';
import type { ClusterName } from '../../../schema/vocabulary';

const { flux, karpenter, keda, kueue } = controllerNames;

/** Namespace in which each controller's pods run. */
const NAMESPACES: Readonly<Record<keyof typeof CONTROLLERS, string>> = {
  karpenter: karpenter.namespace,
  kueue: kueue.namespace,
  kedaOperator: keda.namespace,
  kedaMetricsServer: keda.namespace,
  kedaWebhooks: keda.namespace,
  fluxSource: flux.namespace,
  fluxKustomize: flux.namespace,
  fluxHelm: flux.namespace,
};

/** How many pods of controllers each namespace of a cluster has while all is well. */
function podsByNamespace(cluster: ClusterName): ReadonlyMap<string, number> {
  const pods = new Map<string, number>();
  for (const [name, namespace] of Object.entries(NAMESPACES)) {
    const { replicas, clusters }: Controller = CONTROLLERS[name as keyof typeof CONTROLLERS];
    if (clusters.includes(cluster)) pods.set(namespace, (pods.get(namespace) ?? 0) + replicas);
  }
  return pods;
}

/**
 * Of all controllers' namespaces the one that has the least of its pods running, as a share: 1 while all is well. A namespace without a pod
 * that runs has no value, and that is 0.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-EKS.html (2026-11-26: namespace_number_of_running_pods)
 */
export function controllersRunning(env: Environment, cluster: ClusterName): cloudwatch.MathExpression {
  const pods = [...podsByNamespace(cluster)].map(([namespace, expected]) => ({
    id: namespace.replaceAll('-', '_'),
    namespace,
    expected,
  }));
  return new cloudwatch.MathExpression({
    expression: `MIN([${pods.map(({ id, expected }) => `FILL(${id}, 0) / ${String(expected)}`).join(', ')}])`,
    usingMetrics: Object.fromEntries(
      pods.map(({ id, namespace }) => [
        id,
        new cloudwatch.Metric({
          namespace: 'ContainerInsights',
          metricName: 'namespace_number_of_running_pods',
          dimensionsMap: { ClusterName: clusterNames.cluster(env, cluster), Namespace: namespace },
          statistic: 'Maximum',
        }),
      ]),
    ),
    label: 'pods of controllers that run / expected',
    period: Duration.minutes(5),
  });
}
