import { auditNames, evidenceNames } from '../../schema/audit-names';
import type { Environment } from '../../schema/model';
import { clusterNames, stackNames } from '../../schema/names';
import type { ClusterName } from '../../schema/vocabulary';
import { CLUSTERS } from '../../schema/vocabulary';
import { listOf } from '../output/values';
import { askRule, onlyOne } from './placed-resources';
import { fields, free, just, reference, type Rule, textAt, type PlacedResource } from './property-rules';
import type { Asking } from './spot';

/**
 * Which events go to the archive, in the words of CloudWatch Logs: all audit events and nothing else. Said here once more, and not taken from what makes the
 * subscription: a pattern that fits nobody reads as well as this one.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/matching-terms-json-log-events.html (2026-11-26)
 */
const AUDIT_EVENTS = '{ ($.kind = "Event") && ($.apiVersion = "audit.k8s.io/v1") }';

/** Every cluster writes its audit log, and all of it goes to the archive of the audit account and nowhere else. */
export function askEvidence(asking: Asking): void {
  const { env } = asking;
  for (const cluster of CLUSTERS) {
    askAuditLog(asking, cluster);
    const stack = stackNames.platform(cluster, 'evidence');
    const filter = onlyOne(asking, stack, 'AWS::Logs::SubscriptionFilter');
    if (filter !== undefined) askRule(asking, filter, subscribed(env, cluster, filter));
    const stream = onlyOne(asking, stack, 'AWS::KinesisFirehose::DeliveryStream');
    if (stream !== undefined) askRule(asking, stream, archived(env, cluster, stream));
  }
  const rule = onlyOne(asking, stackNames.platform('research', 'evidence'), 'AWS::Events::Rule');
  if (rule !== undefined) askRule(asking, rule, heartbeat(env, rule));
}

/** Without it there is nothing to send on. */
function askAuditLog(asking: Asking, cluster: ClusterName): void {
  const made = onlyOne(asking, stackNames.platform(cluster, 'cluster'), 'AWS::EKS::Cluster');
  if (made === undefined) return;
  askRule(asking, made, (properties) => {
    const got = (properties as { Logging?: { ClusterLogging?: { EnabledTypes?: unknown } } }).Logging;
    const types = listOf(got?.ClusterLogging?.EnabledTypes).map((one) => (one as { Type?: unknown }).Type);
    return types.includes('audit') ? [] : [`Logging: got ${JSON.stringify(types)}, allowed audit among them`];
  });
}

const subscribed = (env: Environment, cluster: ClusterName, self: PlacedResource): Rule =>
  fields({
    DestinationArn: reference(self, 'AWS::KinesisFirehose::DeliveryStream', {
      attribute: 'Arn',
      fits: ({ resource }) => textAt(resource.Properties, 'DeliveryStreamName') === evidenceNames.stream(env, cluster),
    }),
    FilterName: just(evidenceNames.stream(env, cluster)),
    FilterPattern: just(AUDIT_EVENTS),
    LogGroupName: just(clusterNames.controlPlaneLogGroup(env, cluster)),
    RoleArn: roleNamed(self, evidenceNames.subscriptionRole(env, cluster)),
  });

function archived(env: Environment, cluster: ClusterName, self: PlacedResource): Rule {
  const prefix = auditNames.kubernetesPrefix(env, cluster);
  return fields({
    DeliveryStreamName: just(evidenceNames.stream(env, cluster)),
    DeliveryStreamType: just('DirectPut'),
    DeliveryStreamEncryptionConfigurationInput: fields({
      KeyType: just('CUSTOMER_MANAGED_CMK'),
      KeyARN: reference(self, 'AWS::KMS::Key', { attribute: 'Arn' }),
    }),
    ExtendedS3DestinationConfiguration: fields({
      BucketARN: just(auditNames.archiveBucketArn(env.accounts.audit)),
      RoleARN: roleNamed(self, evidenceNames.deliveryRole(env, cluster)),
      Prefix: just(`${prefix}!{timestamp:yyyy/MM/dd}/`),
      ErrorOutputPrefix: just(`${prefix}failed/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/`),
      BufferingHints: free(
        'how old evidence is when it is written, within the quarter of an hour that Firehose allows',
      ),
      CompressionFormat: just('GZIP'),
      CloudWatchLoggingOptions: fields({
        Enabled: just(true),
        LogGroupName: just(evidenceNames.deliveryLogGroup(env, cluster)),
        LogStreamName: free('a name in the group'),
      }),
      // A processor more, such as a function, would change or drop what passes.
      ProcessingConfiguration: just({ Enabled: true, Processors: PROCESSORS }),
    }),
    Tags: free('they open nothing: no policy of the audit account asks for one'),
  });
}

/** What unwraps the events of CloudWatch Logs, a line each: https://docs.aws.amazon.com/firehose/latest/dev/writing-with-cloudwatch-logs-decompression.html (2026-11-26). */
const PROCESSORS = [
  { Type: 'Decompression', Parameters: [{ ParameterName: 'CompressionFormat', ParameterValue: 'GZIP' }] },
  { Type: 'CloudWatchLogProcessing', Parameters: [{ ParameterName: 'DataMessageExtraction', ParameterValue: 'true' }] },
  { Type: 'AppendDelimiterToRecord' },
];

/** The ledger's sign of life. */
const heartbeat = (env: Environment, self: PlacedResource): Rule =>
  fields({
    Name: just(evidenceNames.heartbeat(env)),
    Description: free('a text for people'),
    ScheduleExpression: just('rate(1 hour)'),
    Targets: (got, path) => {
      const [target, ...more] = listOf(got);
      const rule = fields({
        Id: free('a name in the rule'),
        Arn: reference(self, 'AWS::Lambda::Function', {
          attribute: 'Arn',
          fits: ({ resource }) => textAt(resource.Properties, 'FunctionName') === evidenceNames.ledger(env),
        }),
      });
      return more.length > 0 ? [`${path}: got ${1 + more.length}, allowed one`] : rule(target, `${path}[0]`);
    },
  });

const roleNamed = (self: PlacedResource, name: string): Rule =>
  reference(self, 'AWS::IAM::Role', {
    attribute: 'Arn',
    fits: ({ resource }) => textAt(resource.Properties, 'RoleName') === name,
  });
