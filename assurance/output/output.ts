import { join } from 'node:path';
import { type AuditOutput, readAuditAccounts } from './audit-account';
import { type ChartFile, readChartFiles } from './chart-files';
import { readStacks, type Stack } from './cloud-assembly';
import { type ObjectFile, readObjectFiles } from './object-files';

/** All that was synthesized of one environment. Proofs are functions of it, and mutations are too. */
export interface Output {
  /** Name of the environment. */
  readonly env: string;
  readonly stacks: readonly Stack[];
  readonly objects: readonly ObjectFile[];
  /** What each cluster's stack tells Flux at its bootstrap. */
  readonly charts: readonly ChartFile[];
  /** Of every audit account: an environment has one of them. */
  readonly audits: readonly AuditOutput[];
}

/**
 * Reads the output of one environment.
 * @param folder where `atoll synth` wrote it, such as `dist`
 * @throws UnreadableOutput naming every file that is not there or cannot be read
 */
export function readOutput(folder: string, env: string): Output {
  return {
    env,
    stacks: readStacks(join(folder, 'cdk', env), env),
    objects: readObjectFiles(join(folder, 'k8s', env)),
    charts: readChartFiles(join(folder, 'cdk', env), env),
    audits: readAuditAccounts(join(folder, 'audit')),
  };
}
