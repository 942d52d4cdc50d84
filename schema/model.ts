import type { EnvironmentConfig } from './environment';
import type { Grant } from './grant';
import type { PlacementRecord } from './placement/placement-record';
import type { ReleaseRecord } from './releases';
import type { Tenant } from './tenant';

/**
 * A whole, checked environment: what every translator reads. Frozen; tenants and grants are sorted by id, so that no output
 * depends on the order or the names of files.
 */
export interface Environment extends EnvironmentConfig {
  readonly tenants: readonly Tenant[];
  readonly grants: readonly Grant[];
  /** Where each model lies, by the folder's `placement.lock.json`; `placeModels` says what that makes of the servers. */
  readonly placement: PlacementRecord;
  /** Which release of each model is in service, by the folder's `releases.lock.json`. */
  readonly releases: ReleaseRecord;
}
