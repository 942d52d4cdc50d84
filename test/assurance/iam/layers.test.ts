import { describe, expect, test } from '@jest/globals';
import type { World } from '../../../assurance/iam/world';
import { allow, bucket, deny, HERE, identityPolicy, resourcePolicy, smallWorld } from './small-world';
import { ask, asRole, BY, policies, R, withoutRights, withRights } from './small-engine';

describe('the layers one by one', () => {
  const open = withRights();
  const refuses = bucket(policies({ ...deny({}), Principal: '*', Action: 's3:GetObject', Resource: '*' }));
  const rail = (statement: Record<string, unknown>): World['guardRails'] => ({
    scps: [[identityPolicy(allow({ Action: '*', Resource: '*' }), statement)]],
    rcps: [],
  });
  const endpoint = { where: 'e', id: 'vpce-1', vpc: 'vpc-1', account: HERE, region: 'eu-central-1', service: 's3' };
  const closed = {
    endpoints: [{ ...endpoint, policy: resourcePolicy({ ...deny({}), Principal: '*', Action: '*', Resource: '*' }) }],
  };
  const fromHome = { where: { StringEquals: { 'aws:VpceAccount': HERE }, Bool: { 'aws:ViaAWSService': 'false' } } };
  test.each<[string, boolean, () => boolean]>([
    [
      'the resource alone still refuses',
      false,
      () => asRole(withoutRights(), refuses, { layers: { identity: 'allows-everything' } }),
    ],
    [
      'the identity alone still refuses',
      false,
      () => asRole(withoutRights(), bucket(policies(BY(R))), { layers: { resource: 'allows-everything' } }),
    ],
    [
      'without the resource the identity opens',
      true,
      () => asRole(open, refuses, { layers: { resource: 'allows-everything' } }),
    ],
    [
      'an SCP refuses',
      false,
      () => asRole(open, bucket(), {}, { guardRails: rail(deny({ Action: 's3:*', Resource: '*' })) }),
    ],
    [
      'no SCP, no refusal',
      true,
      () =>
        asRole(
          open,
          bucket(),
          { layers: { guardRails: 'absent' } },
          { guardRails: rail(deny({ Action: 's3:*', Resource: '*' })) },
        ),
    ],
    [
      'an SCP level without an Allow refuses',
      false,
      () =>
        asRole(
          open,
          bucket(),
          {},
          { guardRails: { scps: [[identityPolicy(allow({ Action: 'sqs:*', Resource: '*' }))]], rcps: [] } },
        ),
    ],
    [
      'an RCP refuses strangers too',
      false,
      () =>
        ask(
          smallWorld({
            guardRails: {
              scps: [],
              rcps: [[resourcePolicy({ ...deny({}), Principal: '*', Action: 's3:*', Resource: '*' })]],
            },
          }),
          { kind: 'outside' },
          bucket(policies(BY('*'))),
        ),
    ],
    ['an endpoint refuses what comes through it', false, () => asRole(open, bucket(), fromHome, closed)],
    [
      'without its policy it does not',
      true,
      () => asRole(open, bucket(), { ...fromHome, layers: { endpoint: 'allows-everything' } }, closed),
    ],
    ['what comes through no endpoint of ours does not say so', false, () => asRole(open, bucket(), fromHome)],
    ['what does not come through it is not bound by it', true, () => asRole(open, bucket(), {}, closed)],
  ])('%s: %s', (_, expected, asked) => {
    expect(asked()).toBe(expected);
  });
});
