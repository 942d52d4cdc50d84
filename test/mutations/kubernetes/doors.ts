import { BALANCER_MUTATIONS } from './doors-balancer';
import { GROUP_MUTATIONS } from './doors-group';
import { DOOR_OBJECT_MUTATIONS } from './doors-objects';
import type { Mutation } from './edits';

/** Faults of the doors, of an environment that has them. */
export const DOOR_MUTATIONS: readonly Mutation[] = [
  ...BALANCER_MUTATIONS,
  ...GROUP_MUTATIONS,
  ...DOOR_OBJECT_MUTATIONS,
];
