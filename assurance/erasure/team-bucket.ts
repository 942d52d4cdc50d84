import { corpusNames, teamStoreNames } from '../../schema/access-names';
import type { Environment } from '../../schema/model';
import { deliveryNames } from '../../schema/names';
import type { ResearchTeam } from '../../schema/research-team';
import { CLUSTERS } from '../../schema/vocabulary';
import { at, shown } from '../output/values';
import type { Case } from './case';
import type { Ending } from './coverage';
import { expiriesOf } from './lifecycle';

/** A bucket of no tenant's stack, by its name: what no name of ours fits is not understood. */
export function judgeSharedBucket(subject: Case): void {
  const { environment, properties } = subject;
  const name = properties['BucketName'];
  if (CLUSTERS.some((cluster) => deliveryNames.bucket(environment, cluster) === name)) {
    subject.empty('rendered objects: names and settings from the environment, none of the content of tenants');
    return;
  }
  const team = environment.researchTeams.find(({ id }) => teamStoreNames.bucket(environment, id) === name);
  if (team !== undefined) {
    judgeTeamBucket(subject, team);
    return;
  }
  if (typeof name === 'string' && isCorpus(environment, name)) {
    subject.empty('a shared corpus, which holds no data of a tenant');
    return;
  }
  subject.report(
    'not-understood',
    `BucketName: got ${shown(name)}, expected a name of schema/names.ts or schema/access-names.ts`,
  );
}

/** Of all corpora's names only the corpus itself differs. */
function isCorpus(environment: Environment, name: string): boolean {
  const [before = '', after = ''] = corpusNames.bucket(environment, '|').split('|');
  return name.startsWith(before) && name.endsWith(after) && name.length > before.length + after.length;
}

/**
 * Results of queries and manifests of datasets: copies of what grants open. No eraser reaches them; they end by themselves, whole and
 * in every version, and with them what they tell of a tenant that is erased.
 */
function judgeTeamBucket(subject: Case, team: ResearchTeam): void {
  const { environment, properties } = subject;
  const grants = environment.grants.filter(({ team: id }) => id === team.id);
  const prefixes = grants.flatMap(({ id }) => [teamStoreNames.resultsPrefix(id), teamStoreNames.datasetsPrefix(id)]);
  const endings: Ending[] = [];
  for (const prefix of prefixes.length === 0 ? [''] : prefixes) {
    const { current, noncurrent, uploads } = expiriesOf(properties, prefix);
    const versioned = at(properties, 'VersioningConfiguration.Status') === 'Enabled';
    const where = prefix === '' ? 'the whole bucket' : prefix;
    if (current === undefined) {
      subject.report(
        'unnamed',
        `lifecycle of ${where}: got no expiry, expected ExpirationInDays: no eraser reaches it`,
      );
      continue;
    }
    if (versioned && noncurrent === undefined)
      subject.report(
        'unnamed',
        `lifecycle of ${where}: got older versions that never end, expected NoncurrentVersionExpiration`,
      );
    if (uploads === undefined)
      subject.report(
        'unnamed',
        `lifecycle of ${where}: got uploads that never end, expected AbortIncompleteMultipartUpload`,
      );
    endings.push({ by: 'expiry', what: where, days: current + (versioned ? (noncurrent ?? 0) : 0) });
  }
  subject.holding({
    tenants: [...new Set(grants.flatMap(({ tenants }) => tenants))].sort(),
    holds: 'results of queries over granted data, and manifests of datasets',
    endings,
  });
}
