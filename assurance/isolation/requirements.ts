import type { Environment } from '../../schema/model';
import type { ConditionBlock } from '../iam/condition';
import type { Resource } from '../iam/world';
import type { DeclaredWay } from './declared-way';
import type { Spot } from './spot';

const ALGORITHM = 's3:x-amz-server-side-encryption';
const KEY_ID = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const CUSTOMER_ALGORITHM = 's3:x-amz-server-side-encryption-customer-algorithm';

/**
 * What a request must bring besides, where the resource's own policy has a say: encrypted transport, the network it is open from, no other
 * encryption than the bucket's own. Any one of the alternatives is enough.
 */
export function requirements(env: Environment, spot: Spot, way: DeclaredWay, action: string): ConditionBlock[] {
  const kinds = [transport(spot.resource), network(env, way), encryption(spot, action)];
  return kinds.reduce((all, some) => all.flatMap((one) => some.map((other) => merged(one, other))), [{}]);
}

/**
 * How requests come that must be open, each of them: plainly, from the network that the way is open from, without asking for an encryption; what
 * is open by Athena is open by it too.
 */
export function plainly(
  env: Environment,
  { resource, type }: Spot,
  { from, byAthena }: DeclaredWay,
  action: string,
): ConditionBlock[] {
  // Whether Athena tells the owner of an endpoint is not documented: it is open if it does, and if it does not.
  if (resource.kind === 'athena:workgroup')
    return [{ StringEquals: { 'aws:VpceAccount': env.accounts.research } }, { Null: { 'aws:VpceAccount': 'true' } }];
  if (resource.kind !== 's3:bucket') return [{}];
  const byNobody = { Null: { 'aws:CalledVia': 'true' }, BoolIfExists: { 'aws:ViaAWSService': 'false' } };
  const direct =
    from === undefined
      ? { ...byNobody, Null: { ...byNobody.Null, 'aws:VpceAccount': 'true' } }
      : merged(byNobody, { StringEquals: { 'aws:VpceAccount': env.accounts[from] } });
  const asked = {
    Null: { 'aws:VpceAccount': 'true' },
    'ForAnyValue:StringEquals': { 'aws:CalledVia': ['athena.amazonaws.com'] },
  };
  const ways = byAthena === true ? [direct, asked] : [direct];
  if (action !== 's3:PutObject' || type !== 'object') return ways;
  return ways.map((one) =>
    merged(one, { Null: { [ALGORITHM]: 'true', [KEY_ID]: 'true', [CUSTOMER_ALGORITHM]: 'true' } }),
  );
}

function transport({ kind }: Resource): ConditionBlock[] {
  const secure = { BoolIfExists: { 'aws:SecureTransport': 'true' } };
  if (kind === 's3:bucket') return [{ ...secure, NumericGreaterThanEqualsIfExists: { 's3:TlsVersion': '1.2' } }];
  return kind === 'sqs:queue' ? [secure] : [{}];
}

function network(env: Environment, { from, byAthena }: DeclaredWay): ConditionBlock[] {
  if (from === undefined) return [{}];
  const own = { StringEquals: { 'aws:VpceAccount': env.accounts[from] } };
  if (byAthena !== true) return [own, { Bool: { 'aws:ViaAWSService': 'true' } }];
  return [own, { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['athena.amazonaws.com'] } }];
}

/** A write without headers takes the bucket's own encryption; one with them must say the same. The key's ARN is the one that the bucket names. */
function encryption({ resource, type }: Spot, action: string): ConditionBlock[] {
  if (action !== 's3:PutObject' || type !== 'object') return [{}];
  const key = resource.encryptedWith ?? '';
  const none = { Null: { [CUSTOMER_ALGORITHM]: 'true' } };
  return [
    merged(none, { Null: { [ALGORITHM]: 'true', [KEY_ID]: 'true' } }),
    merged(none, { Null: { [ALGORITHM]: 'true' }, StringEquals: { [KEY_ID]: key } }),
    merged(none, { StringEquals: { [ALGORITHM]: 'aws:kms', [KEY_ID]: key } }),
  ];
}

/** Both conditions: operators and keys of the two together. */
export function merged(...blocks: readonly (ConditionBlock | undefined)[]): ConditionBlock {
  const all: Record<string, Record<string, unknown>> = {};
  for (const block of blocks)
    for (const [operator, keys] of Object.entries(block ?? {})) {
      for (const key of Object.keys(keys))
        if (all[operator] !== undefined && key in all[operator])
          throw new Error(`two conditions: got ${operator} of ${key} twice, allowed once; give one another operator`);
      all[operator] = { ...all[operator], ...keys };
    }
  return all;
}
