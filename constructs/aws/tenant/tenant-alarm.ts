import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { operationNames, tenantNames } from '../../../schema/names';
import type { TenantScope } from './tenant-scope';

const PERIOD_SECONDS = 300;

/**
 * A call that no worker could handle is a dead letter, and nobody looks into a queue unasked. One alarm for all pipelines, since each is
 * 0.10 $ a month; it goes to the topic of the account's alarms, by name.
 */
export function tenantAlarm(parent: Construct, scope: TenantScope): CfnAlarm | undefined {
  const { env, tenant } = scope;
  if (!scope.notifies) return undefined;
  return new CfnAlarm(parent, 'DeadLettersAlarm', {
    alarmName: tenantNames.deadLettersAlarm(env, tenant.id),
    alarmDescription: `calls of tenant ${tenant.id} that no worker could handle; they are kept for 14 days`,
    namespace: 'AWS/SQS',
    metricName: 'ApproximateNumberOfMessagesVisible',
    dimensions: [{ name: 'QueueName', value: tenantNames.deadLetterQueue(env, tenant.id) }],
    statistic: 'Maximum',
    period: PERIOD_SECONDS,
    evaluationPeriods: 1,
    threshold: 1,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    // SQS reports nothing about a queue that has been idle for six hours.
    treatMissingData: 'notBreaching',
    alarmActions: [operationNames.alertTopicArn(env, 'production')],
    tags: scope.tags,
  });
}
