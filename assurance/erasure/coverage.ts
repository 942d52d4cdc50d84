import type { ProofResult } from '../finding';

/** By what data ends. */
export type Ending =
  /** The eraser role may do these: nobody's policy refuses it. Whether the role is there is said by `Eraser`. */
  | { readonly by: 'eraser'; readonly actions: readonly string[] }
  /** By itself, at most this many days after it was written or replaced. */
  | { readonly by: 'expiry'; readonly what: string; readonly days: number }
  /** With what it lies on or in: a pod, a node, a namespace. */
  | { readonly by: 'owner'; readonly what: string };

/** One thing that holds tenants' data. */
export interface HoldingRow {
  /** A stack and the logical id of its resource, or an object's cluster, kind, namespace and name. */
  readonly subject: string;
  /** Type in CloudFormation, or API group and kind. */
  readonly type: string;
  /** Whose data: one tenant, the tenants of grants, or whoever's pods run there. */
  readonly tenants: readonly string[] | 'whoever runs there';
  readonly holds: string;
  /** By what it ends; all of them, and none where a finding says so. */
  readonly endings: readonly Ending[];
}

/** Resources of one type that hold no tenant's data, and why. */
export interface EmptyRow {
  readonly type: string;
  readonly count: number;
  readonly because: string;
}

/** What is kept although it names tenants, and why. */
export interface KeptRow {
  readonly subject: string;
  readonly holds: string;
  readonly because: string;
}

export interface Eraser {
  readonly role: string;
  /** Whether a template makes the role. */
  readonly made: boolean;
  /** What the coverage means as long as that is so. */
  readonly meaning: string;
}

export interface ErasureResult extends ProofResult {
  readonly eraser: Eraser;
  readonly holdings: readonly HoldingRow[];
  readonly empty: readonly EmptyRow[];
  readonly kept: readonly KeptRow[];
}
