import { alternatives, show, type Report } from './faults';
import type { EnvironmentConfig } from './environment';
import type { EnvironmentSummary } from './other-environments';
import type { Sparse } from './sparse';
import { ACCOUNTS, CLUSTERS, type AccountName } from './vocabulary';

/** Accounts that hold a cluster. The two others may serve many environments. */
const OWN: readonly AccountName[] = CLUSTERS;

/**
 * Four accounts, and those of the clusters this environment's alone: IAM roles, quotas and budgets are counted by account, and whoever
 * administers one environment would administer the other.
 */
export function checkAccounts(
  env: Sparse<EnvironmentConfig>,
  others: readonly EnvironmentSummary[],
  report: Report,
): void {
  const accounts = ACCOUNTS.flatMap((role) => {
    const id = env.accounts?.[role];
    return id === undefined ? [] : [{ role, id }];
  });
  accounts.forEach(({ role, id }, i) => {
    const same = accounts.slice(0, i).filter((earlier) => earlier.id === id);
    if (same.length > 0)
      report(
        ['accounts', role],
        show(id),
        `allowed an account that ${alternatives(same.map((earlier) => earlier.role))} does not have`,
        'give each of the four its own account',
      );
    for (const { environment, accounts: theirs } of others)
      for (const their of ACCOUNTS)
        if (theirs[their] === id && (OWN.includes(role) || OWN.includes(their)))
          report(
            ['accounts', role],
            show(id),
            `allowed an account that is not the ${their} account of environment ${show(environment)}`,
            'give the environments accounts of their own; they may share management and audit',
          );
  });
}
