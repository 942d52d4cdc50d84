import { describe, expect, test } from '@jest/globals';
import {
  deadLetterQueuePolicy,
  MESSAGE_ACTIONS,
  pipelineQueuePolicy,
} from '../../../constructs/aws/tenant/queue-policy';
import { eventsTopicPolicy } from '../../../constructs/aws/tenant/events-topic-policy';
import { type Context, judge } from './tenant-policy-request';
import { QUEUE, TOPIC, pod, role, scope, scopeIn, service } from './tenant-requests';

describe("a queue's policy", () => {
  const queue = (context: Context, action: string, own = scope): { denied: string[]; allowed: string[] } =>
    judge(pipelineQueuePolicy(own, QUEUE), { action, resource: QUEUE, context });

  const fromTopic = (topic = TOPIC): Context => ({
    'aws:SecureTransport': 'true',
    'aws:PrincipalIsAWSService': 'true',
    'aws:SourceArn': topic,
  });

  test('takes events from its own topic only', () => {
    expect(queue(fromTopic(), 'sqs:SendMessage')).toEqual({ denied: [], allowed: ['TopicSends'] });
    expect(queue(fromTopic(TOPIC.replace('acme', 'birch')), 'sqs:SendMessage').allowed).toEqual([]);
    expect(queue(fromTopic(TOPIC.replace('222222222222', '999999999999')), 'sqs:SendMessage').allowed).toEqual([]);
    expect(queue(service(), 'sqs:SendMessage').allowed).toEqual([]);
    expect(queue(role('atoll-sample-eraser'), 'sqs:SendMessage').denied).toEqual(['NoRoleSends', 'EraserPurgesOnly']);
  });

  test('gives messages to the pipeline only, and lets the eraser purge', () => {
    expect(queue(role('atoll-sample-eraser'), 'sqs:PurgeQueue').denied).toEqual([]);
    expect(queue(role('atoll-sample-eraser'), 'sqs:ReceiveMessage').denied).toEqual(['EraserPurgesOnly']);
    expect(queue(pod('pipeline'), 'sqs:ReceiveMessage').denied).toEqual([]);
    expect(queue(pod('training'), 'sqs:ReceiveMessage').denied).toEqual(['TenantAsPipelineOnly']);
    for (const name of ['Admin', 'atoll-sample-production-keda', 'atoll-sample-ingest', 'atoll-sample-tenant-birch']) {
      expect(queue(role(name), 'sqs:ReceiveMessage').denied).toEqual(['NobodyElse']);
    }
    expect(queue(role('atoll-sample-production-keda'), 'sqs:GetQueueAttributes').denied).toEqual([]);
    expect(queue(pod('pipeline', { 'aws:SecureTransport': 'false' }), 'sqs:ReceiveMessage').denied).toEqual([
      'TlsOnly',
    ]);
  });

  test('is the eraser alone while the tenant is erased', () => {
    const erasing = scopeIn('erasing');
    expect(queue(role('atoll-sample-eraser'), 'sqs:PurgeQueue', erasing).denied).toEqual([]);
    expect(queue(pod('pipeline'), 'sqs:ReceiveMessage', erasing).denied).toEqual(['NobodyElse']);
    expect(queue(service(), 'sqs:SendMessage', erasing)).toEqual({ denied: ['NobodyElse'], allowed: [] });
  });

  test('lets the topic alone put into the dead-letter queue, and names at most seven actions in a statement', () => {
    const allowed = deadLetterQueuePolicy(scope).Statement.filter((statement) => statement.Effect === 'Allow');
    expect(allowed.map(({ Sid, Action }) => [Sid, Action])).toEqual([['TopicSends', 'sqs:SendMessage']]);
    const erasing = deadLetterQueuePolicy(scopeIn('erasing')).Statement;
    expect(erasing.filter((statement) => statement.Effect === 'Allow')).toEqual([]);
    expect(MESSAGE_ACTIONS.length).toBeLessThanOrEqual(7);
  });
});

describe("the topic's policy", () => {
  const topic = (context: Context, action: string): { denied: string[]; allowed: string[] } =>
    judge(eventsTopicPolicy(scope), { action, resource: TOPIC, context });

  test('takes events from its own bucket only', () => {
    expect(topic(service(), 'sns:Publish')).toEqual({ denied: [], allowed: ['BucketPublishes'] });
    expect(topic(service({ 'aws:SourceArn': 'arn:aws:s3:::other' }), 'sns:Publish').allowed).toEqual([]);
    expect(topic(service({ 'aws:SourceAccount': '999999999999' }), 'sns:Publish').allowed).toEqual([]);
    expect(topic(service({ 'aws:SecureTransport': 'false' }), 'sns:Publish').denied).toEqual(['TlsOnly']);
    for (const name of ['Admin', 'atoll-sample-ingest', 'atoll-sample-tenant-acme'])
      expect(topic(role(name), 'sns:Publish').denied).toEqual(['NoRolePublishes']);
  });

  test('takes the queues of its tenant as subscribers and nobody else', () => {
    expect(topic(role('cdk-exec', { 'sns:Endpoint': QUEUE }), 'sns:Subscribe').denied).toEqual([]);
    for (const endpoint of [QUEUE.replace('acme', 'birch'), 'me@example.com', 'https://example.com/'])
      expect(topic(role('Admin', { 'sns:Endpoint': endpoint }), 'sns:Subscribe').denied).toEqual(['OwnQueuesOnly']);
  });
});
