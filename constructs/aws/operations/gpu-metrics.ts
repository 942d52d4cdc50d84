import type { Environment } from '../../../schema/model';
import { clusterNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';

/**
 * What DCGM measures of each GPU, as the CloudWatch observability add-on publishes it: its dcgm-exporter runs on nodes with an NVIDIA GPU
 * only, so that without work there is nothing to measure. Every minute one value of each GPU, under these dimensions.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/container-insights-eks-classic-metrics.html (2026-11-26)
 * @see https://github.com/aws/amazon-cloudwatch-agent/blob/ab55b8daa204e95c42c0267ee5aa49ec3b3a7317/translator/translate/otel/exporter/awsemf/kubernetes.go (getGPUMetricDeclarations)
 */
const OF_EACH_GPU = 'SCHEMA(ContainerInsights, ClusterName, GpuDevice, InstanceId, InstanceType, NodeName)';

/**
 * A Metrics Insights query over every GPU of a cluster, which finds nodes as they come and forgets them as they go. It is paid by the metric
 * that it finds, 0.10 $ a month in an alarm: nothing while no GPU runs.
 * @param groups keys by which it returns a series of its own; an alarm over several series needs their order too
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Metrics_Insights_Alarm.html (2026-11-26)
 */
export const gpuQuery = (
  env: Environment,
  cluster: ClusterName,
  [statistic, metric]: readonly [statistic: 'AVG' | 'COUNT' | 'MAX', metric: 'node_gpu_utilization'],
  groups: readonly ('GpuDevice' | 'InstanceId' | 'InstanceType')[] = [],
): string =>
  `SELECT ${statistic}(${metric}) FROM ${OF_EACH_GPU} WHERE ClusterName = '${clusterNames.cluster(env, cluster)}'` +
  (groups.length === 0 ? '' : ` GROUP BY ${groups.join(', ')} ORDER BY ${statistic}() ASC`);
