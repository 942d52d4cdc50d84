/** Ids of grants, as `schema/grant.ts` has them: they become a folder of the archive. */
const GRANT_ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

const EVENTS = { Create: 'granted', Update: 'changed', Delete: 'removed' };

/** What a record says of the grant besides its id: `infra/audit/tables/ledger.ts` has a column for each. */
const FIELDS = [
  'team',
  'people',
  'tenants',
  'classes',
  'ways',
  'purpose',
  'justification',
  'approver',
  'ticket',
  'issued',
  'expires',
  'roleArn',
  'sessionRoleArn',
  'namespace',
  'serviceAccount',
];

/**
 * The record of one event of CloudFormation's, with the key that it gets. No two events share a key, so that nothing is ever overwritten.
 *
 * @throws on a grant without a proper id, or without a field
 */
function recordOf(event, { environment, now }) {
  const grant = event.ResourceProperties?.Grant;
  const grantId = grant?.id;
  if (typeof grantId !== 'string' || grantId.length > 24 || !GRANT_ID.test(grantId))
    throw new Error(`Grant.id: got ${grantId}, allowed the id of a grant; deploy from this repository`);
  const missing = FIELDS.filter((field) => grant[field] === undefined);
  if (missing.length > 0)
    throw new Error(
      `Grant: got no ${missing.join(', ')} of ${grantId}, allowed every field; deploy from this repository`,
    );
  const recordedAt = now.toISOString();
  const what = EVENTS[event.RequestType];
  if (what === undefined)
    throw new Error(
      `RequestType: got ${event.RequestType}, allowed ${Object.keys(EVENTS).join(', ')}; call by CloudFormation`,
    );
  return {
    key: `grants/${grantId}/${recordedAt}-${what}-${event.RequestId}.json`,
    record: {
      event: what,
      recordedAt,
      environment,
      grantId,
      ...Object.fromEntries(FIELDS.map((field) => [field, grant[field]])),
      stackId: event.StackId,
      requestId: event.RequestId,
    },
  };
}

/** The sign of life: without it, a ledger that nobody can write any more looks like one in which nothing happened. */
function heartbeatOf(event, { environment, now }) {
  const recordedAt = now.toISOString();
  const day = recordedAt.slice(0, 10).replaceAll('-', '/');
  return { key: `heartbeats/${day}/${recordedAt}.json`, record: { event: 'heartbeat', recordedAt, environment } };
}

module.exports = { heartbeatOf, recordOf };
