/** Which keys of the delivery bucket a stack may write. The second lock besides the policies: it trusts the stack's name alone. */
const TENANT_ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * The name in `arn:aws:cloudformation:<region>:<account>:stack/<name>/<guid>`.
 * @throws when it is the id of a stack of another account or region, or no stack id
 */
function stackNameOf(stackId, { account, region }) {
  const [arn, partition, service, stackRegion, stackAccount, resource] = String(stackId).split(':');
  const [kind, name, guid, ...rest] = String(resource).split('/');
  const known = arn === 'arn' && partition === 'aws' && service === 'cloudformation' && kind === 'stack';
  if (!known || !name || !guid || rest.length > 0 || stackRegion !== region || stackAccount !== account) {
    throw new Error(`StackId: got ${stackId}, allowed a stack of account ${account} in ${region}; deploy from there`);
  }
  return name;
}

/** A test of keys: a tenant's stack owns its folder and its line of the index, that of serving its own, the platform's stack owns the rest. */
function ownershipOf(stackName, { environment, platformStack }) {
  if (stackName === platformStack) return (key) => key.startsWith('platform/') || key.startsWith('research/');
  const servingStack = `${environment}-production-serving`;
  if (stackName === servingStack) return (key) => key.startsWith('serving/');
  const prefix = `${environment}-tenant-`;
  const id = stackName.startsWith(prefix) ? stackName.slice(prefix.length) : '';
  if (id.length < 3 || id.length > 24 || !TENANT_ID.test(id)) {
    throw new Error(
      `StackId: got stack ${stackName}, allowed ${platformStack}, ${servingStack} or ${prefix}<id>; deliver from one of them`,
    );
  }
  return (key) => key.startsWith(`tenants/${id}/`) || key === `index/${id}.yaml`;
}

const SAFE_KEY = /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)*\.yaml$/;

function isSafeKey(key) {
  return typeof key === 'string' && SAFE_KEY.test(key);
}

/** @throws on the first key that is malformed or another stack's */
function assertOwned(keys, owns, stackName) {
  for (const key of keys) {
    if (!isSafeKey(key) || !owns(key)) {
      throw new Error(
        `Files.TargetKey: got ${key}, allowed keys that ${stackName} owns; deliver it from its own stack`,
      );
    }
  }
}

module.exports = { assertOwned, isSafeKey, ownershipOf, stackNameOf };
