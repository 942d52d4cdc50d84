import type { EnvironmentConfig } from './environment';
import type { Grant } from './grant';
import type { PlacementRecord } from './placement/placement-record';
import type { ReleaseRecord } from './releases';
import type { Tenant } from './tenant';
import type { Scoped } from './training/scoped';
import type { TenantTraining } from './training/tenant-training';

/**
 * A whole, checked environment: what every translator reads. Frozen; tenants, grants and trainings are sorted by id, so that no output
 * depends on the order or the names of files.
 */
export interface Environment extends EnvironmentConfig {
  readonly tenants: readonly Tenant[];
  readonly grants: readonly Grant[];
  /** Trainings of tenants' models that were asked for and approved. */
  readonly trainings: readonly Scoped<TenantTraining>[];
  /** Where each model lies, by the folder's `placement.lock.json`; `placeModels` says what that makes of the servers. */
  readonly placement: PlacementRecord;
  /** Which release of each model is in service, by the folder's `releases.lock.json`. */
  readonly releases: ReleaseRecord;
}
