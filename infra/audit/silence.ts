import * as cloudwatch from '@pulumi/aws/cloudwatch';
import * as s3 from '@pulumi/aws/s3';
import * as sns from '@pulumi/aws/sns';
import type { CustomResourceOptions } from '@pulumi/pulumi';
import { auditArn } from '../../schema/audit-arns';
import { auditNames } from '../../schema/audit-names';
import { alarmDescription } from '../../schema/runbook';
import { CLUSTERS } from '../../schema/vocabulary';
import type { Archive } from './archive';
import type { AuditAccount } from './audit-account';
import { keptKey } from './kept-key';
import { silenceKeyPolicy } from './key-policies';
import { policyDocument } from './statement';

/** CloudTrail delivers about every five minutes, Firehose at least every fifteen: an hour of nothing is no lull. */
const SILENT_SECONDS = 3600;
/** Hours of silence before anybody is told. */
const SILENT_HOURS = 2;

/**
 * An alarm for each source that is never silent while it works. The receipts may be silent for months; what is missing
 * from them shows in `questions/` only. Where an environment is not deployed yet, its alarms say so.
 */
export function silenceAlarms(audit: AuditAccount, archive: Archive, options: CustomResourceOptions): void {
  const topic = silenceTopic(audit, options);
  // Environments that share the account share its people; the first that says where its runbook is says it for all.
  const runbook = audit.environments.find(({ runbookUrl }) => runbookUrl !== undefined) ?? {};
  for (const { id, prefix } of sources(audit)) {
    const bucket = auditNames.archiveBucket(audit.account);
    const metric = new s3.BucketMetric(
      `silence-${id}`,
      { bucket, name: id, filter: { prefix } },
      { ...options, dependsOn: archive.bucket },
    );
    new cloudwatch.MetricAlarm(
      `silence-${id}-alarm`,
      {
        name: auditNames.silenceAlarm(id),
        alarmDescription: alarmDescription(
          runbook,
          'a-source-fell-silent',
          `nothing was put below ${prefix} of the archive for ${String(SILENT_HOURS)} hours`,
        ),
        namespace: 'AWS/S3',
        metricName: 'PutRequests',
        dimensions: { BucketName: bucket, FilterId: id },
        statistic: 'Sum',
        period: SILENT_SECONDS,
        evaluationPeriods: SILENT_HOURS,
        comparisonOperator: 'LessThanThreshold',
        threshold: 1,
        // Without a request there is no data point at all.
        treatMissingData: 'breaching',
        alarmActions: [topic.arn],
        okActions: [topic.arn],
      },
      { ...options, dependsOn: metric },
    );
  }
}

interface Source {
  readonly id: string;
  readonly prefix: string;
}

function sources({ environments }: AuditAccount): Source[] {
  return [
    { id: 'trail', prefix: auditNames.trailPrefix },
    ...environments.flatMap((env) =>
      CLUSTERS.map((cluster) => ({
        id: `${env.name}-${cluster}-kubernetes`,
        prefix: auditNames.kubernetesPrefix(env, cluster),
      })),
    ),
    // The ledger's function gives an hourly sign of life, so that one which cannot write is told from one with nothing to say.
    ...environments.map((env) => ({ id: `${env.name}-ledger`, prefix: auditNames.heartbeatsPrefix(env) })),
  ];
}

function silenceTopic(audit: AuditAccount, options: CustomResourceOptions): sns.Topic {
  const key = keptKey(
    'silence',
    { alias: auditNames.silenceKeyAlias, description: 'Alarms about evidence', policy: silenceKeyPolicy(audit) },
    options,
  );
  const topicArn = auditArn.silenceTopic(audit);
  const topic = new sns.Topic('silence', { name: auditNames.silenceTopic, kmsMasterKeyId: key.arn }, options);
  new sns.TopicPolicy(
    'silence-policy',
    {
      arn: topic.arn,
      policy: JSON.stringify(
        policyDocument({
          Sid: 'AlarmsPublish',
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: topicArn,
          Condition: {
            ArnLike: { 'aws:SourceArn': auditArn.silenceAlarms(audit) },
            StringEquals: { 'aws:SourceAccount': audit.account },
          },
        }),
      ),
    },
    options,
  );
  for (const endpoint of [...new Set(audit.environments.map(({ alertEmail }) => alertEmail))]) {
    new sns.TopicSubscription(`silence-${endpoint}`, { topic: topic.arn, protocol: 'email', endpoint }, options);
  }
  return topic;
}
