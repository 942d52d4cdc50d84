import * as cloudtrail from '@pulumi/aws/cloudtrail';
import type { CustomResourceOptions } from '@pulumi/pulumi';
import { auditNames } from '../../schema/audit-names';
import type { Archive } from './archive';
import type { AuditAccount } from './audit-account';
import { trailSelectors } from './trail-selectors';

/**
 * The organisation's trail, made by the audit account as a delegated administrator of CloudTrail and owned by the management account:
 * no member account can stop it.
 */
export function trail(audit: AuditAccount, archive: Archive, options: CustomResourceOptions): void {
  new cloudtrail.Trail(
    'trail',
    {
      name: auditNames.trail(audit.account),
      isOrganizationTrail: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      enableLogging: true,
      s3BucketName: auditNames.archiveBucket(audit.account),
      s3KeyPrefix: auditNames.trailPrefix.replace(/\/$/, ''),
      kmsKeyId: archive.key.arn,
      advancedEventSelectors: trailSelectors(audit),
    },
    // CloudTrail writes a first file before it has a trail at all.
    { ...options, protect: true, retainOnDelete: true, dependsOn: [...archive.parts] },
  );
}
