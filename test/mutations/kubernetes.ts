import { ADMISSION_MUTATIONS } from './kubernetes/admission';
import type { Mutation } from './kubernetes/edits';

/** Faults of the clusters of the sample environment. */
export const KUBERNETES_MUTATIONS: readonly Mutation[] = [...ADMISSION_MUTATIONS];
