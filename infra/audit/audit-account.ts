import { type AuditHome } from '../../schema/audit-arns';
import type { Environment } from '../../schema/model';

/** One audit account, and the environments whose evidence it keeps. */
export interface AuditAccount extends AuditHome {
  readonly organizationId: string;
  /** At least one, in the order in which a change is rolled out. */
  readonly environments: readonly Environment[];
}

/**
 * The audit accounts of the environments, in the order of the first environment of each. The archive lies in the region of that
 * first one, so a new environment stands behind those that share its audit account: before them it would move the archive, which
 * `protect` then refuses.
 * @throws Error with every environment that cannot share the account it names
 */
export function auditAccounts(environments: readonly Environment[]): AuditAccount[] {
  const faults = environments.flatMap((env) => faultsOf(env, environments));
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const accounts = [...new Set(environments.map((env) => env.accounts.audit))];
  return accounts.flatMap((account) => {
    const sharing = environments.filter((env) => env.accounts.audit === account);
    const [first] = sharing;
    if (first === undefined) return [];
    const { region, organizationId } = first;
    return [{ account, region, management: first.accounts.management, organizationId, environments: sharing }];
  });
}

/**
 * The audit account with this id.
 * @param asked how it was asked for, such as `stack`
 * @throws Error naming the accounts there are
 */
export function requireAuditAccount(accounts: readonly AuditAccount[], id: string, asked: string): AuditAccount {
  const found = accounts.find(({ account }) => account === id);
  if (found !== undefined) return found;
  const allowed = accounts.map(({ account, environments }) => `${account} (${names(environments)})`).join(', ');
  throw new Error(`${asked}: got '${id}', allowed an audit account, one of ${allowed}; name one of them`);
}

const names = (environments: readonly Environment[]): string => environments.map(({ name }) => name).join(', ');

/** One trail covers one organisation: environments of two cannot share an audit account. */
function faultsOf(env: Environment, environments: readonly Environment[]): string[] {
  const first = environments.find((other) => other.accounts.audit === env.accounts.audit) ?? env;
  const fault = (path: string, got: string, allowed: string): string[] =>
    got === allowed
      ? []
      : [
          `environments/${env.name}/index.ts: ${path}: got '${got}', allowed '${allowed}' of environment '${first.name}', ` +
            `whose audit account ${env.accounts.audit} it shares; give it an audit account of its own`,
        ];
  return [
    ...fault('organizationId', env.organizationId, first.organizationId),
    ...fault('accounts.management', env.accounts.management, first.accounts.management),
  ];
}
