import type { EnvironmentConfig } from './environment';
import { alternatives, allowedNames, meant, show, type Report } from './faults';
import type { Grant } from './grant';
import type { Sparse } from './sparse';

/** The rules between the sources that a grant names, those of the environment, and the tenants that it opens. */
export function checkGrantSources(grant: Sparse<Grant>, env: Sparse<EnvironmentConfig>, report: Report): void {
  const known = env.sources?.map((source) => source?.id);
  grant.sources?.forEach((id, i) => {
    if (id === undefined) return;
    const path = ['sources', i];
    if (grant.sources?.indexOf(id) !== i)
      report(path, `${show(id)} again`, 'each source at most once', 'remove one of the two');
    if (known === undefined || known.includes(undefined)) return;
    const source = env.sources?.find((each) => each?.id === id);
    if (source === undefined) {
      const ids = known.flatMap((each) => each ?? []);
      report(path, show(id), allowedNames(ids, 'sources'), meant(id, ids, 'name one of them'));
      return;
    }
    const { tenants } = grant;
    if (source.kind !== 'relational' || tenants === undefined || tenants.includes(undefined)) return;
    const missing = (source.tenants ?? []).filter((tenant) => tenant !== undefined && !tenants.includes(tenant));
    if (missing.length > 0)
      report(
        path,
        show(id),
        `allowed sources all of whose tenants the grant opens (it lacks ${alternatives(missing)})`,
        'take it out, or add the tenants to the grant',
      );
  });
}
