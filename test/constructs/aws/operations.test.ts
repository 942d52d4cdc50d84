import { describe, expect, test } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { OperationsStack } from '../../../infra/aws/operations-stack';
import { CLUSTERS, type ClusterName } from '../../../schema/vocabulary';
import { nagFindings } from '../../support/nag';
import { sampleEnvironment } from '../../support/sample-environment';
import { testApp } from '../../support/app';

const env = sampleEnvironment();

function operations(cluster: ClusterName): { stack: OperationsStack; template: Template } {
  const app = testApp({ context: { ...flags } });
  const stackEnv = { account: env.accounts[cluster], region: env.region };
  const stack = new OperationsStack(app, `${cluster}-operations`, { env, cluster, stackEnv });
  return { stack, template: Template.fromStack(stack) };
}

describe.each(CLUSTERS)('the operations of %s', (cluster) => {
  const { stack, template } = operations(cluster);
  const topic = { Ref: Object.keys(template.findResources('AWS::SNS::Topic'))[0] };

  test('send alerts through an encrypted topic to the address of the environment', () => {
    template.hasResourceProperties('AWS::SNS::Topic', {
      TopicName: `atoll-sample-${cluster}-alerts`,
      KmsMasterKeyId: { 'Fn::GetAtt': Match.anyValue() },
    });
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: env.alertEmail,
      TopicArn: topic,
    });
  });

  test('let CloudWatch and Budgets of this account publish, and nobody without TLS', () => {
    const publishers = {
      Effect: 'Allow',
      Principal: { Service: ['budgets.amazonaws.com', 'cloudwatch.amazonaws.com'] },
      Condition: { StringEquals: { 'aws:SourceAccount': env.accounts[cluster] } },
    };
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({ ...publishers, Action: 'sns:Publish' }),
        ],
      },
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      EnableKeyRotation: true,
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({ ...publishers, Action: ['kms:Decrypt', 'kms:GenerateDataKey'] }),
        ]),
      },
    });
  });

  test('tell people at 80 and 100 % of the budget of the account', () => {
    template.hasResourceProperties('AWS::Budgets::Budget', {
      Budget: { BudgetLimit: { Amount: env.monthlyBudgetUsd, Unit: 'USD' }, TimeUnit: 'MONTHLY', BudgetType: 'COST' },
      NotificationsWithSubscribers: [80, 100].map((threshold) => ({
        Notification: Match.objectLike({
          Threshold: threshold,
          ThresholdType: 'PERCENTAGE',
          NotificationType: 'ACTUAL',
        }),
        Subscribers: [{ SubscriptionType: 'SNS', Address: topic }],
      })),
    });
  });

  test('watch the delivery handler and the interruption queue by name, and alert', () => {
    template.resourceCountIs('AWS::CloudWatch::Alarm', 2);
    template.allResourcesProperties('AWS::CloudWatch::Alarm', {
      AlarmActions: [topic],
      TreatMissingData: 'notBreaching',
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: `atoll-sample-${cluster}-delivery` }],
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ApproximateAgeOfOldestMessage',
      Dimensions: [{ Name: 'QueueName', Value: `atoll-sample-${cluster}-karpenter` }],
      Threshold: 120,
    });
  });

  test('have no finding of cdk-nag that is not acknowledged', () => {
    expect(nagFindings(stack).findings).toEqual([]);
  });
});

test('production has a dashboard that names no tenant, research has none', () => {
  operations('research').template.resourceCountIs('AWS::CloudWatch::Dashboard', 0);
  const { template } = operations('production');
  template.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
  const text = JSON.stringify(template.findResources('AWS::CloudWatch::Dashboard'));
  expect(text).toContain('ApproximateNumberOfMessagesVisible');
  expect(text).toContain(" atoll sample'");
  for (const { id } of env.tenants) expect(text).not.toContain(id);
});
