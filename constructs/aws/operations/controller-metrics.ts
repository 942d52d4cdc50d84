import { Duration, aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import type { Environment } from '../../../schema/model';
import { clusterNames, clusterObjectNames, controllerNames } from '../../../schema/names';
import { type Controller, CONTROLLERS } from '../../../schema/system-load';
import type { ClusterName } from '../../../schema/vocabulary';

const { flux, karpenter, keda, kueue } = controllerNames;

/** Namespace in which each controller's pods run; the router shares its own with model servers, and is counted by its Service. */
const NAMESPACES: Readonly<Record<Exclude<keyof typeof CONTROLLERS, 'router'>, string>> = {
  karpenter: karpenter.namespace,
  kueue: kueue.namespace,
  kedaOperator: keda.namespace,
  kedaMetricsServer: keda.namespace,
  kedaWebhooks: keda.namespace,
  fluxSource: flux.namespace,
  fluxKustomize: flux.namespace,
  fluxHelm: flux.namespace,
};

/** Pods that are there while all is well, and what counts them. */
interface Expected {
  readonly id: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly pods: number;
}

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
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-EKS.html (2026-11-26: namespace_number_of_running_pods, service_number_of_running_pods)
 */
export function controllersRunning(env: Environment, cluster: ClusterName): cloudwatch.MathExpression {
  const all: Expected[] = [...podsByNamespace(cluster)].map(([namespace, pods]) => ({
    id: namespace.replaceAll('-', '_'),
    metricName: 'namespace_number_of_running_pods',
    dimensions: { Namespace: namespace },
    pods,
  }));
  if (cluster === 'production' && env.servingPools.length > 0)
    all.push({
      id: 'router',
      metricName: 'service_number_of_running_pods',
      dimensions: { Namespace: clusterObjectNames.servingNamespace, Service: clusterObjectNames.router },
      pods: CONTROLLERS.router.replicas,
    });
  return new cloudwatch.MathExpression({
    expression: `MIN([${all.map(({ id, pods }) => `FILL(${id}, 0) / ${String(pods)}`).join(', ')}])`,
    usingMetrics: Object.fromEntries(
      all.map(({ id, metricName, dimensions }) => [
        id,
        new cloudwatch.Metric({
          namespace: 'ContainerInsights',
          metricName,
          dimensionsMap: { ClusterName: clusterNames.cluster(env, cluster), ...dimensions },
          statistic: 'Maximum',
        }),
      ]),
    ),
    label: 'pods of controllers that run / expected',
    period: Duration.minutes(5),
  });
}
