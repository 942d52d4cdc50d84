const { stackNameOf } = require('../../delivery/handler/keys.cjs');
const { respond } = require('../../delivery/handler/respond.cjs');
const { withinTime } = require('../../delivery/handler/within-time.cjs');
const { heartbeatOf, recordOf } = require('./record.cjs');

/** Physical id of a record that was refused. Its removal, with which CloudFormation rolls back, has nothing to tell. */
const REFUSED = 'refused';

/**
 * The handler of `Custom::AtollGrantRecord`, and of the rule that asks for a sign of life: puts a record into the ledger for every grant that
 * is made, changed or removed.
 *
 * `ledger` has `put(key, text)`, below the ledger's own prefix, which fails when the key is taken. `settings` has `account`, `region`,
 * `environment` and `stack`, the only stack that it records for. `clock` gives the time.
 *
 * It throws what went wrong, once CloudFormation has its answer: by that alone Lambda counts an error, and the alarm hears of it.
 */
function createHandler({ ledger, settings, clock = () => new Date(), log = () => undefined, firstPauseMs }) {
  const put = ({ key, record }) => ledger.put(key, `${JSON.stringify(record)}\n`);
  return async (event, context) => {
    const when = { environment: settings.environment, now: clock() };
    if (event.RequestType === undefined) return withinTime(put(heartbeatOf(event, when)), context);
    const physicalId = event.PhysicalResourceId ?? `${settings.environment}-ledger-${event.LogicalResourceId}`;
    const answer = (outcome) =>
      respond(event, outcome, { log, ...(firstPauseMs === undefined ? {} : { firstPauseMs }) });
    try {
      if (!isSilent(event)) await withinTime(put(checkedRecord(event, settings, when)), context);
    } catch (error) {
      log(`${event.RequestType} of ${event.StackId}: ${error.message}`);
      const id = event.RequestType === 'Create' ? REFUSED : physicalId;
      await answer({ status: 'FAILED', reason: error.message, physicalId: id });
      throw error;
    }
    await answer({ status: 'SUCCESS', physicalId });
    return undefined;
  };
}

/** What changes nothing of a grant is no event: the end of a record that never was, and an update of something else. */
function isSilent({ RequestType, PhysicalResourceId, ResourceProperties, OldResourceProperties }) {
  if (RequestType === 'Delete') return PhysicalResourceId === REFUSED;
  return (
    RequestType === 'Update' &&
    JSON.stringify(ResourceProperties?.Grant) === JSON.stringify(OldResourceProperties?.Grant)
  );
}

function checkedRecord(event, settings, when) {
  const stack = stackNameOf(event.StackId, settings);
  if (stack !== settings.stack)
    throw new Error(`StackId: got stack ${stack}, allowed ${settings.stack}; record grants from there`);
  return recordOf(event, when);
}

module.exports = { createHandler };
