import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Stage } from 'aws-cdk-lib';
import type { Environment } from '../schema/model';
import type { ClusterName } from '../schema/vocabulary';
import { fluxSyncChart } from './k8s/flux-sync';

/**
 * Writes the small Helm chart by which Flux learns what to pull, beside the cloud assembly, and returns its folder. It lies in
 * the assembly because an asset must be on disk before the stack that installs it is made.
 */
export function writeSyncChart(env: Environment, cluster: ClusterName, stage: Stage): string {
  const folder = join(stage.outdir, 'charts', `${env.name}-${cluster}-sync`);
  for (const [path, text] of Object.entries(fluxSyncChart(env, cluster))) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}
