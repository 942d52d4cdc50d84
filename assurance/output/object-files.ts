import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { ClusterName } from '../../schema/vocabulary';
import { CLUSTERS } from '../../schema/vocabulary';
import { UnreadableOutput } from './unreadable';

/** One file of Kubernetes objects as it will be applied. */
export interface ObjectFile {
  readonly cluster: ClusterName;
  /** Its key in the delivery bucket, such as `tenants/acme/platform/objects.yaml`. */
  readonly key: string;
  readonly file: string;
  text(): string;
}

/**
 * The files of objects of an environment (`dist/k8s/<env>`), sorted by cluster and key. They are YAML streams; parsing is the
 * reader's business, since a thousand tenants' files differ in a name only and need to be parsed once.
 * @throws UnreadableOutput where a cluster has none
 */
export function readObjectFiles(folder: string): ObjectFile[] {
  const faults: string[] = [];
  const files = CLUSTERS.flatMap((cluster) => {
    const found = filesBelow(join(folder, cluster));
    if (found.length === 0) faults.push(`${join(folder, cluster)}: got no object, allowed at least one; run the synth`);
    return found.map((file) => ({
      cluster,
      key: relative(join(folder, cluster), file).split(sep).join('/'),
      file,
      text: () => readFileSync(file, 'utf8'),
    }));
  });
  if (faults.length > 0) throw new UnreadableOutput(faults);
  return files;
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch {
    return [];
  }
}
