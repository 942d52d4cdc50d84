import * as aws from '@pulumi/aws/provider';
import type { CustomResourceOptions } from '@pulumi/pulumi';
import { tags } from '../../schema/names';
import { archive } from './archive';
import type { AuditAccount } from './audit-account';
import { catalogue } from './catalogue';
import { queries } from './queries';
import { reader } from './reader';
import { silenceAlarms } from './silence';
import { trail } from './trail';

/**
 * Everything that one audit account holds. It adds resources to the Pulumi program that runs it, and depends on nothing but its
 * arguments: the same environments give the same resources.
 * @param more what every resource is given besides, for whoever wants to see them
 */
export function auditProgram(audit: AuditAccount, more: Pick<CustomResourceOptions, 'transformations'> = {}): void {
  // Of no configuration: whatever the credentials are of, this goes to the audit account or nowhere.
  const provider = new aws.Provider('audit', {
    region: audit.region,
    allowedAccountIds: [audit.account],
    defaultTags: { tags: { [tags.owner]: 'platform', [tags.room]: 'audit' } },
  });
  const options: CustomResourceOptions = { ...more, provider };
  reader(audit, options);
  const store = archive(audit, options);
  trail(audit, store, options);
  queries(audit, catalogue(audit, options), options);
  silenceAlarms(audit, store, options);
}
