import { z } from 'zod';
import { teamStoreNames } from './access-names';
import { endOfGrant, type Grant } from './grant';
import type { Environment } from './model';
import { tenantNames } from './names';
import { DATA_CLASSES, PURPOSES } from './vocabulary';

/** Name of the one file of a grant's ConfigMap, by which its pods are told the scope. */
export const SCOPE_FILE = 'scope.json';

const text = z.string().min(1).max(256);

/**
 * What the pods of a grant are told of it: what it opens, where that lies, and until when. It holds no secret and gives no right, since
 * the roles and policies of the grant say the same in AWS; it spares everybody the names of buckets.
 */
export const datasetScopeSchema = z.strictObject({
  environment: text,
  region: text,
  grant: text,
  team: text,
  purpose: z.enum(PURPOSES),
  ticket: text,
  /** First moment at which nothing is open any more, ISO 8601. */
  end: z.iso.datetime(),
  classes: z.array(z.enum(DATA_CLASSES)).min(1),
  /** The account whose buckets the tenants' are. */
  account: z.string().regex(/^\d{12}$/),
  tenants: z.array(z.strictObject({ id: text, bucket: text })).min(1),
  /** The team's store, and the grant's folder of manifests in it, which ends with a slash. */
  store: z.strictObject({ bucket: text, account: z.string().regex(/^\d{12}$/), prefix: z.string().endsWith('/') }),
});
export type DatasetScope = z.output<typeof datasetScopeSchema>;

/** @returns undefined where the grant opens no tenant: there is nothing to draw a dataset from. */
export function datasetScope(env: Environment, grant: Grant): DatasetScope | undefined {
  if (grant.tenants.length === 0) return undefined;
  return {
    environment: env.name,
    region: env.region,
    grant: grant.id,
    team: grant.team,
    purpose: grant.purpose,
    ticket: grant.ticket,
    end: endOfGrant(grant),
    classes: grant.classes,
    account: env.accounts.production,
    tenants: grant.tenants.map((id) => ({ id, bucket: tenantNames.bucket(env, id) })),
    store: {
      bucket: teamStoreNames.bucket(env, grant.team),
      account: env.accounts.research,
      prefix: teamStoreNames.datasetsPrefix(grant.id),
    },
  };
}
