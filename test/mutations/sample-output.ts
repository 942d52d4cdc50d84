import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Output, readOutput } from '../../assurance/output/output';
import { synthesize } from '../../infra/synth';
import type { Environment } from '../../schema/model';
import { sampleEnvironment, sampleGrants } from '../support/sample-environment';

/** The sample, one of whose grants opens both ways. */
export const mutatedEnvironment = (): Environment =>
  sampleEnvironment({
    grants: sampleGrants.map((grant) =>
      grant.id === 'notes-quality' ? { ...grant, ways: ['pods', 'sessions'] } : grant,
    ),
  });

/** Writes the output of an environment below a folder and reads it as the proofs do. */
export function writtenOutput(env: Environment, folder: string): Output {
  const { files } = synthesize(env, { outdir: join(folder, 'cdk', env.name) });
  for (const { cluster, key, text } of files) {
    const file = join(folder, 'k8s', env.name, cluster, key);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return readOutput(folder, env.name);
}
