import type { ClusterName } from '../../schema/vocabulary';
import type { Finding } from '../finding';
import type { Sureness } from '../idle/prices';

/** What a line is paid for, as the page draws it. */
export const COST_KINDS = [
  'control planes',
  'system nodes',
  'network',
  'keys, alarms and others',
  'pipelines',
  'training',
  'model servers',
  'workbenches',
  'storage and requests',
] as const;
export type CostKind = (typeof COST_KINDS)[number];

/** The sums of which a line is a part. `own peak` is what a tenant's own limits allow. */
export const COST_COLUMNS = ['idle', 'expected', 'peak', 'own peak'] as const;
export type CostColumn = (typeof COST_COLUMNS)[number];

/** One thing that is paid, for one owner. Dollars are of the United States, a month. */
export interface CostLine {
  readonly columns: readonly CostColumn[];
  readonly kind: CostKind;
  /** `platform`, `tenant/<id>` or `team/<id>`. What several share is the platform's and divided among nobody. */
  readonly owner: string;
  /** In whose account. */
  readonly cluster: ClusterName;
  readonly what: string;
  /** How the quantity came about, in words. */
  readonly how: string;
  readonly quantity: number;
  /** Key of the price file. */
  readonly price: string;
  readonly unit: string;
  readonly usdPerUnit: number;
  readonly sure: Sureness;
  readonly monthlyUsd: number;
}

/** Something that costs and is in no sum, since nobody declared how much of it there is. */
export interface NotKnown {
  readonly subject: string;
  /** What is missing, and where it is declared; lower case, no full stop. */
  readonly message: string;
}

/** What one owner costs by itself. */
export interface OwnerCost {
  readonly owner: string;
  readonly idleUsd: number;
  readonly expectedUsd: number;
  /** What a tenant's own limits allow: tenants share pools, so that these do not add up to the peak. @default - it is no tenant */
  readonly peakUsd?: number;
  readonly budgetUsd?: number;
  /** Whether something of it is not known. */
  readonly atLeast: boolean;
}

/** A price that a line used. */
export interface UsedPrice {
  readonly price: string;
  readonly usd: number;
  readonly unit: string;
  readonly source: string;
  readonly checked: string;
  readonly sure: Sureness;
  readonly seen: string;
}

export interface CostResult {
  readonly environment: string;
  readonly region: string;
  readonly findings: readonly Finding[];
  readonly covered: Readonly<Record<string, number>>;
  /** With no work at all, as the idle bill has it; dollars a month, as all of these. */
  readonly idleUsd: number;
  /** In a usual month: the idle bill and what work adds. */
  readonly expectedUsd: number;
  /** With every pool at its limits for the whole month. */
  readonly peakUsd: number;
  readonly peakHourlyUsd: number;
  /** All of them once, with the columns of which each is a part. */
  readonly lines: readonly CostLine[];
  readonly owners: readonly OwnerCost[];
  readonly notKnown: readonly NotKnown[];
  /** What flows and was never measured, as the idle bill names it; in no sum. */
  readonly unmeasured: readonly string[];
  /** What a person should look at: budgets that a usual month exceeds, pools that are too small. */
  readonly remarks: readonly string[];
  readonly prices: readonly UsedPrice[];
}
