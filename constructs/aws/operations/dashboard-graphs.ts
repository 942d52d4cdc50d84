import { Duration, aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import type { Environment } from '../../../schema/model';
import { clusterNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { gpuQuery } from './gpu-metrics';

/** A search finds at most 500 series; the largest of them are what people look for. */
const MOST_QUEUES = 25;

/** A search or a query brings its own metrics, and its series their own names. */
const found = (expression: string, period: Duration): cloudwatch.MathExpression =>
  new cloudwatch.MathExpression({ expression, usingMetrics: {}, label: '', period });

/** The largest values over queues whose names have all of these words. */
export const deepest = (metricName: string, words: string): cloudwatch.MathExpression =>
  found(
    `SORT(SEARCH('{AWS/SQS,QueueName} MetricName="${metricName}" ${words}', 'Maximum', 300), ` +
      `MAX, DESC, ${String(MOST_QUEUES)})`,
    Duration.minutes(5),
  );

/** A GPU gives one value a minute, so that as many values as there are in a minute are GPUs. */
export const gpusRunning = (env: Environment, cluster: ClusterName): cloudwatch.MathExpression =>
  found(gpuQuery(env, cluster, ['COUNT', 'node_gpu_utilization'], ['InstanceType']), Duration.minutes(1));

export const gpuBusy = (env: Environment, cluster: ClusterName): cloudwatch.MathExpression =>
  found(gpuQuery(env, cluster, ['AVG', 'node_gpu_utilization'], ['InstanceId', 'GpuDevice']), Duration.minutes(5));

/** All nodes of a cluster, its system nodes too, as Container Insights counts them. */
export const nodesRunning = (env: Environment, cluster: ClusterName): cloudwatch.Metric =>
  new cloudwatch.Metric({
    namespace: 'ContainerInsights',
    metricName: 'cluster_node_count',
    dimensionsMap: { ClusterName: clusterNames.cluster(env, cluster) },
    statistic: 'Maximum',
    period: Duration.minutes(1),
    label: 'nodes of all kinds',
  });

/**
 * A graph of what EKS tells of a control plane by itself, for nothing.
 * @param metrics their names, with what the graph calls them
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cloudwatch.html (2026-11-26)
 */
export const eksGraph = (
  env: Environment,
  cluster: ClusterName,
  title: string,
  metrics: Readonly<Record<string, string>>,
): cloudwatch.GraphWidgetProps => ({
  title,
  left: Object.entries(metrics).map(
    ([metricName, label]) =>
      new cloudwatch.Metric({
        namespace: 'AWS/EKS',
        metricName,
        dimensionsMap: { ClusterName: clusterNames.cluster(env, cluster) },
        statistic: 'Sum',
        period: Duration.minutes(1),
        label,
      }),
  ),
});
