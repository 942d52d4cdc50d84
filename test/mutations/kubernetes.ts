import { ADMISSION_MUTATIONS } from './kubernetes/admission';
import { CHART_MUTATIONS } from './kubernetes/charts';
import { CONTROL_PLANE_MUTATIONS } from './kubernetes/control-plane';
import { DEADLINE_MUTATIONS } from './kubernetes/deadlines';
import { HATCH_MUTATIONS } from './kubernetes/admission-hatches';
import type { Mutation } from './kubernetes/edits';
import { FLUX_MUTATIONS } from './kubernetes/flux';
import { GRANT_MUTATIONS } from './kubernetes/grants';
import { NETWORK_MUTATIONS } from './kubernetes/network';
import { PEER_MUTATIONS } from './kubernetes/network-peers';
import { VPC_RESOURCE_MUTATIONS } from './kubernetes/network-resources';
import { VPC_MUTATIONS } from './kubernetes/network-vpc';
import { MACHINE_MUTATIONS } from './kubernetes/node-machines';
import { NODE_MUTATIONS } from './kubernetes/nodes';
import { PLATFORM_MUTATIONS } from './kubernetes/platform';
import { VALUE_MUTATIONS } from './kubernetes/release-values';
import { RELEASE_MUTATIONS } from './kubernetes/releases';
import { RIGHTS_MUTATIONS } from './kubernetes/rights';
import { ENTRY_MUTATIONS } from './kubernetes/rights-entries';
import { TENANT_RIGHT_MUTATIONS } from './kubernetes/rights-tenants';
import { STRAY_MUTATIONS } from './kubernetes/stray-resources';
import { SYSTEM_NODE_MUTATIONS } from './kubernetes/system-nodes';
import { TENANT_FILE_MUTATIONS } from './kubernetes/tenant-files';
import { TENANT_LAYER_MUTATIONS } from './kubernetes/tenant-layers';
import { TENANT_WORKLOAD_MUTATIONS } from './kubernetes/tenant-workloads';
import { TENANT_MUTATIONS } from './kubernetes/tenants';
import { TEMPLATE_MUTATIONS } from './kubernetes/templates';
import { TRAINING_MUTATIONS } from './kubernetes/trainings';
import { WORKBENCH_MUTATIONS } from './kubernetes/workbenches';
import { WORKLOAD_FIELD_MUTATIONS } from './kubernetes/workload-fields';

/** Faults that were thought of one by one. */
export const WRITTEN_MUTATIONS: readonly Mutation[] = [
  ...CHART_MUTATIONS,
  ...CONTROL_PLANE_MUTATIONS,
  ...DEADLINE_MUTATIONS,
  ...HATCH_MUTATIONS,
  ...FLUX_MUTATIONS,
  ...NETWORK_MUTATIONS,
  ...PEER_MUTATIONS,
  ...GRANT_MUTATIONS,
  ...VPC_MUTATIONS,
  ...VPC_RESOURCE_MUTATIONS,
  ...MACHINE_MUTATIONS,
  ...NODE_MUTATIONS,
  ...PLATFORM_MUTATIONS,
  ...RELEASE_MUTATIONS,
  ...VALUE_MUTATIONS,
  ...RIGHTS_MUTATIONS,
  ...ENTRY_MUTATIONS,
  ...TENANT_RIGHT_MUTATIONS,
  ...STRAY_MUTATIONS,
  ...SYSTEM_NODE_MUTATIONS,
  ...TENANT_FILE_MUTATIONS,
  ...TENANT_LAYER_MUTATIONS,
  ...TENANT_WORKLOAD_MUTATIONS,
  ...TENANT_MUTATIONS,
  ...TEMPLATE_MUTATIONS,
  ...TRAINING_MUTATIONS,
  ...WORKBENCH_MUTATIONS,
  ...WORKLOAD_FIELD_MUTATIONS,
];

/** Faults of the clusters of the sample environment: those, and each part of each admission policy. */
export const KUBERNETES_MUTATIONS: readonly Mutation[] = [...WRITTEN_MUTATIONS, ...ADMISSION_MUTATIONS];
