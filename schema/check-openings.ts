import type { EnvironmentFile } from './environment-files';
import { show } from './faults';
import { type Grant, GRANTS_PER_TENANT_MAX } from './grant';

/** Reports each grant that opens a tenant which as many as there may be, earlier in the order of files, open already. */
export function checkOpenings(files: readonly EnvironmentFile<Grant>[]): void {
  const opened = new Map<string, number>();
  for (const { sparse, report } of files) {
    for (const id of new Set(sparse.tenants)) {
      if (id === undefined) continue;
      const count = (opened.get(id) ?? 0) + 1;
      opened.set(id, count);
      if (count > GRANTS_PER_TENANT_MAX)
        report(
          ['tenants', sparse.tenants?.indexOf(id) ?? 0],
          `${show(id)}, which ${count} grants open`,
          `at most ${GRANTS_PER_TENANT_MAX} grants of a tenant (quota: bucket policy)`,
          'put people and classes of the same purpose into one grant, or wait until one has ended',
        );
    }
  }
}
