import { describe, expect, test } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { OperationsStack } from '../../../infra/aws/operations-stack';
import { CLUSTERS, type ClusterName } from '../../../schema/vocabulary';
import { nagFindings } from '../../support/nag';
import { sampleEnvironment } from '../../support/sample-environment';
import { testApp } from '../../support/app';

const env = sampleEnvironment();

function operations(cluster: ClusterName, env = sampleEnvironment()): { stack: OperationsStack; template: Template } {
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

  test('have alarms with a name, on what is there, each of which tells people and says where to read on', () => {
    const found = Object.values(template.findResources('AWS::CloudWatch::Alarm')) as {
      readonly Properties: { readonly AlarmName: string; readonly TreatMissingData: string };
    }[];
    const alarms = found.map(({ Properties }) => Properties);
    const own = (what: string): string => `atoll-sample-${cluster}-${what}`;
    const both = ['delivery-errors', 'interruptions-unheard', 'controllers-missing', 'pods-waiting', 'gpu-idle'];
    expect(alarms.map(({ AlarmName }) => AlarmName)).toEqual(
      (cluster === 'research' ? [...both, 'ledger-errors'] : both).map(own),
    );
    template.allResourcesProperties('AWS::CloudWatch::Alarm', {
      AlarmActions: [topic],
      AlarmDescription: Match.stringLikeRegexp('^\\w.+\\. docs/runbook\\.md#[a-z-]+$'),
    });
    const silent = alarms.filter(({ TreatMissingData }) => TreatMissingData !== 'notBreaching');
    expect(silent.map(({ AlarmName, TreatMissingData }) => [AlarmName, TreatMissingData])).toEqual([
      [own('controllers-missing'), 'breaching'],
    ]);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: own('delivery-errors'),
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: `atoll-sample-${cluster}-delivery` }],
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: own('interruptions-unheard'),
      MetricName: 'ApproximateAgeOfOldestMessage',
      Dimensions: [{ Name: 'QueueName', Value: `atoll-sample-${cluster}-karpenter` }],
      Threshold: 120,
    });
  });

  test('count the pods of the controllers that the cluster has, by their namespaces', () => {
    const shares = [
      'FILL(karpenter, 0) / 2',
      'FILL(kueue_system, 0) / 2',
      'FILL(keda, 0) / 5',
      'FILL(flux_system, 0) / 3',
    ];
    const own = cluster === 'production' ? shares : shares.filter((each) => !each.includes('keda'));
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: `atoll-sample-${cluster}-controllers-missing`,
      Metrics: Match.arrayWith([
        Match.objectLike({ Expression: `MIN([${own.join(', ')}])` }),
        {
          Id: 'flux_system',
          MetricStat: {
            Metric: {
              Namespace: 'ContainerInsights',
              MetricName: 'namespace_number_of_running_pods',
              Dimensions: [
                { Name: 'ClusterName', Value: `atoll-sample-${cluster}` },
                { Name: 'Namespace', Value: 'flux-system' },
              ],
            },
            Period: 300,
            Stat: 'Maximum',
          },
          ReturnData: false,
        },
      ]),
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      EvaluationPeriods: 4,
      DatapointsToAlarm: 3,
    });
  });

  test('call a GPU idle when it was by itself under 3 % in each of six periods of five minutes', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: `atoll-sample-${cluster}-gpu-idle`,
      Metrics: [
        {
          Expression:
            'SELECT MAX(node_gpu_utilization) FROM SCHEMA(ContainerInsights, ClusterName, GpuDevice, InstanceId, InstanceType, NodeName) ' +
            `WHERE ClusterName = 'atoll-sample-${cluster}' GROUP BY InstanceId, GpuDevice ORDER BY MAX() ASC`,
          Id: Match.anyValue(),
          Period: 300,
        },
      ],
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 3,
      EvaluationPeriods: 6,
      DatapointsToAlarm: 6,
    });
  });

  test('hear of pods that no machine came up for, each minute of half an hour', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: `atoll-sample-${cluster}-pods-waiting`,
      Namespace: 'AWS/EKS',
      MetricName: 'scheduler_pending_pods_UNSCHEDULABLE',
      Dimensions: [{ Name: 'ClusterName', Value: `atoll-sample-${cluster}` }],
      Statistic: 'Sum',
      Period: 60,
      Threshold: 1,
      EvaluationPeriods: 30,
      DatapointsToAlarm: 30,
    });
  });

  test('have no finding of cdk-nag that is not acknowledged', () => {
    expect(nagFindings(stack).findings).toEqual([]);
  });
});

test('research hears of a grants ledger that cannot be written', () => {
  operations('research').template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: 'atoll-sample-research-ledger-errors',
    MetricName: 'Errors',
    Dimensions: [{ Name: 'FunctionName', Value: 'atoll-sample-research-ledger' }],
  });
});

test('an environment with an address for its runbook puts it into every description', () => {
  const runbookUrl = 'https://wiki.example.com/runbook.md';
  const { template } = operations('production', sampleEnvironment({ input: { runbookUrl } }));
  template.allResourcesProperties('AWS::CloudWatch::Alarm', {
    AlarmDescription: Match.stringLikeRegexp(`\\. ${runbookUrl}#[a-z-]+$`),
  });
});
