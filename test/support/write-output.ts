import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Output, readOutput } from '../../assurance/output/output';
import { synthesize } from '../../infra/synth';
import type { Environment } from '../../schema/model';
import { writeGuardRails } from './write-audit';

/** An environment, synthesized below a folder as `atoll synth` does, and read back as the proofs read it. */
export function writeOutput(environment: Environment, folder: string): Output {
  const { files } = synthesize(environment, { outdir: join(folder, 'cdk', environment.name) });
  for (const { cluster, key, text } of files) {
    const file = join(folder, 'k8s', environment.name, cluster, key);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  writeGuardRails(environment, folder);
  return readOutput(folder, environment.name);
}
