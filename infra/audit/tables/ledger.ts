import { auditNames } from '../../../schema/audit-names';
import type { Environment } from '../../../schema/model';
import type { AuditTable } from './audit-table';
import { DAY_KEY, DAYS, ENVIRONMENT_KEY, JSON_LINES, listed } from './json-lines';

/** The grants ledger: what became of each grant, a record for each event (`constructs/aws/evidence/handler/record.cjs`). All of it is one partition. */
export function ledgerTable(environments: readonly Environment[], account: string): AuditTable {
  const location = `s3://${auditNames.archiveBucket(account)}/ledger/`;
  const text = (name: string, comment: string): { name: string; type: string; comment: string } => ({
    name,
    type: 'string',
    comment,
  });
  return {
    name: 'ledger',
    description: 'What became of each grant: who may read what, for which purpose, by whose approval, until when',
    location,
    columns: [
      text('event', 'granted, changed or removed'),
      text('recordedat', 'when, ISO 8601, UTC'),
      text('grantid', 'id of the grant'),
      text('team', 'research team'),
      { name: 'people', type: 'array<string>', comment: 'e-mail addresses of the only people who may use it' },
      { name: 'tenants', type: 'array<string>', comment: 'ids of the tenants that it opens' },
      { name: 'classes', type: 'array<string>', comment: 'data classes that it opens' },
      { name: 'ways', type: 'array<string>', comment: 'by which ways it opens: pods, sessions' },
      text('purpose', 'one of the closed list of purposes'),
      text('justification', 'why this data and these people'),
      text('approver', 'who approved it'),
      text('ticket', 'where it was asked for'),
      text('issued', 'first day, YYYY-MM-DD'),
      text('expires', 'last day, YYYY-MM-DD'),
      text('rolearn', 'role of its pods'),
      text('sessionrolearn', "role of its people's own sessions"),
      text('namespace', 'Kubernetes namespace of its pods'),
      text('serviceaccount', 'service account of its pods'),
      text('stackid', 'stack whose deploy it was'),
      text('requestid', "CloudFormation's id of the request"),
    ],
    partitionKeys: [ENVIRONMENT_KEY],
    projection: { ...environmentsOf(environments), 'storage.location.template': `${location}\${environment}/grants/` },
    ...JSON_LINES,
  };
}

/** Signs of life of the ledger's function, one an hour. */
export function heartbeatsTable(environments: readonly Environment[], account: string): AuditTable {
  const location = `s3://${auditNames.archiveBucket(account)}/ledger/`;
  return {
    name: 'heartbeats',
    description: 'Signs of life of the grants ledger, one an hour',
    location,
    columns: [
      { name: 'event', type: 'string', comment: 'heartbeat' },
      { name: 'recordedat', type: 'string', comment: 'when, ISO 8601, UTC' },
    ],
    partitionKeys: [ENVIRONMENT_KEY, DAY_KEY],
    projection: {
      ...environmentsOf(environments),
      ...DAYS,
      'storage.location.template': `${location}\${environment}/heartbeats/\${day}/`,
    },
    ...JSON_LINES,
  };
}

function environmentsOf(environments: readonly Environment[]): Record<string, string> {
  return listed(
    'environment',
    environments.map(({ name }) => name),
  );
}
