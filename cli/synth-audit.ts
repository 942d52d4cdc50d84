import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AuditAccount } from '../infra/audit/synth';
import { EnvironmentFaults } from '../schema/load';
import type { Environment } from '../schema/model';
import { counted } from './counted';
import type { Environments } from './environments';
import { OutputFolder } from './output-folder';
import { since, write, type Written } from './write';

const load = createRequire(__filename);

/** What needs Pulumi, which takes half a second to load: nothing before the synth itself waits for it. */
const loadAudit = () => load('../infra/audit/synth') as typeof import('../infra/audit/synth');

/** What is to be done about the audit accounts of a synth. */
export interface AuditWork {
  readonly accounts: readonly AuditAccount[];
  /** Lines about accounts of which nothing is written. */
  readonly left: readonly string[];
}

/**
 * The audit accounts of the environments that are synthesized. An account is always of all environments that share it: of part of them
 * it would forget the others' writers. Where one that was not asked for has faults, that is no reason to refuse those that were, so
 * their audit account stays as it was.
 * @throws Error where environments cannot share the account that they name
 */
export function auditWork(environments: Environments, loaded: readonly Environment[]): AuditWork {
  const { auditAccounts } = load('../infra/audit/audit-account') as typeof import('../infra/audit/audit-account');
  const known = new Map(loaded.map((env) => [env.name, env]));
  const wanted = new Set(loaded.flatMap(({ name }) => environments.sharingAudit(name)));
  const faulty = new Set<string>();
  const all = environments.names
    .filter((name) => wanted.has(name))
    .flatMap((name) => {
      const env = known.get(name) ?? tryLoad(environments, name);
      if (env === undefined) faulty.add(name);
      return env ?? [];
    });
  const isWhole = (env: Environment): boolean => environments.sharingAudit(env.name).every((name) => !faulty.has(name));
  const left = all.filter((env) => !isWhole(env)).map(({ accounts }) => accounts.audit);
  return {
    accounts: auditAccounts(all.filter(isWhole)),
    left: [...new Set(left)].map(
      (account) =>
        `audit account ${account}: left as it was, since environments that share it have faults: ${[...faulty].join(', ')}`,
    ),
  };
}

function tryLoad(environments: Environments, name: string): Environment | undefined {
  try {
    return environments.load(name);
  } catch (error) {
    if (error instanceof EnvironmentFaults) return undefined;
    throw error;
  }
}

export async function writeAudit(audit: AuditAccount, output: OutputFolder): Promise<Written> {
  const started = performance.now();
  const folder = OutputFolder.partOfAudit(audit.account);
  const { resources, guardRails, files } = await loadAudit().synthesizeAudit(audit);
  for (const { name, text } of files) write(join(output.staging, folder, name), text);
  const what = `${counted(resources.length, 'resource')}, ${counted(guardRails.length, 'guard rail')}`;
  const names = audit.environments.map(({ name }) => name).join(', ');
  return { parts: [folder], line: `audit account ${audit.account} of ${names}: ${what}, ${since(started)}` };
}
