import { expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { sampleEnvironment } from '../../support/sample-environment';
import { filterPasses } from './filter-policy';
import { acmeIn, stackOf } from './tenant-stack-support';

const acme = acmeIn('active');

test('each class notifies the topic, whose policy exists before the bucket', () => {
  acme.hasResource('AWS::S3::Bucket', {
    Properties: {
      NotificationConfiguration: {
        TopicConfigurations: ['video', 'audio', 'text'].map((name) => ({
          Event: 's3:ObjectCreated:*',
          Topic: 'arn:aws:sns:eu-central-1:222222222222:atoll-sample-acme-events',
          Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: `raw/${name}/` }] } },
        })),
      },
    },
    DependsOn: ['EventsPolicy'],
  });
});

test('the queue of each pipeline takes what its class tells, raw, and S3’s test message reaches none', () => {
  const subscriptions = Object.values(acme.findResources('AWS::SNS::Subscription')) as {
    Properties: { Endpoint: string; FilterPolicy: object };
    DependsOn: string[];
  }[];
  expect(subscriptions.length).toBe(3);
  for (const name of ['video', 'audio', 'text']) {
    const [own, ...more] = subscriptions.filter(({ Properties }) => Properties.Endpoint.endsWith(`-${name}`));
    expect(more).toEqual([]);
    expect(own?.Properties).toMatchObject({
      TopicArn: { Ref: 'Events' },
      Protocol: 'sqs',
      Endpoint: `arn:aws:sqs:eu-central-1:222222222222:atoll-sample-acme-${name}`,
      RawMessageDelivery: true,
      FilterPolicyScope: 'MessageBody',
      RedrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:eu-central-1:222222222222:atoll-sample-acme-dead-letter' },
    });
    expect(own?.DependsOn).toEqual([
      'AudioQueuePolicy',
      'DeadLetterQueuePolicy',
      'TextQueuePolicy',
      'VideoQueuePolicy',
    ]);
    const passes = (body: unknown): boolean => filterPasses(own?.Properties.FilterPolicy ?? {}, body);
    const record = (key: string): object => ({ eventName: 'ObjectCreated:Put', s3: { object: { key } } });
    expect(passes({ Records: [record(`raw/${name}/2026/call-1`)] })).toBe(true);
    expect(passes({ Records: [record(`raw%2F${name}%2Fcall+1`)] })).toBe(true);
    expect(passes({ Records: [record('raw/other/call-1')] })).toBe(false);
    expect(passes({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'atoll-sample-acme-222222222222' })).toBe(
      false,
    );
  }
});

test('there is a queue per pipeline that the tenant has data for, which takes no dead letters, and one dead-letter queue that takes from these only', () => {
  acme.resourceCountIs('AWS::SQS::Queue', 4);
  Template.fromStack(stackOf(sampleEnvironment(), 'birch')).resourceCountIs('AWS::SQS::Queue', 2);
  const queueArn = (name: string): string => `arn:aws:sqs:eu-central-1:222222222222:atoll-sample-acme-${name}`;
  acme.hasResourceProperties('AWS::SQS::Queue', {
    QueueName: 'atoll-sample-acme-dead-letter',
    RedriveAllowPolicy: {
      redrivePermission: 'byQueue',
      sourceQueueArns: [queueArn('video'), queueArn('audio'), queueArn('text')],
    },
  });
  acme.allResourcesProperties('AWS::SQS::Queue', {
    KmsMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] },
    MessageRetentionPeriod: 1_209_600,
    VisibilityTimeout: 180,
  });
  acme.hasResourceProperties('AWS::SQS::Queue', {
    QueueName: 'atoll-sample-acme-video',
    DelaySeconds: 300,
    RedrivePolicy: { deadLetterTargetArn: queueArn('dead-letter'), maxReceiveCount: 5 },
    RedriveAllowPolicy: { redrivePermission: 'denyAll' },
  });
});
