import type { EnvironmentConfig } from './environment';
import type { EnvironmentFile } from './environment-files';
import { show } from './faults';
import { type Grant, GRANTS_PER_CORPUS_MAX, GRANTS_PER_TENANT_MAX } from './grant';
import type { Sparse } from './sparse';

/** Reports each grant that opens what as many as there may be, earlier in the order of files, open already: a tenant or a corpus. */
export function checkOpenings(env: Sparse<EnvironmentConfig>, files: readonly EnvironmentFile<Grant>[]): void {
  check(files, {
    field: 'tenants',
    counts: () => true,
    most: GRANTS_PER_TENANT_MAX,
    allowed: `at most ${GRANTS_PER_TENANT_MAX} grants of a tenant (quota: bucket policy)`,
  });
  const corpora = new Set((env.sources ?? []).flatMap((source) => (source?.kind === 'corpus' ? [source.id] : [])));
  check(files, {
    field: 'sources',
    counts: (id) => corpora.has(id),
    most: GRANTS_PER_CORPUS_MAX,
    allowed: `at most ${GRANTS_PER_CORPUS_MAX} grants of a corpus (quota: bucket policy)`,
  });
}

interface Bound {
  readonly field: 'tenants' | 'sources';
  readonly counts: (id: string) => boolean;
  readonly most: number;
  readonly allowed: string;
}

function check(files: readonly EnvironmentFile<Grant>[], { field, counts, most, allowed }: Bound): void {
  const opened = new Map<string, number>();
  for (const { sparse, report } of files) {
    for (const id of new Set(sparse[field])) {
      if (id === undefined || !counts(id)) continue;
      const count = (opened.get(id) ?? 0) + 1;
      opened.set(id, count);
      if (count > most)
        report(
          [field, sparse[field]?.indexOf(id) ?? 0],
          `${show(id)}, which ${count} grants open`,
          allowed,
          'put people and classes of the same purpose into one grant, or wait until one has ended',
        );
    }
  }
}
