import type { Environment } from '../../../schema/model';
import type { AuditTable } from './audit-table';
import { kubernetesTable } from './kubernetes';
import { heartbeatsTable, ledgerTable } from './ledger';
import { trailTable } from './trail';

export type { AuditTable } from './audit-table';

/**
 * Every table over the archive of an audit account.
 * @param environments those that share the account, at least one
 * @throws when there is none, or one of another account
 */
export function auditTables(environments: readonly Environment[], account: string): readonly AuditTable[] {
  const others = environments.filter(({ accounts }) => accounts.audit !== account).map(({ name }) => name);
  if (environments.length === 0 || others.length > 0)
    throw new Error(
      `auditTables: got ${others.length > 0 ? others.join(', ') : 'no environment'}, allowed those whose audit account is ${account}; ` +
        'leave out the others',
    );
  return [trailTable, kubernetesTable, ledgerTable, heartbeatsTable].map((table) => table(environments, account));
}
