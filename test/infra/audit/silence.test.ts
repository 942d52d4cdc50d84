import { beforeAll, expect, test } from '@jest/globals';
import { silenceKeyPolicy } from '../../../infra/audit/key-policies';
import type { AuditResource } from '../../../infra/audit/resources';
import { judge } from '../../constructs/aws/tenant-policy-request';
import { auditOf, auditSample, type Find } from './sample-audit';

let all: AuditResource[];
let find: Find;
beforeAll(async () => {
  ({ all, find } = await auditSample());
});

const ARCHIVE = 'atoll-audit-archive-444444444444';
const SOURCES = [
  ['trail', 'trail/'],
  ...['sample', 'second'].flatMap((env) => [
    [`${env}-production-kubernetes`, `kubernetes/${env}/production/`],
    [`${env}-research-kubernetes`, `kubernetes/${env}/research/`],
    [`${env}-ledger`, `ledger/${env}/heartbeats/`],
  ]),
] as [string, string][];

test('there is an alarm for the trail, each cluster and each ledger, and for nothing else', () => {
  const alarms = all.filter(({ type }) => type.endsWith(':MetricAlarm')).map(({ inputs }) => inputs['name']);
  expect([...alarms].sort()).toEqual(SOURCES.map(([id]) => `atoll-audit-silent-${id}`).sort());
});

test.each(SOURCES)('%s is silent when nothing was put below %s for two hours; no data is silence', (id, prefix) => {
  expect(find('BucketMetric', `silence-${id}`).inputs).toEqual({ bucket: ARCHIVE, name: id, filter: { prefix } });
  expect(find('MetricAlarm', `silence-${id}-alarm`).inputs).toMatchObject({
    namespace: 'AWS/S3',
    metricName: 'PutRequests',
    dimensions: { BucketName: ARCHIVE, FilterId: id },
    statistic: 'Sum',
    period: 3600,
    evaluationPeriods: 2,
    comparisonOperator: 'LessThanThreshold',
    threshold: 1,
    treatMissingData: 'breaching',
    alarmActions: ['${silence.arn}'],
    alarmDescription: `nothing was put below ${prefix} of the archive for 2 hours. docs/runbook.md#a-source-fell-silent`,
  });
});

test('whoever an environment names is told, each address once', () => {
  const subscriptions = all.filter(({ type }) => type.endsWith(':TopicSubscription')).map(({ inputs }) => inputs);
  expect(subscriptions).toEqual(
    ['platform@example.com', 'second@example.com'].map((endpoint) => ({
      endpoint,
      protocol: 'email',
      topic: '${silence.arn}',
    })),
  );
});

test('alarms of this account alone publish to the topic, and use its key', () => {
  const alarm = 'arn:aws:cloudwatch:eu-central-1:444444444444:alarm:atoll-audit-silent-trail';
  const publish = (sourceArn: string, account: string) =>
    judge(find('TopicPolicy', 'silence-policy').inputs['policy'], {
      action: 'sns:Publish',
      resource: 'arn:aws:sns:eu-central-1:444444444444:atoll-audit-silence',
      context: { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': account },
    }).allowed;
  expect(publish(alarm, '444444444444')).toEqual(['AlarmsPublish']);
  expect(publish(alarm, '222222222222')).toEqual([]);
  expect(publish(alarm.replace('silent-trail', 'other'), '444444444444')).toEqual([]);
  const use = (account: string) =>
    judge(silenceKeyPolicy(auditOf()), {
      action: 'kms:GenerateDataKey',
      resource: '*',
      context: { 'aws:SourceAccount': account },
    }).allowed;
  expect(use('444444444444')).toEqual(['AlarmsPublish']);
  expect(use('222222222222')).toEqual([]);
});
