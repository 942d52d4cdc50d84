import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { ClusterName } from '../../schema/vocabulary';
import { CLUSTERS } from '../../schema/vocabulary';
import { UnreadableOutput } from './unreadable';

/** A template of the chart by which a cluster's stack tells Flux what to pull. Helm reads it, so that `{{` in it is written escaped. */
export interface ChartFile {
  readonly cluster: ClusterName;
  readonly file: string;
  text(): string;
  /** Hashes of the assembly's assets that are the whole chart of this file: by one of them a stack names what Helm is handed. */
  assets(): readonly string[];
}

/**
 * The templates of the sync charts beside an environment's cloud assembly, sorted by cluster and name.
 * @throws UnreadableOutput where a cluster has none
 */
export function readChartFiles(assembly: string, env: string): ChartFile[] {
  const faults: string[] = [];
  const files = CLUSTERS.flatMap((cluster) => {
    const chart = join(assembly, `assembly-${env}`, 'charts', `${env}-${cluster}-sync`);
    const folder = join(chart, 'templates');
    const names = existsSync(folder) ? readdirSync(folder).sort() : [];
    if (names.length === 0) faults.push(`${folder}: got no template, allowed at least one; run the synth`);
    return names.map((name) => {
      const file = join(folder, name);
      return { cluster, file, text: () => readFileSync(file, 'utf8'), assets: () => assetsLike(assembly, chart) };
    });
  });
  if (faults.length > 0) throw new UnreadableOutput(faults);
  return files;
}

/**
 * Assets of an assembly with the same files as a chart of templates alone: a subchart, a file of values or one of hooks would be installed as
 * well.
 */
function assetsLike(assembly: string, chart: string): readonly string[] {
  const wanted = contentOf(chart);
  if (Object.keys(wanted).some((name) => name !== 'Chart.yaml' && !/^templates\/[^/]+$/.test(name))) return [];
  return readdirSync(assembly)
    .filter((name) => name.startsWith('asset.') && existsSync(join(assembly, name, 'Chart.yaml')))
    .filter((name) => JSON.stringify(contentOf(join(assembly, name))) === JSON.stringify(wanted))
    .map((name) => name.slice('asset.'.length));
}

/** The text of each file below a folder, by its path there. */
const contentOf = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [relative(folder, file).split(sep).join('/'), readFileSync(file, 'utf8')]),
  );
