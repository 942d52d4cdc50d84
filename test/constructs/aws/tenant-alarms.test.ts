import { expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import type { TenantState } from '../../../schema/vocabulary';
import { sampleEnvironment } from '../../support/sample-environment';
import { acmeIn } from './tenant-stack-support';

const acme = acmeIn('active');

function alarmsIn(state: TenantState): string[] {
  const found = acmeIn(state).findResources('AWS::CloudWatch::Alarm');
  return (Object.values(found) as { Properties: { AlarmName: string } }[]).map(
    ({ Properties }) => Properties.AlarmName,
  );
}

test('a dead letter of any pipeline raises one alarm of the tenant, in the topic of the account’s alarms', () => {
  acme.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: 'atoll-sample-tenant-acme-dead-letters',
    AlarmDescription:
      'calls of tenant acme that no worker could handle; they are kept for 14 days. docs/runbook.md#a-call-is-a-dead-letter',
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Dimensions: [{ Name: 'QueueName', Value: 'atoll-sample-acme-dead-letter' }],
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: ['arn:aws:sns:eu-central-1:222222222222:atoll-sample-production-alerts'],
  });
});

test('a call that is older than its pipeline promises raises another, of whichever pipeline', () => {
  const age = (pipeline: string): object => ({
    Id: pipeline,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateAgeOfOldestMessage',
        Dimensions: [{ Name: 'QueueName', Value: `atoll-sample-acme-${pipeline}` }],
      },
      Period: 300,
      Stat: 'Maximum',
    },
    ReturnData: false,
  });
  acme.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: 'atoll-sample-tenant-acme-promise',
    AlarmDescription:
      'a call of tenant acme waits longer than its pipeline promises. docs/runbook.md#a-queue-is-older-than-its-promise',
    Metrics: [
      {
        Id: 'share',
        Expression: 'MAX([FILL(video, 0) / 21600, FILL(audio, 0) / 21600, FILL(text, 0) / 3600])',
        ReturnData: true,
      },
      age('video'),
      age('audio'),
      age('text'),
    ],
    Threshold: 1,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 2,
    TreatMissingData: 'notBreaching',
    AlarmActions: ['arn:aws:sns:eu-central-1:222222222222:atoll-sample-production-alerts'],
  });
});

test('calls of a suspended tenant wait without an alarm, and an erasing one has no calls', () => {
  expect(alarmsIn('active')).toEqual(['atoll-sample-tenant-acme-dead-letters', 'atoll-sample-tenant-acme-promise']);
  expect(alarmsIn('suspended')).toEqual(['atoll-sample-tenant-acme-dead-letters']);
  expect(alarmsIn('erasing')).toEqual([]);
});

test('the budget of what carries the tenant’s tag mails at 80 and 100 %', () => {
  const env = sampleEnvironment();
  acme.hasResourceProperties('AWS::Budgets::Budget', {
    Budget: {
      BudgetName: 'atoll-sample-tenant-acme',
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: env.tenants.find(({ id }) => id === 'acme')?.monthlyBudgetUsd, Unit: 'USD' },
      CostFilters: { TagKeyValue: ['user:atoll:tenant$acme'] },
    },
    NotificationsWithSubscribers: [80, 100].map((threshold) => ({
      Notification: Match.objectLike({ Threshold: threshold, ThresholdType: 'PERCENTAGE', NotificationType: 'ACTUAL' }),
      Subscribers: [{ SubscriptionType: 'EMAIL', Address: env.alertEmail }],
    })),
  });
});
