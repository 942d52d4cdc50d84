const { createHash } = require('node:crypto');
const { assertOwned, isSafeKey, ownershipOf, stackNameOf } = require('./keys.cjs');
const { respond } = require('./respond.cjs');
const { withinTime } = require('./within-time.cjs');

/**
 * The handler of `Custom::AtollDelivery`: copies uploaded files into the delivery bucket, deletes those that went.
 *
 * `files` has `read(bucket, key)`, which gives the bytes, `write(key, bytes)` and `remove(key)`. `settings` has `account`,
 * `region`, `environment`, `platformStack` and `sourceBucket`.
 *
 * It throws what went wrong, once CloudFormation has its answer: by that alone Lambda counts an error, and the alarm hears of it.
 */
function createHandler({ files, settings, log = () => undefined, firstPauseMs }) {
  return async (event, context) => {
    const physicalId = event.PhysicalResourceId ?? `${settings.environment}-delivery-${event.LogicalResourceId}`;
    const answer = (outcome) =>
      respond(event, { ...outcome, physicalId }, { log, ...(firstPauseMs === undefined ? {} : { firstPauseMs }) });
    try {
      await withinTime(deliver(event, files, settings), context);
    } catch (error) {
      log(`${event.RequestType} of ${event.StackId}: ${error.message}`);
      await answer({ status: 'FAILED', reason: error.message });
      throw error;
    }
    await answer({ status: 'SUCCESS' });
  };
}

async function deliver(event, files, settings) {
  const stackName = stackNameOf(event.StackId, settings);
  const owns = ownershipOf(stackName, settings);
  if (event.RequestType === 'Delete') return removeAll(ownedKeys(event.ResourceProperties, owns), files);
  const wanted = event.ResourceProperties?.Files;
  if (!Array.isArray(wanted))
    throw new Error('Files: got no list, allowed a list of files; deploy from this repository');
  assertOwned(
    wanted.map((file) => file?.TargetKey),
    owns,
    stackName,
  );
  const source = event.ResourceProperties.SourceBucket;
  if (source !== settings.sourceBucket) {
    throw new Error(
      `SourceBucket: got ${source}, allowed ${settings.sourceBucket}; deploy with this account's bootstrap`,
    );
  }
  // Everything is read and checked before anything is written, so that a bad file changes nothing.
  const sourceKey = event.ResourceProperties.SourceKey;
  const bundle = await files.read(source, sourceKey);
  const checked = wanted.map((file) => ({
    key: file.TargetKey,
    bytes: cutChecked(bundle, file, `${source}/${sourceKey}`),
  }));
  for (const { key, bytes } of checked.sort(indexLast)) await files.write(key, bytes);
  const kept = new Set(wanted.map((file) => file.TargetKey));
  const before = event.RequestType === 'Update' ? ownedKeys(event.OldResourceProperties, owns) : [];
  return removeAll(
    before.filter((key) => !kept.has(key)),
    files,
  );
}

/** Keys to remove. Those of another stack are passed over: they were refused when written, and a rollback must not fail on them. */
function ownedKeys(properties, owns) {
  const listed = Array.isArray(properties?.Files) ? properties.Files : [];
  return listed.map((file) => file?.TargetKey).filter((key) => isSafeKey(key) && owns(key));
}

/** One file of the bundle. CloudFormation hands numbers over as strings. */
function cutChecked(bundle, file, location) {
  const start = Number(file.Offset);
  const bytes = bundle.subarray(start, start + Number(file.Bytes));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== file.Sha256) {
    throw new Error(`${file.TargetKey}: got sha256 ${sha256}, allowed ${file.Sha256}; find out who wrote ${location}`);
  }
  return bytes;
}

/** The index names the others, so it is written last and removed first: it never names what is not there. */
function indexLast(a, b) {
  return Number(a.key.startsWith('index/')) - Number(b.key.startsWith('index/')) || (a.key < b.key ? -1 : 1);
}

async function removeAll(keys, files) {
  const order = keys
    .map((key) => ({ key }))
    .sort(indexLast)
    .reverse();
  for (const { key } of order) await files.remove(key);
}

module.exports = { createHandler };
