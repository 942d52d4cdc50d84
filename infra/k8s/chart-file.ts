import type { KubernetesObject } from '../../constructs/k8s/object';
import { renderObjects } from '../../constructs/k8s/render';
import type { RenderedFile } from '../rendered';

/** A rendered file with the objects in it, so that the gate need not read the text back. */
export interface ChartFile {
  readonly file: RenderedFile;
  readonly objects: readonly KubernetesObject[];
}

export function chartFile(
  place: Pick<RenderedFile, 'cluster' | 'key' | 'owner'>,
  objects: readonly KubernetesObject[],
): ChartFile {
  return { file: { ...place, text: renderObjects(objects) }, objects };
}
