import type { AuditAccount } from './audit-account';
import { type GuardRail, guardRails, guardRailText } from './guard-rails';
import { type AuditResource, auditResources } from './resources';

export { auditAccounts, type AuditAccount } from './audit-account';

/** One file of `dist/audit/<account>/`. */
export interface AuditFile {
  readonly name: string;
  readonly text: string;
}

/** What an audit account's program makes, as it is written. */
export interface AuditSynthesis {
  readonly resources: readonly AuditResource[];
  readonly guardRails: readonly GuardRail[];
  readonly files: readonly AuditFile[];
}

/**
 * Runs an audit account's program without the engine.
 * @throws Error where a policy is longer than AWS takes
 */
export async function synthesizeAudit(audit: AuditAccount): Promise<AuditSynthesis> {
  const rails = guardRails(audit);
  const policies = rails.map((rail) => ({ name: `${rail.name}.json`, text: guardRailText(rail) }));
  const resources = await auditResources(audit);
  const { account, region, environments } = audit;
  const names = environments.map(({ name }) => name);
  const index = rails.map(({ name, type, description, targets }) => ({
    name,
    type,
    description,
    targets,
    file: `${name}.json`,
  }));
  return {
    resources,
    guardRails: rails,
    files: [
      { name: 'resources.json', text: json({ account, region, environments: names, resources }) },
      { name: 'guard-rails.json', text: json(index) },
      ...policies,
    ],
  };
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
