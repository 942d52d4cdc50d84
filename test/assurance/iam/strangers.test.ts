import { describe, expect, test } from '@jest/globals';
import { bucket, deny, HERE, smallWorld } from './small-world';
import { ask, BY, GET, policies, R } from './small-engine';

describe('strangers', () => {
  const orgOnly = bucket(
    policies({ ...BY('*'), Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }),
  );
  const signedBy = bucket(
    policies({ ...BY('*'), Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }),
  );
  const s3 = bucket(
    policies({
      ...GET,
      Principal: { Service: 's3.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': HERE } },
    }),
  );
  const world = smallWorld();
  test.each<[string, boolean, () => boolean]>([
    [
      'of the account have all rights there',
      true,
      () => ask(world, { kind: 'account', account: HERE, except: [] }, bucket()),
    ],
    [
      'of the account are stopped by a list of those who may',
      false,
      () =>
        ask(
          world,
          { kind: 'account', account: HERE, except: [R] },
          bucket(
            policies({
              ...deny({}),
              Principal: '*',
              Action: 's3:*',
              Resource: '*',
              Condition: { ArnNotEquals: { 'aws:PrincipalArn': R } },
            }),
          ),
        ),
    ],
    [
      'of that list are not',
      true,
      () =>
        ask(
          world,
          { kind: 'named', arn: R },
          bucket(
            policies({
              ...deny({}),
              Principal: '*',
              Action: 's3:*',
              Resource: '*',
              Condition: { ArnNotEquals: { 'aws:PrincipalArn': R } },
            }),
          ),
        ),
    ],
    ['of the organisation get in by its id', true, () => ask(world, { kind: 'organisation' }, orgOnly)],
    ['from outside do not', false, () => ask(world, { kind: 'outside' }, orgOnly)],
    ['without a signature have no organisation', true, () => ask(world, { kind: 'anonymous' }, signedBy)],
    [
      'without a signature do not get in by an account',
      false,
      () => ask(world, { kind: 'anonymous' }, bucket(policies(BY(HERE)))),
    ],
    ['that are a service get in as it', true, () => ask(world, { kind: 'service' }, s3)],
    ['that are another service do not', false, () => ask(world, { kind: 'service', service: 'sns.amazonaws.com' }, s3)],
    [
      'that are no service cannot say for which account',
      false,
      () =>
        ask(
          world,
          { kind: 'account', account: HERE, except: [] },
          bucket(
            policies({
              ...deny({}),
              Principal: '*',
              Action: 's3:*',
              Resource: '*',
              Condition: { StringNotEquals: { 'aws:SourceAccount': HERE } },
            }),
          ),
        ),
    ],
  ])('%s: %s', (_, expected, asked) => {
    expect(asked()).toBe(expected);
  });
});
