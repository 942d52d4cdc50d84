import type { Environment } from '../../schema/model';
import type { Finding } from '../finding';
import type { Output } from '../output/output';
import { placedObjects } from '../output/placed-objects';
import { livingTenants, tenantsByStack } from '../output/tenant-stacks';
import { countedNamespaces, countedQuotas } from './counted';
import type { LimitRow, LimitsResult } from './limit';
import { measuredQuotas } from './measured';
import { mentionsOf } from './mentions';
import { type Measured, rowOf } from './rows';

/**
 * How much of each quota of schema/quotas.ts the output uses, how much of it one tenant is, and with which tenant it breaks. Beyond a
 * quota that nobody raises is a finding; beyond one that AWS raises is not: PREREQUISITES.md asks for it.
 */
export function proveLimits(environment: Environment, output: Output): LimitsResult {
  const tenants = tenantsByStack(environment);
  const ids = livingTenants(environment).map(({ id }) => id);
  const { objects, unreadable } = placedObjects(output.objects, ids);
  const missing = [...tenants.keys()].filter((id) => !output.stacks.some((stack) => stack.id === id));
  const count: Measured = {
    quota: 'tenantsPerEnvironment',
    where: 'the environment',
    used: tenants.size,
    perTenant: 1,
    tenants: tenants.size,
    counts: 'tenants of the environment',
  };
  const rows = [
    count,
    ...countedQuotas(environment, output.stacks, tenants),
    ...countedNamespaces(objects, tenants.size),
    ...measuredQuotas(output.stacks, tenants, mentionsOf(environment, ids)),
  ].map(rowOf);
  const findings: Finding[] = [
    ...unreadable.map(({ subject, message }) => finding('not-understood', subject, message)),
    ...missing.map((id) =>
      finding('not-understood', id, 'got no stack, expected one of every tenant that is not erased'),
    ),
    ...rows.filter(({ state }) => state === 'over').map(overFinding),
  ];
  const growing = rows.filter(
    ({ counts, breaksAt }) => counts === 'tenants of the environment' && breaksAt !== undefined,
  );
  return {
    findings,
    covered: {
      quotas: new Set(rows.map(({ quota }) => quota)).size,
      rows: rows.length,
      stacks: output.stacks.length,
      tenants: tenants.size,
    },
    rows,
    first: earliest(growing),
    firstHard: earliest(growing.filter(({ raisable }) => !raisable)),
  };
}

const finding = (kind: Finding['kind'], subject: string, message: string): Finding => ({
  proof: 'limits',
  kind,
  subject,
  message,
});

function overFinding({ where, name, used, unit, value, raisable, raisableTo }: LimitRow): Finding {
  const allowed = raisable ? `${value}, raised to ${raisableTo ?? value} at most` : `${value}, which nobody raises`;
  return finding('over', where, `${name}: got ${used} ${unit}, expected at most ${allowed}`);
}

const earliest = (rows: readonly LimitRow[]): LimitRow | undefined =>
  rows.toSorted((a, b) => (a.breaksAt ?? 0) - (b.breaksAt ?? 0))[0];
