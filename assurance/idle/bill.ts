import type { ClusterName } from '../../schema/vocabulary';
import type { ProofResult } from '../finding';
import type { Sureness } from './prices';

/** Hours that AWS's own estimates count in a month: 365 days by 24 hours by a twelfth. */
export const HOURS = 730;

/** One line of the floor: what is paid for with no work at all. Dollars are of the United States, a month. */
export interface IdleLine {
  /** Whose it is: the platform's, or the tenants' together. */
  readonly scope: 'platform' | 'tenants';
  readonly what: string;
  /** Stacks and logical ids, or objects. */
  readonly resources: readonly string[];
  readonly quantity: number;
  /** Key of the price file. */
  readonly price: string;
  readonly unit: string;
  readonly usdPerUnit: number;
  readonly sure: Sureness;
  readonly monthlyUsd: number;
  /** Whose how much of the quantity is. */
  readonly shares: readonly IdleShare[];
}

/** Who a part of a line is for: `platform`, `tenant/<id>` or `team/<id>`, as the tag `atoll:owner` writes it. */
export interface IdleShare {
  readonly owner: string;
  /** Of whose account. */
  readonly cluster: ClusterName;
  readonly quantity: number;
}

/** What costs something with no work, and how much of it there is nobody has measured: not in the sum. */
export interface UnmeasuredRow {
  readonly what: string;
  readonly resources: readonly string[];
  /** Prices of the file that apply, as far as it has them. */
  readonly prices: readonly { readonly price: string; readonly unit: string; readonly usdPerUnit: number }[];
}

/** Resources or objects that cost nothing with no work, and why. */
export interface FreeRow {
  readonly type: string;
  readonly count: number;
  readonly because: string;
}

export interface IdleResult extends ProofResult {
  readonly region: string;
  readonly lines: readonly IdleLine[];
  /** Sum of the lines. */
  readonly monthlyUsd: number;
  /** The same once every key that rotates has rotated twice: each of its first two rotations costs as much as the key. */
  readonly monthlyUsdAfterRotations: number;
  /** What each tenant's own stack and objects cost with no work. */
  readonly tenants: readonly { readonly tenant: string; readonly monthlyUsd: number }[];
  readonly unmeasured: readonly UnmeasuredRow[];
  readonly free: readonly FreeRow[];
}
