import type { Mutation } from './kubernetes/edits';
import { TOLD_MUTATIONS } from './serving/told';
import { SERVED_MUTATIONS } from './serving/workloads';

export { SERVING_ISOLATION_MUTATIONS } from './serving/isolation';

/** Faults of the serving namespace, for the proof of the clusters. */
export const SERVING_CLUSTER_MUTATIONS: readonly Mutation[] = [...TOLD_MUTATIONS, ...SERVED_MUTATIONS];
