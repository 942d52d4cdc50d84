import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { jsonOf, objectAt } from './json-file';
import { UnreadableOutput } from './unreadable';

/** One policy of the organisation, as it was written to be attached. */
export interface GuardRailFile {
  readonly name: string;
  readonly type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';
  /** Accounts that it is attached to. */
  readonly targets: readonly string[];
  /** The policy document. */
  readonly document: unknown;
}

/** One resource of the audit account's program. */
export interface AuditResource {
  /** Pulumi's type, such as `aws:iam/role:Role`. */
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What was synthesized of one audit account, read when it is asked for. */
export interface AuditOutput {
  /** Account, 12 digits. */
  readonly account: string;
  /** @throws UnreadableOutput naming every file that is not there or cannot be read */
  guardRails(): readonly GuardRailFile[];
  /** @throws UnreadableOutput where it is not there or cannot be read */
  resources(): readonly AuditResource[];
}

const INDEX = 'guard-rails.json';
const RESOURCES = 'resources.json';

/** The audit accounts below a folder such as `dist/audit`; none where it is not there. */
export function readAuditAccounts(folder: string): AuditOutput[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^\d{12}$/.test(name))
    .toSorted()
    .map((account) => auditOutput(join(folder, account), account));
}

function auditOutput(folder: string, account: string): AuditOutput {
  let rails: readonly GuardRailFile[] | undefined;
  let resources: readonly AuditResource[] | undefined;
  return {
    account,
    guardRails: () => (rails ??= guardRailsOf(folder)),
    resources: () => (resources ??= resourcesOf(join(folder, RESOURCES))),
  };
}

function guardRailsOf(folder: string): GuardRailFile[] {
  const file = join(folder, INDEX);
  const listed = jsonOf(file);
  if (!Array.isArray(listed)) throw new UnreadableOutput([`${file}: got no list; run the synth again`]);
  return (listed as unknown[]).map((one, i) => {
    const { name, type, targets, file: document } = objectAt(`${file}[${i}]`, one);
    if (
      (type !== 'SERVICE_CONTROL_POLICY' && type !== 'RESOURCE_CONTROL_POLICY') ||
      !Array.isArray(targets) ||
      typeof document !== 'string'
    )
      throw new UnreadableOutput([`${file}[${i}]: got no policy with type, targets and file; run the synth again`]);
    return { name: String(name), type, targets: targets.map(String), document: jsonOf(join(folder, document)) };
  });
}

function resourcesOf(file: string): AuditResource[] {
  const { resources } = objectAt(file, jsonOf(file));
  if (!Array.isArray(resources)) throw new UnreadableOutput([`${file}: got no list of resources; run the synth again`]);
  return (resources as unknown[]).map((one, i) => {
    const { type, name, inputs } = objectAt(`${file}: resources[${i}]`, one);
    return { type: String(type), name: String(name), inputs: objectAt(`${file}: resources[${i}].inputs`, inputs) };
  });
}
