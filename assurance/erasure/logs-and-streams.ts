import { teamStoreNames } from '../../schema/access-names';
import { auditNames, evidenceNames } from '../../schema/audit-names';
import { doorNames } from '../../schema/door-names';
import { clusterNames, deliveryNames, networkNames, tenantNames } from '../../schema/names';
import { type ClusterName, CLUSTERS } from '../../schema/vocabulary';
import { at, isValues, listOf, shown } from '../output/values';
import { type Case, namesTenant } from './case';
import { expiriesOf } from './lifecycle';

/** A log group without a retention keeps for ever, by the default of CloudWatch Logs. */
export function judgeLogGroup(subject: Case): void {
  const { tenant, environment, properties } = subject;
  const name = nameText(properties['LogGroupName']);
  const days = properties['RetentionInDays'];
  if (typeof days !== 'number') {
    subject.report(
      'unnamed',
      `RetentionInDays: got ${shown(days)}, expected a number of days: without one nothing ends`,
    );
    return;
  }
  const endings = [{ by: 'expiry', what: 'a line', days }] as const;
  if (tenant !== undefined) {
    if (namesTenant(subject, 'LogGroupName', [tenantNames.logGroup(environment, tenant.id)]))
      subject.holding({ tenants: [tenant.id], holds: "what the tenant's pods print", endings });
    return;
  }
  const holds = writersOf(subject).find(([names]) => names.some((each) => fitsName(each, name)))?.[1];
  if (holds === undefined)
    subject.report('not-understood', `LogGroupName: got '${name}', expected a group whose writer is known`);
  else subject.holding({ tenants: 'whoever runs there', holds, endings });
}

const fitsName = (known: string, name: string): boolean =>
  known.endsWith('*') ? name.startsWith(known.slice(0, -1)) : name === known;

/** What writes into each group of the platform. */
const writersOf = ({ environment }: Case): readonly (readonly [readonly string[], string])[] => {
  const each = (name: (cluster: ClusterName) => string): string[] => CLUSTERS.map((cluster) => name(cluster));
  return [
    [
      each((c) => clusterNames.controlPlaneLogGroup(environment, c)),
      'calls of the API server: names of objects, pods and people, no content',
    ],
    [each((c) => clusterNames.metricsLogGroup(environment, c)), 'measures of pods and nodes by their names'],
    [each((c) => networkNames.flowLogGroup(environment, c)), 'addresses and amounts of connections'],
    [each((c) => deliveryNames.logGroup(environment, c)), "names of rendered files, with tenants' ids"],
    [each((c) => doorNames.targetsLogGroup(environment, c)), 'names of node groups and target groups'],
    [each((c) => evidenceNames.deliveryLogGroup(environment, c)), 'errors of the delivery of evidence'],
    [[evidenceNames.ledgerLogGroup(environment)], 'ids of grants'],
    [['/aws/lambda/*'], "what a deploy's function prints: names and settings"],
  ];
};

/** A name that joins texts and a function's generated name. */
function nameText(value: unknown): string {
  if (typeof value === 'string') return value;
  const join = at(value, 'Fn::Join');
  if (!Array.isArray(join)) return '';
  return listOf(join[1])
    .map((part) => (typeof part === 'string' ? part : isValues(part) ? '*' : ''))
    .join(String(join[0]));
}

/** Firehose keeps what it cannot deliver for 24 hours. @see https://docs.aws.amazon.com/firehose/latest/dev/basic-deliver.html (from memory, docs/open-claims.md) */
const UNDELIVERED_DAYS = 1;

/** A stream of evidence: it must end in the archive, and keep no copy of its own. */
export function judgeStream(subject: Case): void {
  const { environment, properties } = subject;
  const target = properties['ExtendedS3DestinationConfiguration'];
  const archive = auditNames.archiveBucketArn(environment.accounts.audit);
  const bucket = at(target, 'BucketARN');
  if (bucket !== archive)
    subject.report(
      'not-understood',
      `ExtendedS3DestinationConfiguration.BucketARN: got ${shown(bucket)}, expected '${archive}'`,
    );
  else if (at(target, 'S3BackupMode') === 'Enabled')
    subject.report('not-understood', 'S3BackupMode: got a second copy, expected none');
  else
    subject.holding({
      tenants: 'whoever runs there',
      holds: 'records of the API server on their way to the audit account',
      endings: [{ by: 'expiry', what: 'a record that cannot be delivered', days: UNDELIVERED_DAYS }],
    });
}

/** @see https://docs.aws.amazon.com/athena/latest/APIReference/API_ListQueryExecutions.html (read in a copy, 2026-11-25) */
const QUERY_HISTORY_DAYS = 45;

/** Results of a workgroup must lie where a team's bucket ends them, and nobody may choose another place. */
export function judgeWorkGroup(subject: Case): void {
  const { environment, properties, buckets } = subject;
  const configuration = properties['WorkGroupConfiguration'];
  const location = at(configuration, 'ResultConfiguration.OutputLocation');
  const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(String(location)) ?? [];
  const team = environment.researchTeams.find(({ id }) => teamStoreNames.bucket(environment, id) === bucket);
  if (at(configuration, 'EnforceWorkGroupConfiguration') !== true)
    subject.report(
      'unnamed',
      'EnforceWorkGroupConfiguration: got none, expected true: a client may put results anywhere',
    );
  const store = buckets.get(bucket);
  if (team === undefined || store === undefined) {
    subject.report('not-understood', `OutputLocation: got ${shown(location)}, expected a folder of a team's bucket`);
    return;
  }
  const days = expiriesOf(store, prefix).current;
  const grants = environment.grants.filter(({ team: id }) => id === team.id);
  subject.holding({
    tenants: [...new Set(grants.flatMap(({ tenants }) => tenants))].sort(),
    holds: `results of queries in ${bucket}/${prefix}, and the text of queries`,
    endings: [
      { by: 'owner', what: `the bucket ${bucket}${days === undefined ? '' : `, after ${days} days`}` },
      { by: 'expiry', what: 'the text of a query, in Athena', days: QUERY_HISTORY_DAYS },
    ],
  });
}
