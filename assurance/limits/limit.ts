import type { QUOTAS } from '../../schema/quotas';
import type { ProofResult } from '../finding';

export type QuotaKey = keyof typeof QUOTAS;

/**
 * - `fits`: within what a fresh account has.
 * - `raise`: beyond it, and AWS raises it on request.
 * - `over`: beyond what cannot be raised, or beyond what it is raised to at most; a finding.
 */
export type LimitState = 'fits' | 'raise' | 'over';

/** One quota and how much of it is used in one place. */
export interface LimitRow {
  readonly quota: QuotaKey;
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly raisable: boolean;
  readonly raisableTo?: number;
  /** The account, cluster, stack or policy that uses most of it. */
  readonly where: string;
  readonly used: number;
  readonly state: LimitState;
  /** The most that one tenant of this output adds; 0 where it does not grow with tenants. */
  readonly perTenant: number;
  /** What is counted: tenants of the environment, or those that this one policy or template names. */
  readonly counts: 'tenants of the environment' | 'tenants that it names';
  /** How many of them there are now. */
  readonly tenants: number;
  /** With how many it is exceeded, if each further one adds as much as the one that adds most. @default - it does not grow */
  readonly breaksAt?: number;
  /** The same once it was raised as far as it goes. @default - it does not grow, or how far is not known */
  readonly breaksAtMost?: number;
}

export interface LimitsResult extends ProofResult {
  readonly rows: readonly LimitRow[];
  /** Of what grows with the environment's tenants: the first that breaks as it is by default. */
  readonly first: LimitRow | undefined;
  /** The first that breaks and that nobody raises. */
  readonly firstHard: LimitRow | undefined;
}
