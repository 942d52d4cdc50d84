import type { Mutation } from './edits';
import { BUCKET_MUTATIONS } from './erasure-buckets';
import { OBJECT_MUTATIONS } from './erasure-objects';
import { POLICY_MUTATIONS } from './erasure-policies';
import { RESOURCE_MUTATIONS } from './erasure-resources';
import { STORE_MUTATIONS } from './erasure-stores';

/** Faults of erasure coverage in the sample environment. */
export const ERASURE_MUTATIONS: readonly Mutation[] = [
  ...BUCKET_MUTATIONS,
  ...POLICY_MUTATIONS,
  ...RESOURCE_MUTATIONS,
  ...STORE_MUTATIONS,
  ...OBJECT_MUTATIONS,
];
