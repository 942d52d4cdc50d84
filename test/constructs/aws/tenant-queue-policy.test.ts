import { describe, expect, test } from '@jest/globals';
import {
  deadLetterQueuePolicy,
  MESSAGE_ACTIONS,
  pipelineQueuePolicy,
} from '../../../constructs/aws/tenant/queue-policy';
import { type Context, judge } from './tenant-policy-request';
import { QUEUE, pod, role, scope, scopeIn, service } from './tenant-requests';

describe("a queue's policy", () => {
  const queue = (context: Context, action: string, own = scope): { denied: string[]; allowed: string[] } =>
    judge(pipelineQueuePolicy(own, QUEUE), { action, resource: QUEUE, context });

  test('takes events from its own bucket only', () => {
    expect(queue(service(), 'sqs:SendMessage')).toEqual({ denied: [], allowed: ['BucketSends'] });
    expect(queue(service({ 'aws:SourceArn': 'arn:aws:s3:::other' }), 'sqs:SendMessage').allowed).toEqual([]);
    expect(queue(service({ 'aws:SourceAccount': '999999999999' }), 'sqs:SendMessage').allowed).toEqual([]);
    expect(queue(role('atoll-sample-eraser'), 'sqs:SendMessage').denied).toEqual(['NoRoleSends']);
  });

  test('gives messages to the pipeline and the eraser only', () => {
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

  test('allows nobody anything in the dead-letter queue, and names at most seven actions in a statement', () => {
    expect(deadLetterQueuePolicy(scope).Statement.filter((statement) => statement.Effect === 'Allow')).toEqual([]);
    expect(MESSAGE_ACTIONS.length).toBeLessThanOrEqual(7);
  });
});
