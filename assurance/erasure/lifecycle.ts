import { at, isValues, listOf, type Values } from '../output/values';

/** After how many days a bucket's rules end what lies under a prefix; nothing where they do not. */
export interface Expiries {
  /** What is current. */
  readonly current: number | undefined;
  /** What was replaced or deleted, and lies there as an older version. */
  readonly noncurrent: number | undefined;
  /** Uploads that never ended. */
  readonly uploads: number | undefined;
}

export function expiriesOf(bucket: Values, prefix: string): Expiries {
  const rules = listOf(at(bucket, 'LifecycleConfiguration.Rules')).filter(
    (rule): rule is Values => isValues(rule) && rule['Status'] === 'Enabled' && covers(rule, prefix),
  );
  const least = (days: (rule: Values) => unknown): number | undefined => {
    const found = rules.map(days).filter((value): value is number => typeof value === 'number');
    return found.length === 0 ? undefined : Math.min(...found);
  };
  return {
    current: least((rule) => rule['ExpirationInDays']),
    noncurrent: least(noncurrentDays),
    uploads: least((rule) => at(rule, 'AbortIncompleteMultipartUpload.DaysAfterInitiation')),
  };
}

/** A rule that asks for tags or sizes leaves what does not have them. */
function covers(rule: Values, prefix: string): boolean {
  const narrow = ['TagFilters', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan', 'Filter'];
  if (narrow.some((field) => rule[field] !== undefined)) return false;
  const wanted = rule['Prefix'] ?? '';
  return typeof wanted === 'string' && prefix.startsWith(wanted);
}

/** A rule that keeps newer versions ends none of the newest, however old. */
function noncurrentDays(rule: Values): unknown {
  const expiration = rule['NoncurrentVersionExpiration'];
  if (at(expiration, 'NewerNoncurrentVersions') !== undefined) return undefined;
  return at(expiration, 'NoncurrentDays') ?? rule['NoncurrentVersionExpirationInDays'];
}
