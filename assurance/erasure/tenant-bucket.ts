import { CHECKPOINT_DAYS } from '../../schema/pipeline-job';
import { TRAINING_CHECKPOINT_DAYS } from '../../schema/training-job';
import { tenantNames } from '../../schema/names';
import type { Tenant } from '../../schema/tenant';
import { BUCKET_PREFIXES } from '../../schema/vocabulary';
import { at } from '../output/values';
import { type Case, namesTenant, policyOf } from './case';
import type { Ending } from './coverage';
import { expiriesOf } from './lifecycle';
import { admitted } from './admitted';

const OBJECT_ACTIONS = ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:AbortMultipartUpload'];
const BUCKET_ACTIONS = ['s3:ListBucket', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads'];

/** A tenant's bucket: every prefix and version of it ends, by the eraser, and what is older than its retention by itself. */
export function judgeTenantBucket(subject: Case, tenant: Tenant): void {
  const { environment, properties } = subject;
  const name = tenantNames.bucket(environment, tenant.id);
  if (!namesTenant(subject, 'BucketName', [name])) return;
  const endings = [
    ...eraserEndings(subject, name, tenantNames.bucketArn(environment, tenant.id)),
    ...expiryEndings(subject, tenant),
  ];
  copies(subject);
  if (at(properties, 'VersioningConfiguration.Status') === 'Enabled') versions(subject);
  subject.holding({
    tenants: [tenant.id],
    holds: `recordings, what pipelines made of them, models and exports, under ${Object.values(BUCKET_PREFIXES).join(' ')}`,
    endings,
  });
}

function eraserEndings(subject: Case, name: string, arn: string): Ending[] {
  const policy = policyOf(subject, 'AWS::S3::BucketPolicy', 'Bucket', name);
  if (policy === undefined) {
    subject.report('not-understood', 'got a bucket without a policy, expected one that admits the eraser');
    return [];
  }
  const caller = subject.erasers.direct;
  const calls = [
    ...BUCKET_ACTIONS.map((action) => ({ caller, action, resource: arn })),
    ...Object.values(BUCKET_PREFIXES).flatMap((prefix) =>
      OBJECT_ACTIONS.map((action) => ({ caller, action, resource: `${arn}/${prefix}any` })),
    ),
  ];
  return admitted(subject, 'the bucket policy', policy, calls)
    ? [{ by: 'eraser', actions: [...BUCKET_ACTIONS, ...OBJECT_ACTIONS] }]
    : [];
}

function expiryEndings(subject: Case, tenant: Tenant): Ending[] {
  const kept = tenant.data.map(({ class: dataClass, retentionDays }) => ({
    prefix: `${BUCKET_PREFIXES.raw}${dataClass}/`,
    days: retentionDays,
    says: "which the tenant's file says",
  }));
  const says = 'as every bucket has';
  const all = [
    ...kept,
    { prefix: BUCKET_PREFIXES.checkpoints, days: CHECKPOINT_DAYS, says },
    { prefix: BUCKET_PREFIXES.trainings, days: TRAINING_CHECKPOINT_DAYS, says },
  ];
  return all.flatMap(({ prefix, days, says }): Ending[] => {
    const { current } = expiriesOf(subject.properties, prefix);
    if (current === days) return [{ by: 'expiry', what: prefix, days }];
    const got = current === undefined ? 'no expiry' : `an expiry of ${current} days`;
    subject.report('unnamed', `lifecycle of ${prefix}: got ${got}, expected ${days} days, ${says}`);
    return [];
  });
}

/** A deleted object of a versioned bucket is still there: only a rule over the whole of it, or the eraser, ends it. */
function versions(subject: Case): void {
  const { properties } = subject;
  for (const prefix of ['', ...Object.values(BUCKET_PREFIXES)]) {
    const { noncurrent, uploads } = expiriesOf(properties, prefix);
    const where = prefix === '' ? 'the whole bucket' : prefix;
    if (noncurrent === undefined)
      subject.report(
        'unnamed',
        `lifecycle of ${where}: got older versions that never end, expected NoncurrentVersionExpiration`,
      );
    if (uploads === undefined)
      subject.report(
        'unnamed',
        `lifecycle of ${where}: got uploads that never end, expected AbortIncompleteMultipartUpload`,
      );
    if (noncurrent === undefined || uploads === undefined) return;
  }
}

/** Copies elsewhere, and locks that keep what the eraser deletes. */
function copies(subject: Case): void {
  const { properties } = subject;
  if (properties['ObjectLockEnabled'] === true || properties['ObjectLockConfiguration'] !== undefined)
    subject.report('unnamed', 'got an Object Lock, expected none: it keeps what the eraser deletes');
  for (const field of ['ReplicationConfiguration', 'InventoryConfigurations', 'LoggingConfiguration'])
    if (properties[field] !== undefined)
      subject.report('not-understood', `${field}: got a copy of data or of its names in another place, expected none`);
}
