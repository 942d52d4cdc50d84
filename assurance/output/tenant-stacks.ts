import type { Environment } from '../../schema/model';
import { stackNames } from '../../schema/names';
import type { Tenant } from '../../schema/tenant';

/** The tenants that have a stack and objects: all but the erased, whose files only keep their names. */
export const livingTenants = (environment: Environment): readonly Tenant[] =>
  environment.tenants.filter(({ state }) => state !== 'erased');

/** Those tenants by the ids of their stacks, such as `tenant-acme`. */
export const tenantsByStack = (environment: Environment): ReadonlyMap<string, Tenant> =>
  new Map(livingTenants(environment).map((tenant) => [stackNames.tenant(tenant.id), tenant]));
