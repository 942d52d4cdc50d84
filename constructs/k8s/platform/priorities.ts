import type { Environment } from '../../../schema/model';
import { clusterObjectNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { workloadPriorityClass } from '../api/kueue';
import { labelSet } from '../label-set';
import type { KubernetesObject } from '../object';

export interface PriorityClass extends KubernetesObject {
  readonly apiVersion: 'scheduling.k8s.io/v1';
  readonly kind: 'PriorityClass';
  readonly value: number;
  readonly globalDefault: false;
  /** `Never`: it waits for a machine of its own, and ends no other pod. */
  readonly preemptionPolicy: 'PreemptLowerPriority' | 'Never';
  readonly description: string;
}

interface Priority {
  readonly name: string;
  readonly value: number;
  readonly clusters: readonly ClusterName[];
  readonly description: string;
}

const PRIORITIES: readonly Priority[] = [
  {
    name: clusterObjectNames.servingPriorityClass,
    value: 100_000,
    clusters: ['production'],
    description: 'Model servers and what stands in front of them',
  },
  {
    name: clusterObjectNames.pipelinePriorityClass,
    value: 10_000,
    clusters: ['production'],
    description: "Jobs of the tenants' pipelines",
  },
  {
    name: clusterObjectNames.workbenchPriorityClass,
    value: 5000,
    clusters: ['research'],
    description: 'A person waits for it',
  },
  {
    name: clusterObjectNames.trainingPriorityClass,
    value: 1000,
    clusters: ['production', 'research'],
    description: 'Training and batch work',
  },
];

/**
 * Priority classes of a cluster, and for what goes through queues the Kueue class of the same name and value. Nodes come up for whoever
 * waits, so no class ends another's pods; the order counts where a pool has reached its limit.
 */
export function priorityClasses(env: Environment, cluster: ClusterName): readonly KubernetesObject[] {
  return PRIORITIES.filter((priority) => priority.clusters.includes(cluster)).flatMap(
    ({ name, value, description }) => {
      const metadata = { name, labels: labelSet({ env, name, owner: 'platform' }) };
      const priorityClass: PriorityClass = {
        apiVersion: 'scheduling.k8s.io/v1',
        kind: 'PriorityClass',
        metadata,
        value,
        globalDefault: false,
        preemptionPolicy: 'Never',
        description,
      };
      return [priorityClass, workloadPriorityClass(metadata, value, description)];
    },
  );
}
