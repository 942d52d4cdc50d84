import {
  Duration,
  aws_cloudwatch as cloudwatch,
  aws_cloudwatch_actions as actions,
  type aws_sns as sns,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Environment } from '../../../schema/model';
import { clusterNames, deliveryNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';

export interface PlatformAlarmsProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  readonly topic: sns.Topic;
}

/** A Spot machine goes two minutes after its notice: one that waits longer than this was not heard in time. */
const INTERRUPTION_AGE_SECONDS = 120;

/**
 * Alarms on what the platform itself does, each by the name of what it watches, so that this stack waits for no other. 0.10 $ a
 * month each; a tenant's own alarm is in the tenant's stack.
 */
export class PlatformAlarms extends Construct {
  readonly alarms: readonly cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: PlatformAlarmsProps) {
    super(scope, id);
    const { env, cluster, topic } = props;
    const period = Duration.minutes(5);

    this.alarms = [
      new cloudwatch.Alarm(this, 'DeliveryErrors', {
        alarmDescription: 'rendered objects did not reach the delivery bucket; the cluster still runs what it had',
        metric: new cloudwatch.Metric({
          namespace: 'AWS/Lambda',
          metricName: 'Errors',
          dimensionsMap: { FunctionName: deliveryNames.function(env, cluster) },
          statistic: 'Sum',
          period,
        }),
        threshold: 1,
        evaluationPeriods: 1,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        // It runs at deploys only.
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      }),
      new cloudwatch.Alarm(this, 'InterruptionsUnheard', {
        alarmDescription: 'Karpenter does not read its interruption queue; Spot machines go without draining',
        metric: new cloudwatch.Metric({
          namespace: 'AWS/SQS',
          metricName: 'ApproximateAgeOfOldestMessage',
          dimensionsMap: { QueueName: clusterNames.interruptionQueue(env, cluster) },
          statistic: 'Maximum',
          period,
        }),
        threshold: INTERRUPTION_AGE_SECONDS,
        evaluationPeriods: 1,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
        // SQS reports nothing about a queue that has been idle for six hours.
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      }),
    ];
    for (const alarm of this.alarms) alarm.addAlarmAction(new actions.SnsAction(topic));
  }
}
