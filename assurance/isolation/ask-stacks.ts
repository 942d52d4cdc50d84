import type { Environment } from '../../schema/model';
import { bootstrapNames, stackNames } from '../../schema/names';
import { isCorpus } from '../../schema/open-sources';
import { hasDoors } from '../../schema/people-services';
import { servingNames } from '../../schema/serving-names';
import type { ClusterName } from '../../schema/vocabulary';
import { CLUSTERS } from '../../schema/vocabulary';
import type { FindingKind } from '../finding';
import type { Stack } from '../output/cloud-assembly';
import { livingTenants } from '../output/tenant-stacks';
import { declaredDatabases } from './declared-catalogue';
import type { Asking } from './spot';

/** Stacks of each cluster's account, whatever the environment has in it. */
const ROOMS = ['network', 'registry', 'delivery', 'cluster', 'evidence', 'operations'] as const;

/** An environment has the stacks that it must have, each in its account and region, and no other; and what is uploaded as a stack's template is what was read. */
export function askStacks({ env, findings }: Asking, stacks: readonly Stack[]): void {
  const note = (kind: FindingKind, subject: string, message: string): void => {
    findings.push({ proof: 'isolation', kind, subject, message });
  };
  const declared = declaredStacks(env);
  const seen = new Set<string>();
  for (const stack of stacks) {
    const { id, name, account, region } = stack;
    const cluster = declared.get(id);
    if (cluster === undefined || seen.has(id)) {
      note('open', name, `got the stack ${id}, allowed each that the environment declares, once`);
      continue;
    }
    seen.add(id);
    const got = `${name} of ${account} in ${region}`;
    const allowed = `${stackNames.deployed(env, id)} of ${env.accounts[cluster]} in ${env.region}`;
    if (got !== allowed) note('open', name, `got the stack ${got}, allowed ${allowed}`);
    for (const message of templateFaults(stack)) note('open', name, message);
  }
  for (const [id] of [...declared].filter(([one]) => !seen.has(one)))
    note('closed', stackNames.deployed(env, id), 'got no stack, allowed one: the environment declares it');
}

/** Cluster in whose account a stack is, by its id. */
function declaredStacks(env: Environment): ReadonlyMap<string, ClusterName> {
  const research = [
    ...(env.researchTeams.length > 0 ? ['data-access'] : []),
    ...(env.sources.some(isCorpus) ? ['corpora'] : []),
    ...(declaredDatabases(env).some(({ tenant, grants }) => tenant !== undefined && grants.length > 0)
      ? ['data-catalogue']
      : []),
  ];
  return new Map<string, ClusterName>([
    ...CLUSTERS.flatMap((cluster) =>
      ROOMS.map((room): [string, ClusterName] => [stackNames.platform(cluster, room), cluster]),
    ),
    ...research.map((room): [string, ClusterName] => [stackNames.platform('research', room), 'research']),
    [stackNames.platform('production', 'ingest'), 'production'],
    ...CLUSTERS.filter((cluster) => hasDoors(env, cluster)).map((cluster): [string, ClusterName] => [
      stackNames.platform(cluster, 'doors'),
      cluster,
    ]),
    ...(env.servingPools.length === 0 ? [] : [[servingNames.stack, 'production'] as [string, ClusterName]]),
    ...livingTenants(env).map(({ id }): [string, ClusterName] => [stackNames.tenant(id), 'production']),
  ]);
}

/** CloudFormation takes the template from a bucket, to which an asset of the stack brings it: that asset is the file that the proofs read. */
function templateFaults(stack: Stack): string[] {
  const { templateUrl: url = 'nothing', account, region, file } = stack;
  const bucket = bootstrapNames.assetsBucket(account, region);
  const uploaded = stack
    .assets()
    .filter(({ destinations }) => destinations.some((one) => `s3://${one.bucket}/${one.key}` === url))
    .map(({ path }) => path);
  return [
    ...(url.startsWith(`s3://${bucket}/`) ? [] : [`template: got ${url}, allowed an object of ${bucket}`]),
    ...(uploaded.length === 1 && uploaded[0] === file
      ? []
      : [`template: got ${uploaded.join(', ') || 'no file'} for ${url}, allowed ${file} alone`]),
  ];
}
