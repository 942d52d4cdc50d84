import type { TenantState } from '../../schema/vocabulary';
import type { Change } from '../support/try-environment';

/** A change that must be refused, and all that must be said of it. */
export interface BadEnvironment extends Change {
  readonly name: string;
  /** Every line of the message, in order. */
  readonly expected: readonly string[];
}

/** A whole tenant in a file that no other test needs. */
export const tenant = (id: string, state: TenantState = 'active'): string => `id: ${id}
state: ${state}
region: eu-central-1
data: [{ class: text, retentionDays: 30 }]
monthlyBudgetUsd: 1
`;
