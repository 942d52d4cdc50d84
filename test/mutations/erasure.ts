import {
  addObject,
  addResource,
  editObject,
  editResource,
  editStatement,
  type Fields,
  type Mutation,
  removeResource,
  set,
} from './edits';

/** The tenant of the sample environment that is changed. */
const STACK = 'tenant-acme';
const BUCKET = 'AWS::S3::Bucket';
const ERASER = /role\/atoll-[a-z-]+-eraser$/;

const bucket = (id: string, description: string, edit: (properties: Fields) => void, expects: RegExp): Mutation => ({
  id,
  description,
  apply: (output) => editResource(output, STACK, BUCKET, edit),
  expects,
});

const object = (
  id: string,
  description: string,
  kind: string,
  path: string,
  value: unknown,
  expects: RegExp,
): Mutation => ({
  id,
  description,
  apply: (output) =>
    editObject(output, kind, (found) => {
      set(found, path, value);
    }),
  expects,
});

/** Takes the eraser out of a list of exempted principals. */
function withoutEraser(statement: Fields): void {
  const { ArnNotEquals } = statement['Condition'] as { ArnNotEquals: Record<string, string[]> };
  ArnNotEquals['aws:PrincipalArn'] = (ArnNotEquals['aws:PrincipalArn'] ?? []).filter((arn) => !ERASER.test(arn));
}

