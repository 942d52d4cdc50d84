import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { checkOutputPath, nearestExisting, unwritable } from './output-path';

/** Of each whole environment. */
const ENVIRONMENT_PARTS = ['cdk', 'k8s', 'prerequisites'] as const;
/** Of single tenants, apart from the environments: one tenant's part in place of an environment's would look like the environment. */
const ONE_TENANT = 'one-tenant';
/** What was proven of each environment's output; it goes with the output that it speaks of. */
const PROOF = 'proof';
/** What each environment costs by its output; likewise. */
const COST = 'cost';
/** Of each audit account, which environments may share. */
const AUDIT = 'audit';

/** A folder of synthesized output, replaced only once everything is right. What was synthesized for anything else stays. */
export class OutputFolder {
  /** Where to write until `commit`: on the same disk as the folder, so that the swap is a rename. */
  readonly staging: string;
  private readonly folder: string;

  /**
   * @param input folder of what is synthesized, in which no output may lie
   * @throws Error where the folder cannot be one of output, or holds anything that no synth wrote
   */
  constructor(
    private readonly given: string,
    input: string,
  ) {
    checkOutputPath(given, [...ENVIRONMENT_PARTS, AUDIT, ONE_TENANT, PROOF, COST], input);
    const path = resolve(given);
    this.folder = existsSync(path) ? realpathSync(path) : path;
    this.staging = join(stagingPlace(this.folder), `.${basename(this.folder)}.${process.pid}.partial`);
  }

  /** What a synth of a whole environment replaces. */
  static partsOf(environment: string): Readonly<Record<(typeof ENVIRONMENT_PARTS)[number], string>> {
    return {
      cdk: join('cdk', environment),
      k8s: join('k8s', environment),
      prerequisites: join('prerequisites', environment),
    };
  }

  /** What a synth of one tenant replaces; `PREREQUISITES.md` is of the environment. */
  static partOfTenant(environment: string, tenant: string): string {
    return join(ONE_TENANT, environment, tenant);
  }

  /** What a synth of the environments of an audit account replaces. */
  static partOfAudit(account: string): string {
    return join(AUDIT, account);
  }

  /** Where `atoll prove` writes what it says of an environment. */
  static partOfProof(environment: string): string {
    return join(PROOF, environment);
  }

  /** Where `atoll cost` writes what it says of an environment. */
  static partOfCost(environment: string): string {
    return join(COST, environment);
  }

  /** Takes away what was proven and reckoned of environments that are synthesized anew. */
  forgetReports(environments: readonly string[]): void {
    for (const name of environments)
      for (const part of [OutputFolder.partOfProof(name), OutputFolder.partOfCost(name)])
        rmSync(join(this.folder, part), { recursive: true, force: true });
  }

  /** A path below the folder, as the caller would write it. */
  shown(part: string): string {
    return join(this.given, part);
  }

  /** @throws Error where nothing can be written */
  open(): void {
    try {
      mkdirSync(this.staging);
    } catch (error) {
      throw unwritable(this.given, error);
    }
  }

  /**
   * Replaces each part by what was staged for it.
   * @param parts paths below the folder
   * @throws Error before anything is replaced where one of them was not staged
   */
  commit(parts: readonly string[]): void {
    const missing = parts.filter((part) => !existsSync(join(this.staging, part)));
    if (missing.length > 0) {
      throw new Error(`--output: got nothing for ${missing.join(', ')}, allowed a whole output; report this`);
    }
    for (const part of parts) {
      const place = join(this.folder, part);
      const old = join(this.staging, 'replaced', part);
      for (const path of [place, old]) mkdirSync(dirname(path), { recursive: true });
      // Set aside instead of removed: the part is missing for the time between two renames only.
      if (existsSync(place)) renameSync(place, old);
      renameSync(join(this.staging, part), place);
    }
  }

  /** Takes away what is left of environments and audit accounts that are no more: their commands would still be there to be followed. */
  keepOnly(environments: readonly string[], auditAccounts: readonly string[]): void {
    const kept = [
      ...[...ENVIRONMENT_PARTS, ONE_TENANT, PROOF, COST].map((kind) => [kind, environments] as const),
      [AUDIT, auditAccounts] as const,
    ];
    for (const [kind, names] of kept) {
      const folder = join(this.folder, kind);
      if (!existsSync(folder)) continue;
      const gone = readdirSync(folder).filter((name) => !names.includes(name));
      for (const name of gone) rmSync(join(folder, name), { recursive: true });
    }
  }

  /** Removes what was staged, whether it was committed or not. */
  discard(): void {
    // Where it could not be made, removing it may fail too, and would hide why.
    if (existsSync(this.staging)) rmSync(this.staging, { recursive: true, force: true });
  }
}

/** Beside the folder; within it where that is a disk of its own, such as a volume of a container, or nothing can be written beside it. */
function stagingPlace(folder: string): string {
  const beside = nearestExisting(dirname(folder));
  if (!existsSync(folder)) return beside;
  try {
    accessSync(beside, constants.W_OK);
  } catch {
    return folder;
  }
  return statSync(beside).dev === statSync(folder).dev ? beside : folder;
}
