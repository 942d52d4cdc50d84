import type { Mutation } from './edits';
import { BILLED_OBJECT_MUTATIONS } from './idle-objects';
import { BILLED_RESOURCE_MUTATIONS } from './idle-resources';

/** Faults of the idle bill in the sample environment. */
export const IDLE_MUTATIONS: readonly Mutation[] = [...BILLED_RESOURCE_MUTATIONS, ...BILLED_OBJECT_MUTATIONS];
