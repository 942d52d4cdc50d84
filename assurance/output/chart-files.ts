import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterName } from '../../schema/vocabulary';
import { CLUSTERS } from '../../schema/vocabulary';
import { UnreadableOutput } from './unreadable';

/** A template of the chart by which a cluster's stack tells Flux what to pull. Helm reads it, so that `{{` in it is written escaped. */
export interface ChartFile {
  readonly cluster: ClusterName;
  readonly file: string;
  text(): string;
}

/**
 * The templates of the sync charts beside an environment's cloud assembly, sorted by cluster and name.
 * @throws UnreadableOutput where a cluster has none
 */
export function readChartFiles(assembly: string, env: string): ChartFile[] {
  const faults: string[] = [];
  const files = CLUSTERS.flatMap((cluster) => {
    const folder = join(assembly, `assembly-${env}`, 'charts', `${env}-${cluster}-sync`, 'templates');
    const names = existsSync(folder) ? readdirSync(folder).sort() : [];
    if (names.length === 0) faults.push(`${folder}: got no template, allowed at least one; run the synth`);
    return names.map((name) => {
      const file = join(folder, name);
      return { cluster, file, text: () => readFileSync(file, 'utf8') };
    });
  });
  if (faults.length > 0) throw new UnreadableOutput(faults);
  return files;
}
