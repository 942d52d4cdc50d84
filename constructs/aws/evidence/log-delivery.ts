import type { CfnTag } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { CfnLogGroup, CfnLogStream, CfnSubscriptionFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { auditNames, evidenceNames } from '../../../schema/audit-names';
import type { Environment } from '../../../schema/model';
import { clusterNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { retain } from '../retention';
import { LogDeliveryRoles } from './log-delivery-roles';

export interface LogDeliveryProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  /** Key of the stream's buffer and of the log group of its failures. */
  readonly key: IKey;
  readonly tags: CfnTag[];
}

/**
 * Audit events and nothing else of the control plane's five logs. A subscription's pattern is about what an event says and not about the stream that it
 * stands in; one for JSON matches only events that are JSON and say so themselves. All of them, not only those of persons: every narrower pattern is a way past
 * the evidence, and what the cluster does by itself once a minute is how a silent hour shows.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/matching-terms-json-log-events.html (2026-11-25)
 */
export const AUDIT_EVENTS = '{ ($.kind = "Event") && ($.apiVersion = "audit.k8s.io/v1") }';

/** Seconds after which, or megabytes with which, Firehose writes an object: the age of evidence, and the number of objects a day. */
const BUFFER = { intervalInSeconds: 300, sizeInMBs: 64 };

/** Stream of the log group where Firehose tells what it could not deliver. */
const FAILURES = 'deliveries';

/**
 * Carries a cluster's audit events to the archive of the audit account: a subscription of the control plane's log group, a Firehose
 * stream that unwraps what CloudWatch Logs sends, one JSON event per line in gzipped objects, a folder for each day (UTC, of arrival).
 * Firehose tries for a day what the archive refuses (https://docs.aws.amazon.com/firehose/latest/dev/troubleshooting.html, 2026-11-25); the log group keeps
 * the events for `env.logRetentionDays` all the while.
 */
export class LogDelivery extends Construct {
  constructor(scope: Construct, id: string, props: LogDeliveryProps) {
    super(scope, id);
    const { env, cluster, key, tags } = props;
    const failures = retain(
      new CfnLogGroup(this, 'Failures', {
        logGroupName: evidenceNames.deliveryLogGroup(env, cluster),
        kmsKeyId: key.keyArn,
        retentionInDays: env.logRetentionDays,
        tags,
      }),
    );
    const failureStream = new CfnLogStream(this, 'FailureStream', {
      logGroupName: failures.ref,
      logStreamName: FAILURES,
    });
    const roles = new LogDeliveryRoles(this, 'Roles', { env, cluster, tags });
    const stream = this.stream(props, roles.delivery.attrArn);
    stream.node.addDependency(failureStream);
    new CfnSubscriptionFilter(this, 'Subscription', {
      filterName: evidenceNames.stream(env, cluster),
      // By name: the cluster's stack makes the group, before EKS does.
      logGroupName: clusterNames.controlPlaneLogGroup(env, cluster),
      filterPattern: AUDIT_EVENTS,
      destinationArn: stream.attrArn,
      roleArn: roles.subscription.attrArn,
    });
  }

  private stream({ env, cluster, key, tags }: LogDeliveryProps, roleArn: string): CfnDeliveryStream {
    const prefix = auditNames.kubernetesPrefix(env, cluster);
    return new CfnDeliveryStream(this, 'Stream', {
      deliveryStreamName: evidenceNames.stream(env, cluster),
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: { keyType: 'CUSTOMER_MANAGED_CMK', keyArn: key.keyArn },
      extendedS3DestinationConfiguration: {
        // No key is named: the archive's default encryption, with a key whose ARN is not known here, applies.
        bucketArn: auditNames.archiveBucketArn(env.accounts.audit),
        roleArn,
        prefix: `${prefix}!{timestamp:yyyy/MM/dd}/`,
        // Beside the days, so that no table reads it (infra/audit/tables).
        errorOutputPrefix: `${prefix}failed/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/`,
        bufferingHints: BUFFER,
        compressionFormat: 'GZIP',
        cloudWatchLoggingOptions: {
          enabled: true,
          logGroupName: evidenceNames.deliveryLogGroup(env, cluster),
          logStreamName: FAILURES,
        },
        // In this order. Without the last, messages would stand one behind the other on one line.
        processingConfiguration: {
          enabled: true,
          processors: [
            { type: 'Decompression', parameters: [{ parameterName: 'CompressionFormat', parameterValue: 'GZIP' }] },
            {
              type: 'CloudWatchLogProcessing',
              parameters: [{ parameterName: 'DataMessageExtraction', parameterValue: 'true' }],
            },
            { type: 'AppendDelimiterToRecord' },
          ],
        },
      },
      tags,
    });
  }
}
