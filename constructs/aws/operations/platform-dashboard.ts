import { Duration, aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Environment } from '../../../schema/model';
import { clusterNames, operationNames, tenantNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';

export interface PlatformDashboardProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
}

/** A search finds at most 500 series; the deepest of them are what people look for. */
const MOST_QUEUES = 25;

/**
 * One page to look at: whether pods wait for machines, whether the API server is well, and which tenants' queues are deep. 3 $ a
 * month. Queues are found by a search over names, so that a tenant that comes or goes changes nothing here.
 */
export class PlatformDashboard extends Construct {
  constructor(scope: Construct, id: string, props: PlatformDashboardProps) {
    super(scope, id);
    const { env, cluster } = props;
    const eks = (metricName: string, label: string): cloudwatch.Metric =>
      new cloudwatch.Metric({
        namespace: 'AWS/EKS',
        metricName,
        dimensionsMap: { ClusterName: clusterNames.cluster(env, cluster) },
        statistic: 'Sum',
        period: Duration.minutes(1),
        label,
      });
    const deepest = (metricName: string): cloudwatch.MathExpression =>
      new cloudwatch.MathExpression({
        expression:
          `SORT(SEARCH('{AWS/SQS,QueueName} MetricName="${metricName}" ${queueWords(env)}', 'Maximum', 300), ` +
          `MAX, DESC, ${String(MOST_QUEUES)})`,
        // The search brings its own metrics.
        usingMetrics: {},
        label: '',
        period: Duration.minutes(5),
      });

    const dashboard = new cloudwatch.Dashboard(this, 'Dashboard', {
      dashboardName: operationNames.dashboard(env, cluster),
      defaultInterval: Duration.hours(12),
    });
    dashboard.addWidgets(
      new cloudwatch.GraphWidget({
        title: 'pods that wait',
        width: 12,
        left: [
          eks('scheduler_pending_pods', 'pending'),
          eks('scheduler_pending_pods_UNSCHEDULABLE', 'waiting for a machine'),
        ],
      }),
      new cloudwatch.GraphWidget({
        title: 'API server',
        width: 12,
        left: [eks('apiserver_request_total_429', 'throttled'), eks('apiserver_request_total_5XX', 'server errors')],
      }),
    );
    dashboard.addWidgets(
      new cloudwatch.GraphWidget({
        title: 'deepest queues',
        width: 12,
        left: [deepest('ApproximateNumberOfMessagesVisible')],
      }),
      new cloudwatch.GraphWidget({
        title: 'oldest messages (seconds)',
        width: 12,
        left: [deepest('ApproximateAgeOfOldestMessage')],
      }),
    );
  }
}

/** What every queue of the environment's tenants begins with, as words: a search takes names apart at their hyphens. */
function queueWords(env: Environment): string {
  return (tenantNames.deadLetterQueue(env, '').split('--')[0] ?? '').replaceAll('-', ' ');
}
