import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { tenantNames } from '../../../schema/names';
import { resolvedJson } from '../resolved-json';
import { tenantKeyPolicy } from './key-policy';
import { retain } from '../retention';
import type { TenantScope } from './tenant-scope';

/** Days between the request to delete a key and its deletion: the longest that KMS has, since with the key goes every object. */
const PENDING_WINDOW_DAYS = 30;

/** The key of everything that one tenant has, and its alias. */
export function tenantKey(parent: Construct, scope: TenantScope): CfnKey {
  const key = retain(
    new CfnKey(parent, 'Key', {
      description: `Data of tenant ${scope.tenant.id} in ${scope.env.name}`,
      enableKeyRotation: true,
      pendingWindowInDays: PENDING_WINDOW_DAYS,
      keyPolicy: resolvedJson(tenantKeyPolicy(scope)),
      tags: scope.tags,
    }),
  );
  new CfnAlias(parent, 'KeyAlias', {
    aliasName: tenantNames.keyAlias(scope.env, scope.tenant.id),
    targetKeyId: key.ref,
  });
  return key;
}
