import { ADMISSION_MUTATIONS } from './kubernetes/admission';
import type { Mutation } from './kubernetes/edits';
import { NETWORK_MUTATIONS } from './kubernetes/network';
import { PLATFORM_MUTATIONS } from './kubernetes/platform';
import { RIGHTS_MUTATIONS } from './kubernetes/rights';
import { TENANT_MUTATIONS } from './kubernetes/tenants';

/** Faults that were thought of one by one. */
export const WRITTEN_MUTATIONS: readonly Mutation[] = [
  ...RIGHTS_MUTATIONS,
  ...NETWORK_MUTATIONS,
  ...TENANT_MUTATIONS,
  ...PLATFORM_MUTATIONS,
];

/** Faults of the clusters of the sample environment: those, and each part of each admission policy. */
export const KUBERNETES_MUTATIONS: readonly Mutation[] = [...WRITTEN_MUTATIONS, ...ADMISSION_MUTATIONS];
