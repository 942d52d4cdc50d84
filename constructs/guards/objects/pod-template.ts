import { child, children, type Json, type Subject } from './subject';

/** The pod that an object makes, with the path it lies under. */
export interface PodTemplate {
  readonly path: string;
  readonly metadata: Json;
  readonly spec: Json;
}

/** One container of a pod, with its path. */
export interface Container {
  readonly path: string;
  readonly spec: Json;
}

const PATHS: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ScaledJob: ['spec', 'jobTargetRef', 'template'],
};

/** The pod template of a kind that makes pods, else undefined. A HelmRelease's are its chart's: `chart-image-faults.ts` judges the images that its values name. */
export function podTemplateOf(subject: Subject): PodTemplate | undefined {
  const path = PATHS[subject.kind];
  if (path === undefined) return undefined;
  let at = subject.object;
  for (const key of path) at = child(at, key);
  return { path: path.map((key) => `${key}.`).join(''), metadata: child(at, 'metadata'), spec: child(at, 'spec') };
}

const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

export function containersOf(pod: PodTemplate): readonly Container[] {
  const found: Container[] = [];
  for (const list of CONTAINER_LISTS) {
    const specs = children(pod.spec, list);
    for (let index = 0; index < specs.length; index++) {
      const spec = specs[index];
      if (spec !== undefined) found.push({ path: `${pod.path}spec.${list}[${index}]`, spec });
    }
  }
  return found;
}