/** Faults of erasure coverage in the sample environment. */
export const ERASURE_MUTATIONS: readonly Mutation[] = [
  bucket(
    'bucket-versions-stay',
    'no rule ends older versions of the whole bucket',
    (properties) => {
      set(properties, 'LifecycleConfiguration.Rules.3.NoncurrentVersionExpiration', undefined);
    },
    /unnamed tenant-acme\/Bucket: lifecycle of the whole bucket: got older versions that never end/,
  ),
  bucket(
    'bucket-keeps-newest-versions',
    'the rule keeps the newest older version of each object for ever',
    (properties) => {
      set(properties, 'LifecycleConfiguration.Rules.3.NoncurrentVersionExpiration.NewerNoncurrentVersions', 1);
    },
    /unnamed tenant-acme\/Bucket: lifecycle of the whole bucket: got older versions that never end/,
  ),
  bucket(
    'bucket-versions-rule-narrowed',
    'the rule on older versions reaches derived/ only',
    (properties) => {
      set(properties, 'LifecycleConfiguration.Rules.3.Prefix', 'derived/');
    },
    /unnamed tenant-acme\/Bucket: lifecycle of the whole bucket: got older versions that never end/,
  ),
  bucket(
    'bucket-rule-disabled',
    'the rule over the whole bucket is switched off',
    (properties) => {
      set(properties, 'LifecycleConfiguration.Rules.3.Status', 'Disabled');
    },
    /unnamed tenant-acme\/Bucket: lifecycle of the whole bucket: got uploads that never end/,
  ),
  bucket(
    'raw-class-without-expiry',
    'recordings of one class never expire',
    (properties) => {
      set(properties, 'LifecycleConfiguration.Rules.0.ExpirationInDays', undefined);
    },
    /unnamed tenant-acme\/Bucket: lifecycle of raw\/video\/: got no expiry, expected 90 days/,
  ),
  bucket(
    'raw-class-kept-longer',
    "recordings stay longer than the tenant's file says",
    (properties) => {
      set(properties, 'LifecycleConfiguration.Rules.1.ExpirationInDays', 3650);
    },
    /unnamed tenant-acme\/Bucket: lifecycle of raw\/audio\/: got an expiry of 3650 days, expected 90 days/,
  ),
  bucket(
    'bucket-object-lock',
    'an Object Lock keeps what the eraser deletes',
    (properties) => {
      set(properties, 'ObjectLockEnabled', true);
    },
    /unnamed tenant-acme\/Bucket: got an Object Lock/,
  ),
  bucket(
    'bucket-replicated',
    'a copy of every object goes elsewhere',
    (properties) => {
      set(properties, 'ReplicationConfiguration', { Rules: [] });
    },
    /not-understood tenant-acme\/Bucket: ReplicationConfiguration: got a copy of data/,
  ),
  bucket(
    'bucket-of-another-tenant',
    "the bucket carries another tenant's tag",
    (properties) => {
      const tag = (properties['Tags'] as { Key: string }[]).find(({ Key }) => Key === 'atoll:tenant');
      set(tag, 'Value', 'birch');
    },
    /unnamed tenant-acme\/Bucket: tag atoll:tenant: got "birch", expected 'acme'/,
  ),
  bucket(
    'bucket-renamed',
    'the bucket has a name that the eraser does not look for',
    (properties) => {
      set(properties, 'BucketName', 'atoll-sample-acme-copy-222222222222');
    },
    /unnamed tenant-acme\/Bucket: BucketName: got "atoll-sample-acme-copy-222222222222"/,
  ),
  {
    id: 'bucket-policy-gone',
    description: 'the bucket has no policy',
    apply: (output) => removeResource(output, STACK, 'AWS::S3::BucketPolicy'),
    expects: /not-understood tenant-acme\/Bucket: got a bucket without a policy/,
  },
  ...(['NobodyElse', 'NobodyElseLists'] as const).map((sid) => ({
    id: `bucket-policy-refuses-eraser-${sid}`,
    description: `the bucket policy's ${sid} does not exempt the eraser`,
    apply: (output: Parameters<Mutation['apply']>[0]) =>
      editResource(output, STACK, 'AWS::S3::BucketPolicy', ({ PolicyDocument }) => {
        editStatement(PolicyDocument, sid, withoutEraser);
      }),
    expects: new RegExp(`closed tenant-acme/Bucket: the bucket policy: ${sid} refuses the eraser s3:`),
  })),
  {
    id: 'bucket-policy-denies-by-unknown-key',
    description: 'a Deny for everybody hangs on a condition key that is not known',
    apply: (output) =>
      editResource(output, STACK, 'AWS::S3::BucketPolicy', ({ PolicyDocument }) => {
        editStatement(PolicyDocument, 'NobodyElse', (statement) => {
          statement['Condition'] = { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } };
        });
      }),
    expects: /not-understood tenant-acme\/Bucket: .*may refuse the eraser .*: condition key aws:SourceVpc is not known/,
  },
  {
    id: 'bucket-policy-denies-by-unknown-operator',
    description: 'a Deny for everybody uses an operator that is not known',
    apply: (output) =>
      editResource(output, STACK, 'AWS::S3::BucketPolicy', ({ PolicyDocument }) => {
        editStatement(PolicyDocument, 'NobodyElse', (statement) => {
          statement['Condition'] = { BinaryEquals: { 'aws:PrincipalArn': 'eA==' } };
        });
      }),
    expects: /not-understood tenant-acme\/Bucket: .*operator BinaryEquals is not known/,
  },
  {
    id: 'key-policy-without-eraser',
    description: 'the key policy lets the eraser read nothing',
    apply: (output) =>
      editResource(output, STACK, 'AWS::KMS::Key', ({ KeyPolicy }) => {
        editStatement(KeyPolicy, 'EraserUses', (statement) => {
          statement['Effect'] = 'Deny';
        });
      }),
    expects: /closed tenant-acme\/Key: the key policy allows the eraser no kms:Decrypt/,
  },
  {
    id: 'key-that-nobody-deletes',
    description: 'nobody may schedule the deletion of the key',
    apply: (output) =>
      editResource(output, STACK, 'AWS::KMS::Key', ({ KeyPolicy }) => {
        editStatement(KeyPolicy, 'AccountAdministersWithoutUse', (statement) => {
          statement['Action'] = (statement['Action'] as string[]).filter((each) => each !== 'kms:ScheduleKeyDeletion');
        });
      }),
    expects: /closed tenant-acme\/Key: the key policy allows the eraser no kms:ScheduleKeyDeletion/,
  },
  {
    id: 'queue-policy-refuses-eraser',
    description: "a queue's policy does not exempt the eraser",
    apply: (output) =>
      editResource(output, STACK, 'AWS::SQS::QueuePolicy', ({ PolicyDocument }) => {
        editStatement(PolicyDocument, 'NobodyElse', withoutEraser);
      }),
    expects: /closed tenant-acme\/\w+Queue: the queue policy: NobodyElse refuses the eraser sqs:PurgeQueue/,
  },
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
    id: 'team-bucket-without-expiry',
    description: "a team's bucket keeps results of queries for ever",
    apply: (output) =>
      addResource(output, 'research-delivery', {
        Type: BUCKET,
        Properties: { BucketName: 'atoll-sample-team-speech-333333333333' },
      }),
    expects: /unnamed research-delivery\/Added: lifecycle of results\/speech-eval\/: got no expiry/,
  },
  {
    id: 'results-anywhere',
    description: 'clients of a workgroup choose where results lie',
    apply: (output) =>
      addResource(output, 'research-delivery', {
        Type: 'AWS::Athena::WorkGroup',
        Properties: { WorkGroupConfiguration: { EnforceWorkGroupConfiguration: false } },
      }),
    expects: /unnamed research-delivery\/Added: EnforceWorkGroupConfiguration: got none/,
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
  object(
    'pool-volume-outlives-node',
    "a volume of a pool's nodes stays when its node goes",
    'EC2NodeClass',
    'spec.blockDeviceMappings.1.ebs.deleteOnTermination',
    false,
    /unnamed production EC2NodeClass [\w-]+: volume "\/dev\/xvdb": got one that outlives its node/,
  ),
  object(
    'nodes-for-ever',
    "a pool's nodes never grow too old",
    'NodePool',
    'spec.template.spec.expireAfter',
    'Never',
    /unnamed production NodePool [\w-]+: got expireAfter "Never"/,
  ),
  object(
    'scratch-on-the-host',
    "a pipeline's scratch lies on the node's own disk",
    'ScaledJob',
    'spec.jobTargetRef.template.spec.volumes.0',
    { name: 'scratch', hostPath: { path: '/scratch' } },
    /unnamed production ScaledJob tenant-acme\/[\w-]+: volume scratch: got hostPath/,
  ),
  object(
    'scratch-of-an-unknown-kind',
    "a pipeline's scratch is a volume of a kind that is not known",
    'ScaledJob',
    'spec.jobTargetRef.template.spec.volumes.0',
    { name: 'scratch', nfs: { server: 'files' } },
    /not-understood production ScaledJob tenant-acme\/[\w-]+: volume scratch: got nfs/,
  ),
  object(
    'job-without-tenant',
    "a pipeline's ScaledJob does not name its tenant",
    'ScaledJob',
    'metadata.labels',
    {},
    /unnamed production ScaledJob tenant-acme\/[\w-]+: label atoll.dev\/tenant: got nothing/,
  ),
  {
    id: 'claim-of-research',
    description: 'a claim of a research team outlives the pods of its grants',
    apply: (output) =>
      addObject(output, 'research/speech.yaml', {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'scratch', namespace: 'research-speech' },
      }),
    expects: /unnamed research PersistentVolumeClaim research-speech\/scratch: got a volume that outlives its pods/,
  },
  {
    id: 'secret-rendered',
    description: 'a Secret lies among the rendered objects',
    apply: (output) =>
      addObject(output, 'research/speech.yaml', {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'token', namespace: 'research-speech' },
      }),
    expects: /not-understood research Secret research-speech\/token: got a Secret among rendered objects/,
  },
  {
    id: 'volume-kept',
    description: 'a StorageClass keeps volumes when their claims go',
    apply: (output) =>
      addObject(output, 'research/speech.yaml', {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: { name: 'kept' },
        reclaimPolicy: 'Retain',
      }),
    expects: /unnamed research StorageClass kept: reclaimPolicy: got Retain/,
  },
  {
    id: 'snapshot-of-a-volume',
    description: 'a snapshot of a volume, of which nobody said anything',
    apply: (output) =>
      addObject(output, 'research/speech.yaml', {
        apiVersion: 'snapshot.storage.k8s.io/v1',
        kind: 'VolumeSnapshot',
        metadata: { name: 'copy', namespace: 'research-speech' },
      }),
    expects:
      /not-understood research VolumeSnapshot research-speech\/copy: kind: got snapshot.storage.k8s.io\/VolumeSnapshot/,
  },
  {
    id: 'objects-unreadable',
    description: 'a file of objects is no YAML',
    apply: (output) => addObject(output, 'research/speech.yaml', { apiVersion: 'v1', kind: 'ConfigMap' }),
    expects: /not-understood research\/research\/speech.yaml: got a document without apiVersion, kind or metadata.name/,
  },
  {
    ...bucket(
      'bucket-uploads-sooner',
      'uploads that never end go after a day instead of seven',
      (properties) => {
        set(properties, 'LifecycleConfiguration.Rules.3.AbortIncompleteMultipartUpload.DaysAfterInitiation', 1);
      },
      /^$/,
    ),
    noChange: 'less is kept, and nothing else changes',
  },
];
