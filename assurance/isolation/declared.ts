import type { Environment } from '../../schema/model';
import type { Tenant } from '../../schema/tenant';
import { grantWays } from './declared-grants';
import { platformWays } from './declared-platform';
import { serverWays } from './declared-serving';
import { tenantWays } from './declared-tenant';
import type { DeclaredWay } from './declared-way';

/** Everything that is meant to be open on one tenant's resources. An erased tenant has none. */
export function declaredWays(env: Environment, tenant: Tenant): DeclaredWay[] {
  if (tenant.state === 'erased') return [];
  return [
    ...tenantWays(env, tenant),
    ...grantWays(env, tenant),
    ...serverWays(env, tenant),
    ...platformWays(env, tenant),
  ];
}
