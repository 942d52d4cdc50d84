import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { auditAccounts, type AuditAccount } from '../../infra/audit/audit-account';
import { guardRails, guardRailText } from '../../infra/audit/guard-rails';
import type { Environment } from '../../schema/model';

const load = createRequire(__filename);

/** The organisation's policies of an environment that has its audit account for itself, as `atoll synth` writes them below a folder. */
export function writeGuardRails(environment: Environment, folder: string): void {
  const rails = guardRails(auditOf(environment));
  for (const rail of rails) write(environment, folder, `${rail.name}.json`, guardRailText(rail));
  const index = rails.map(({ name, type, targets }) => ({ name, type, targets, file: `${name}.json` }));
  write(environment, folder, 'guard-rails.json', JSON.stringify(index));
}

/** Everything of that audit account: its resources too, for which Pulumi's runtime has to be loaded and waited for. */
export async function writeAudit(environment: Environment, folder: string): Promise<void> {
  const { synthesizeAudit } = load('../../infra/audit/synth') as typeof import('../../infra/audit/synth');
  const { files } = await synthesizeAudit(auditOf(environment));
  for (const { name, text } of files) write(environment, folder, name, text);
}

function write({ accounts }: Environment, folder: string, name: string, text: string): void {
  const file = join(folder, 'audit', accounts.audit, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function auditOf(environment: Environment): AuditAccount {
  const [audit] = auditAccounts([environment]);
  if (audit === undefined) throw new Error(`${environment.name}: got no audit account, allowed one`);
  return audit;
}
