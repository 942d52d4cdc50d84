import { editResource, type Fields, type Mutation, set } from './edits';

const STACK = 'tenant-acme';
const BUCKET = 'AWS::S3::Bucket';

const bucket = (id: string, description: string, edit: (properties: Fields) => void, expects: RegExp): Mutation => ({
  id,
  description,
  apply: (output) => editResource(output, STACK, BUCKET, edit),
  expects,
});

/** Faults of the bucket of a tenant of the sample environment. */
export const BUCKET_MUTATIONS: readonly Mutation[] = [
  bucket(
    'bucket-versions-stay',
    'no rule ends older versions of the whole bucket',
    (properties) => {
      set(properties, 'LifecycleConfiguration.Rules.5.NoncurrentVersionExpiration', undefined);
    },
    /unnamed tenant-acme\/Bucket: lifecycle of the whole bucket: got older versions that never end/,
  ),
  bucket(
    'bucket-keeps-newest-versions',
    'the rule keeps the newest older version of each object for ever',
    (properties) => {
      set(properties, 'LifecycleConfiguration.Rules.5.NoncurrentVersionExpiration.NewerNoncurrentVersions', 1);
    },
    /unnamed tenant-acme\/Bucket: lifecycle of the whole bucket: got older versions that never end/,
  ),
  bucket(
    'bucket-versions-rule-narrowed',
    'the rule on older versions reaches derived/ only',
    (properties) => {
      set(properties, 'LifecycleConfiguration.Rules.5.Prefix', 'derived/');
    },
    /unnamed tenant-acme\/Bucket: lifecycle of the whole bucket: got older versions that never end/,
  ),
  bucket(
    'bucket-rule-disabled',
    'the rule over the whole bucket is switched off',
    (properties) => {
      set(properties, 'LifecycleConfiguration.Rules.5.Status', 'Disabled');
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
    'checkpoints-without-expiry',
    'checkpoints of calls that nobody takes up again never expire',
    (properties) => {
      set(properties, 'LifecycleConfiguration.Rules.3.ExpirationInDays', undefined);
    },
    /unnamed tenant-acme\/Bucket: lifecycle of checkpoints\/: got no expiry, expected 15 days, as every bucket has/,
  ),
  bucket(
    'trainings-without-expiry',
    'checkpoints of trainings never expire',
    (properties) => {
      set(properties, 'LifecycleConfiguration.Rules.4.ExpirationInDays', undefined);
    },
    /unnamed tenant-acme\/Bucket: lifecycle of trainings\/: got no expiry, expected 30 days, as every bucket has/,
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
    ...bucket(
      'bucket-uploads-sooner',
      'uploads that never end go after a day instead of seven',
      (properties) => {
        set(properties, 'LifecycleConfiguration.Rules.5.AbortIncompleteMultipartUpload.DaysAfterInitiation', 1);
      },
      /^$/,
    ),
    noChange: 'less is kept, and nothing else changes',
  },
];
