import { labels } from '../../schema/names';
import type { PlacedObject } from '../output/placed-objects';
import { at, isValues, listOf } from '../output/values';
import type { Book } from './book';
import type { PodSize } from './machines';
import { countOf, cpuMillisOf, memoryMiBOf } from './quantities';

/** The jobs of one pipeline of one tenant, as KEDA will make them. */
export interface PipelineJobs {
  readonly tenant: string;
  readonly pipeline: string;
  readonly subject: string;
  readonly pool: string;
  readonly pod: PodSize;
  /** Most at once. */
  readonly most: number;
  /** Messages for which there is one job. */
  readonly perJob: number;
}

/** Every ScaledJob of a tenant; one that cannot be read, or is nobody's, is a finding. */
export function readPipelineJobs(objects: readonly PlacedObject[], book: Book): PipelineJobs[] {
  return objects
    .filter(({ type }) => type === 'keda.sh/ScaledJob')
    .flatMap(({ tenant, subject, shape }) => {
      const template = at(shape, 'spec.jobTargetRef.template');
      const pool = poolOf(template);
      const pod = podSizeOf(template);
      const pipeline = variable(template, 'ATOLL_PIPELINE');
      const most = at(shape, 'spec.maxReplicaCount');
      const perJob = countOf(at(listOf(at(shape, 'spec.triggers'))[0], 'metadata.queueLength'));
      if (tenant !== undefined && pool !== undefined && pod !== undefined && pipeline !== undefined)
        if (typeof most === 'number' && perJob !== undefined && perJob > 0)
          return [{ tenant, pipeline, subject, pool, pod, most, perJob }];
      book.report(
        subject,
        'not-understood',
        'got a ScaledJob without a tenant, a pipeline, a pool, requests, a most or a queueLength, expected all of them',
      );
      return [];
    });
}

/** The pod of a server by the name of its Deployment or StatefulSet; undefined where none is rendered. */
export function serverPod(objects: readonly PlacedObject[], id: string): PodSize | undefined {
  const found = objects.find(
    ({ type, name }) => (type === 'apps/Deployment' || type === 'apps/StatefulSet') && name === id,
  );
  return found === undefined ? undefined : podSizeOf(at(found.shape, 'spec.template'));
}

export function poolOf(template: unknown): string | undefined {
  const selector = at(template, 'spec.nodeSelector');
  const pool = isValues(selector) ? selector[labels.pool] : undefined;
  return typeof pool === 'string' ? pool : undefined;
}

/** What the containers of a pod that run side by side request together; undefined where one does not say. */
export function podSizeOf(template: unknown): PodSize | undefined {
  const beside = listOf(at(template, 'spec.initContainers')).filter((each) => at(each, 'restartPolicy') === 'Always');
  const containers = [...listOf(at(template, 'spec.containers')), ...beside].map((container) =>
    at(container, 'resources.requests'),
  );
  const sum = (of: (requests: unknown) => number | undefined): number | undefined =>
    containers.reduce<number | undefined>((total, requests) => {
      const own = of(requests);
      return total === undefined || own === undefined ? undefined : total + own;
    }, 0);
  const cpuMillis = sum((requests) => cpuMillisOf(at(requests, 'cpu')));
  const memoryMiB = sum((requests) => memoryMiBOf(at(requests, 'memory')));
  const gpus = sum((requests) => countOf(isValues(requests) ? (requests['nvidia.com/gpu'] ?? 0) : 0));
  if (containers.length === 0 || cpuMillis === undefined || memoryMiB === undefined || gpus === undefined)
    return undefined;
  return { cpuMillis, memoryMiB, gpus };
}

function variable(template: unknown, name: string): string | undefined {
  const value = listOf(at(template, 'spec.containers'))
    .flatMap((container) => listOf(at(container, 'env')))
    .find((each) => at(each, 'name') === name);
  const text = at(value, 'value');
  return typeof text === 'string' ? text : undefined;
}
