import { type Quota, QUOTAS } from '../../schema/quotas';
import type { LimitRow, QuotaKey } from './limit';

/** What was measured of one quota in one place. */
export interface Measured {
  readonly quota: QuotaKey;
  readonly where: string;
  readonly used: number;
  readonly perTenant: number;
  readonly tenants: number;
  readonly counts: LimitRow['counts'];
}

export function rowOf({ quota: key, ...measured }: Measured): LimitRow {
  const quota: Quota = QUOTAS[key];
  const { name, unit, value, raisable, raisableTo } = quota;
  const most = raisableTo ?? (raisable ? undefined : value);
  return {
    quota: key,
    name,
    unit,
    value,
    raisable,
    ...(raisableTo === undefined ? {} : { raisableTo }),
    ...measured,
    state: stateOf(measured.used, quota),
    ...breaks('breaksAt', measured, value),
    ...(raisableTo === undefined || most === undefined ? {} : breaks('breaksAtMost', measured, most)),
  };
}

function stateOf(used: number, { value, raisable, raisableTo }: Quota): LimitRow['state'] {
  if (used <= value) return 'fits';
  if (!raisable) return 'over';
  return raisableTo !== undefined && used > raisableTo ? 'over' : 'raise';
}

function breaks<K extends string>(
  field: K,
  { used, perTenant, tenants }: Omit<Measured, 'quota'>,
  value: number,
): Partial<Record<K, number>> {
  if (perTenant <= 0) return {};
  return { [field]: tenants + Math.floor((value - used) / perTenant) + 1 } as Partial<Record<K, number>>;
}
