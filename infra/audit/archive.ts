import { auditArn } from '../../schema/audit-arns';
import { auditNames } from '../../schema/audit-names';
import type { CustomResourceOptions } from '@pulumi/pulumi';
import type * as kms from '@pulumi/aws/kms';
import { archivePolicy, BUCKET_POLICY_BYTES } from './archive-policy';
import type { AuditAccount } from './audit-account';
import { keptKey } from './kept-key';
import { archiveKeyPolicy } from './key-policies';
import { type LockedBucket, lockedBucket } from './locked-bucket';

export interface Archive extends LockedBucket {
  readonly key: kms.Key;
}

/** The archive: all evidence of the account's environments, under its own key, locked. docs/decisions/0014-the-audit-account.md */
export function archive(audit: AuditAccount, options: CustomResourceOptions): Archive {
  requireShortPolicy(audit);
  const { account } = audit;
  const key = keptKey(
    'archive',
    {
      alias: auditNames.archiveKeyAlias,
      description: 'Evidence of what was done with tenants’ data',
      policy: archiveKeyPolicy(audit),
    },
    options,
  );
  const lockDays = lockedDays(audit);
  const bucket = lockedBucket(
    'archive',
    {
      bucket: auditNames.archiveBucket(account),
      keyArn: key.arn,
      policy: key.arn.apply((keyArn) => JSON.stringify(archivePolicy(audit, keyArn))),
      lockDays,
      lifecycleRules: [
        ...[auditNames.trailPrefix, auditNames.kubernetesRoot].map((prefix) => ({
          id: prefix.replace('/', ''),
          status: 'Enabled',
          filter: { prefix },
          // Ledger and receipts stay: they say what was granted and what was erased, and are small.
          expiration: { days: lockDays },
          noncurrentVersionExpiration: { noncurrentDays: 1 },
        })),
        { id: 'unfinished', status: 'Enabled', filter: {}, abortIncompleteMultipartUpload: { daysAfterInitiation: 1 } },
      ],
    },
    options,
  );
  return { ...bucket, key };
}

/**
 * Days that evidence is locked: as long as the environment with the longest memory keeps its log groups. A day too many cannot be taken
 * back by anyone, and evidence names people.
 */
export function lockedDays({ environments }: AuditAccount): number {
  return Math.max(...environments.map(({ logRetentionDays }) => logRetentionDays));
}

/** Characters of a key's id, which is known only once there is a key. */
const KEY_ID_CHARACTERS = 36;

/** @throws Error where the archive's policy would be longer than S3 takes */
function requireShortPolicy(audit: AuditAccount): void {
  const keyArn = auditArn.keys(audit).replace('*', '0'.repeat(KEY_ID_CHARACTERS));
  const bytes = Buffer.byteLength(JSON.stringify(archivePolicy(audit, keyArn)));
  if (bytes <= BUCKET_POLICY_BYTES) return;
  throw new Error(
    `accounts.audit: got ${audit.account} with an archive policy of ${String(bytes)} bytes for ${String(audit.environments.length)} ` +
      `environments, allowed ${String(BUCKET_POLICY_BYTES)}; give some of them an audit account of their own`,
  );
}
