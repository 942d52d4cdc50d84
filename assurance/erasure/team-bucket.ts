import { corpusNames, teamStoreNames } from '../../schema/access-names';
import type { Environment } from '../../schema/model';
import { deliveryNames } from '../../schema/names';
import type { ResearchTeam } from '../../schema/research-team';
import { servingNames } from '../../schema/serving-names';
import { CLUSTERS } from '../../schema/vocabulary';
import { at, shown } from '../output/values';
import { admitted } from './admitted';
import { type Case, policyOf } from './case';
import type { Ending } from './coverage';
import { expiriesOf } from './lifecycle';
import { allows } from './refusal';

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
  if (name === servingNames.bucket(environment)) {
    subject.empty(
      'weights of common models: the lineage of each says whose data it was trained on, by which an erasure lists what is trained anew',
    );
    return;
  }
  subject.report(
    'not-understood',
    `BucketName: got ${shown(name)}, expected a name of schema/names.ts, schema/access-names.ts or schema/serving-names.ts`,
  );
}

/** Of all corpora's names only the corpus itself differs. */
function isCorpus(environment: Environment, name: string): boolean {
  const [before = '', after = ''] = corpusNames.bucket(environment, '|').split('|');
  return name.startsWith(before) && name.endsWith(after) && name.length > before.length + after.length;
}

/** Folders of all grants, those too whose file is gone: their rules must not hang on a grant. */
const FOLDERS = [teamStoreNames.resultsPrefix('|'), teamStoreNames.datasetsPrefix('|')].map(
  (prefix) => prefix.split('|')[0] ?? '',
);

/** Results of queries and manifests of datasets: copies of what grants open. They end by themselves, and by the eraser before that. */
function judgeTeamBucket(subject: Case, team: ResearchTeam): void {
  const { environment, properties } = subject;
  const versioned = at(properties, 'VersioningConfiguration.Status') === 'Enabled';
  const endings: Ending[] = eraserEndings(subject, team);
  for (const folder of FOLDERS) {
    const { current, noncurrent, uploads } = expiriesOf(properties, folder);
    const where = `lifecycle of ${folder}`;
    if (current === undefined)
      subject.report('unnamed', `${where}: got no expiry, expected ExpirationInDays: a copy stays when its grant ends`);
    if (versioned && noncurrent === undefined)
      subject.report('unnamed', `${where}: got older versions that never end, expected NoncurrentVersionExpiration`);
    if (uploads === undefined)
      subject.report('unnamed', `${where}: got uploads that never end, expected AbortIncompleteMultipartUpload`);
    if (current !== undefined)
      endings.push({ by: 'expiry', what: folder, days: current + (versioned ? (noncurrent ?? 0) : 0) });
  }
  const tenants = environment.grants.filter(({ team: id }) => id === team.id).flatMap((grant) => grant.tenants);
  subject.holding({
    tenants: [...new Set(tenants)].sort(),
    holds: 'results of queries over granted data, and manifests of datasets',
    endings,
  });
}

const BUCKET_ACTIONS = ['s3:ListBucket', 's3:ListBucketVersions'];
const OBJECT_ACTIONS = ['s3:DeleteObject', 's3:DeleteObjectVersion'];

/** The eraser is of the production account: the bucket's policy must allow it, and not only leave it be. */
function eraserEndings(subject: Case, team: ResearchTeam): Ending[] {
  const { environment, erasers } = subject;
  const name = teamStoreNames.bucket(environment, team.id);
  const policy = policyOf(subject, 'AWS::S3::BucketPolicy', 'Bucket', name);
  if (policy === undefined) {
    subject.report('not-understood', 'got a bucket without a policy, expected one that admits the eraser');
    return [];
  }
  const arn = teamStoreNames.bucketArn(environment, team.id);
  const caller = erasers.inResearch;
  const calls = [
    ...BUCKET_ACTIONS.map((action) => ({ caller, action, resource: arn })),
    ...FOLDERS.flatMap((folder) =>
      OBJECT_ACTIONS.map((action) => ({ caller, action, resource: `${arn}/${folder}any` })),
    ),
  ];
  const refused = calls.filter((call) => !allows(policy, call));
  for (const { action, resource } of refused)
    subject.report('closed', `the bucket policy allows the eraser no ${action} on ${resource}, expected that it does`);
  return admitted(subject, 'the bucket policy', policy, calls) && refused.length === 0
    ? [{ by: 'eraser', actions: [...BUCKET_ACTIONS, ...OBJECT_ACTIONS] }]
    : [];
}
