import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** What a synth writes, and therefore what it may replace. */
export const OUTPUT_PARTS = ['cdk', 'k8s', 'prerequisites'] as const;

/**
 * A folder of synthesized output, replaced only once everything is right. What was synthesized for other environments stays.
 */
export class OutputFolder {
  /** Where to write until `commit`; beside the folder, so that the swap is a rename. */
  readonly staging: string;
  private readonly folder: string;

  /** @throws Error where the folder holds anything that no synth wrote */
  constructor(folder: string) {
    this.folder = resolve(folder);
    this.staging = join(dirname(this.folder), `.${basename(this.folder)}.${process.pid}.partial`);
    const known: readonly string[] = OUTPUT_PARTS;
    const foreign = existsSync(this.folder) ? readdirSync(this.folder).filter((name) => !known.includes(name)) : [];
    const [first] = foreign;
    if (first !== undefined) {
      throw new Error(
        `--output: got ${folder}, which holds '${first}', allowed a folder with nothing but ${known.join(', ')}; choose another or empty it`,
      );
    }
  }

  /** Replaces each environment's part by what was staged for it. */
  commit(environments: readonly string[]): void {
    for (const part of OUTPUT_PARTS) {
      mkdirSync(join(this.folder, part), { recursive: true });
      for (const name of environments) {
        rmSync(join(this.folder, part, name), { recursive: true, force: true });
        renameSync(join(this.staging, part, name), join(this.folder, part, name));
      }
    }
  }

  /** Removes what was staged, whether it was committed or not. */
  discard(): void {
    rmSync(this.staging, { recursive: true, force: true });
  }
}
