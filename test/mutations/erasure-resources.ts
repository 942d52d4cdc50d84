import { addResource, editResource, type Mutation, removeResource, set } from './edits';

const STACK = 'tenant-acme';
const BUCKET = 'AWS::S3::Bucket';

/** Faults of the other resources of the sample environment. */
export const RESOURCE_MUTATIONS: readonly Mutation[] = [
  {
    id: 'queue-without-tenant',
    description: 'a queue has no tag of its tenant',
    apply: (output) =>
      editResource(output, STACK, 'AWS::SQS::Queue', (properties) => {
        set(properties, 'Tags', []);
      }),
    expects: /unnamed tenant-acme\/\w+Queue: tag atoll:tenant: got nothing, expected 'acme'/,
  },
  {
    id: 'topic-with-archive',
    description: 'the topic of events archives its messages',
    apply: (output) =>
      editResource(output, STACK, 'AWS::SNS::Topic', (properties) => {
        set(properties, 'ArchivePolicy', { MessageRetentionPeriod: 365 });
      }),
    expects: /unnamed tenant-acme\/Events: ArchivePolicy: got an archive/,
  },
  {
    id: 'tenant-logs-kept-for-ever',
    description: "the log group of a tenant's pods has no retention",
    apply: (output) =>
      editResource(output, STACK, 'AWS::Logs::LogGroup', (properties) => {
        set(properties, 'RetentionInDays', undefined);
      }),
    expects: /unnamed tenant-acme\/LogGroup: RetentionInDays: got nothing/,
  },
  {
    id: 'control-plane-logs-kept-for-ever',
    description: "the log group of a cluster's control plane has no retention",
    apply: (output) =>
      editResource(
        output,
        'production-cluster',
        'AWS::Logs::LogGroup',
        (properties) => {
          set(properties, 'RetentionInDays', undefined);
        },
        ({ LogGroupName }) => LogGroupName === '/aws/eks/atoll-sample-production/cluster',
      ),
    expects: /unnamed production-cluster\/\w+: RetentionInDays: got nothing/,
  },
  {
    id: 'logs-of-an-unknown-writer',
    description: 'a log group that no writer is known of',
    apply: (output) =>
      addResource(output, 'production-operations', {
        Type: 'AWS::Logs::LogGroup',
        Properties: { LogGroupName: '/somebody/else', RetentionInDays: 30 },
      }),
    expects: /not-understood production-operations\/Added: LogGroupName: got '\/somebody\/else'/,
  },
  {
    id: 'table-of-an-unknown-type',
    description: 'a table that nobody said anything about',
    apply: (output) => addResource(output, STACK, { Type: 'AWS::DynamoDB::Table', Properties: {} }),
    expects: /not-understood tenant-acme\/Added: got AWS::DynamoDB::Table, expected a type of/,
  },
  {
    id: 'bucket-of-an-unknown-name',
    description: 'a bucket of the platform that no name of ours fits',
    apply: (output) =>
      addResource(output, 'production-delivery', { Type: BUCKET, Properties: { BucketName: 'scratch' } }),
    expects: /not-understood production-delivery\/Added: BucketName: got "scratch"/,
  },
  {
    id: 'stream-elsewhere',
    description: 'control-plane logs stream into another bucket than the archive',
    apply: (output) =>
      addResource(output, 'production-operations', {
        Type: 'AWS::KinesisFirehose::DeliveryStream',
        Properties: { ExtendedS3DestinationConfiguration: { BucketARN: 'arn:aws:s3:::elsewhere' } },
      }),
    expects: /not-understood production-operations\/Added: .*BucketARN: got "arn:aws:s3:::elsewhere"/,
  },
  {
    id: 'system-volume-outlives-node',
    description: 'a volume of system nodes stays when its node goes',
    apply: (output) =>
      editResource(output, 'production-cluster', 'AWS::EC2::LaunchTemplate', (properties) => {
        set(properties, 'LaunchTemplateData.BlockDeviceMappings.1.Ebs.DeleteOnTermination', false);
      }),
    expects: /unnamed production-cluster\/\w+: volume "\/dev\/xvdb": got one that outlives its machine/,
  },
  {
    id: 'tenant-stack-gone',
    description: 'a tenant has no stack',
    apply: (output) => ({ ...output, stacks: output.stacks.filter(({ id }) => id !== STACK) }),
    expects: /not-understood tenant-acme: got no stack/,
  },
  {
    id: 'tenant-bucket-gone',
    description: 'a tenant has no bucket',
    apply: (output) => removeResource(output, STACK, BUCKET),
    expects: /not-understood tenant-acme: got no AWS::S3::Bucket/,
  },
];
