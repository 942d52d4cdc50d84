import * as iam from '@pulumi/aws/iam';
import type { CustomResourceOptions } from '@pulumi/pulumi';
import { auditNames } from '../../schema/audit-names';
import type { AuditAccount } from './audit-account';
import { readerPolicy, readerTrust } from './reader-policies';

/** The auditors' role: who became it, and what they read, is in the trail like everything else. */
export function reader(audit: AuditAccount, options: CustomResourceOptions): void {
  const role = new iam.Role(
    'reader',
    {
      name: auditNames.readerRole,
      description: 'Auditors: reads the archive through Athena and changes nothing',
      maxSessionDuration: 3600,
      assumeRolePolicy: JSON.stringify(readerTrust(audit)),
    },
    options,
  );
  new iam.RolePolicy(
    'reader-policy',
    { name: 'read', role: role.name, policy: JSON.stringify(readerPolicy(audit)) },
    options,
  );
}
