import { objectFaults } from '../../../constructs/guards/objects/gate';
import { imageReference } from '../../../schema/images';
import { labels } from '../../../schema/names';
import { sampleEnvironment } from '../../support/sample-environment';

export const env = sampleEnvironment();
export const set = {
  [labels.name]: 'pipeline',
  [labels.partOf]: 'atoll',
  [labels.managedBy]: 'flux',
  [labels.environment]: 'sample',
  [labels.owner]: 'tenant-acme',
  [labels.tenant]: 'acme',
};

export const platformSet = {
  [labels.name]: 'keda',
  [labels.partOf]: 'atoll',
  [labels.managedBy]: 'flux',
  [labels.environment]: 'sample',
  [labels.owner]: 'platform',
};

/** Any object. */
export type Tree = Record<string, unknown>;

/** A deep copy with the value at a path replaced; undefined removes the key. */
export function changed(object: Tree, path: readonly (string | number)[], value: unknown): Tree {
  // By JSON: `structuredClone` keeps two references to one object shared, and one change would be two.
  const copy = JSON.parse(JSON.stringify(object)) as Tree;
  let at = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  if (value === undefined) Reflect.deleteProperty(at, last);
  else at[last] = value;
  return copy;
}

const amounts = { cpu: '4', memory: '16Gi', 'nvidia.com/gpu': '1' };
/** A Job that has no fault: a GPU pod of a tenant. */
export const job: Tree = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'train', namespace: 'tenant-acme', labels: set },
  spec: {
    template: {
      metadata: { labels: set },
      spec: {
        serviceAccountName: 'training',
        restartPolicy: 'Never',
        tolerations: [{ key: labels.pool, operator: 'Equal', value: 'pipeline-gpu', effect: 'NoSchedule' }],
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        initContainers: [],
        containers: [
          {
            name: 'worker',
            image: imageReference(env, 'production', 'pipeline-worker'),
            resources: { requests: amounts, limits: amounts },
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          },
        ],
        volumes: [{ name: 'scratch', emptyDir: {} }],
      },
    },
  },
};
export const POD = ['spec', 'template', 'spec'] as const;
export const CONTAINER = [...POD, 'containers', 0] as const;
export const AT = 'f: Job tenant-acme/train: spec.template.spec';

export const faultsOf = (...objects: unknown[]): string[] => objectFaults(env, 'production', 'f', objects);
