import { describe, expect, test } from '@jest/globals';
import { allow, bucket, deny, HERE, identityPolicy, key, role, THERE } from './small-world';
import { asRole, BY, GET, policies, R, withoutRights, withRights } from './small-engine';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html, 2026-11-25. */
describe('who may allow', () => {
  test.each<[string, boolean, () => boolean]>([
    ['within an account the identity alone', true, () => asRole(withRights(), bucket())],
    [
      'within an account the resource alone, that names the role',
      true,
      () => asRole(withoutRights(), bucket(policies(BY(R)))),
    ],
    [
      'within an account the resource alone, that names everyone',
      true,
      () => asRole(withoutRights(), bucket(policies(BY('*')))),
    ],
    [
      'within an account the resource alone, that names the account only',
      false,
      () => asRole(withoutRights(), bucket(policies(BY(HERE)))),
    ],
    ['neither', false, () => asRole(withoutRights(), bucket())],
    ['across accounts the identity alone', false, () => asRole(withRights(THERE), bucket())],
    [
      'across accounts the resource alone',
      false,
      () => asRole(role(THERE, 'r'), bucket(policies(BY(`arn:aws:iam::${THERE}:role/r`)))),
    ],
    ['across accounts both', true, () => asRole(withRights(THERE), bucket(policies(BY(THERE))))],
    [
      'an explicit Deny of the identity',
      false,
      () =>
        asRole(
          withRights(HERE, { policies: [identityPolicy(GET, deny({ Action: '*', Resource: '*' }))] }),
          bucket(policies(BY(R))),
        ),
    ],
    [
      'an explicit Deny of the resource',
      false,
      () => asRole(withRights(), bucket(policies({ ...deny({}), Principal: '*', Action: 's3:*', Resource: '*' }))),
    ],
  ])('%s: %s', (_, expected, asked) => {
    expect(asked()).toBe(expected);
  });
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html, 2026-11-25. */
describe('a boundary', () => {
  const bounded = { boundary: identityPolicy(allow({ Action: 's3:ListBucket', Resource: '*' })) };
  test.each<[string, boolean, () => boolean]>([
    ['stops what only the identity allows', false, () => asRole(withRights(HERE, bounded), bucket())],
    ['stops what the resource allows the role', false, () => asRole(withoutRights(bounded), bucket(policies(BY(R))))],
    [
      'does not stop what the resource allows the session',
      true,
      () => asRole(withoutRights(bounded), bucket(policies(BY(`arn:aws:sts::${HERE}:assumed-role/r/s`)))),
    ],
    [
      'that allows the action stops nothing',
      true,
      () => asRole(withRights(HERE, { boundary: identityPolicy(allow({ Action: 's3:*', Resource: '*' })) }), bucket()),
    ],
  ])('%s: %s', (_, expected, asked) => {
    expect(asked()).toBe(expected);
  });
});

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html, 2026-11-25. */
describe('a key', () => {
  const use = allow({ Action: 'kms:Decrypt', Resource: '*' });
  const user = role(HERE, 'r', { policies: [identityPolicy(use)] });
  test.each<[string, boolean, () => boolean]>([
    [
      'whose policy names nobody is closed to the account',
      false,
      () => asRole(user, key(policies({ ...use, Principal: { Service: 's3.amazonaws.com' } }))),
    ],
    [
      'that leaves it to the account opens by the identity',
      true,
      () => asRole(user, key(policies({ ...use, Principal: { AWS: HERE } }))),
    ],
    [
      'that leaves it to the account is closed without the identity',
      false,
      () => asRole(withoutRights(), key(policies({ ...use, Principal: { AWS: HERE } }))),
    ],
    [
      'that names the role opens without the identity',
      true,
      () => asRole(withoutRights(), key(policies({ ...use, Principal: { AWS: R } }))),
    ],
  ])('%s: %s', (_, expected, asked) => {
    expect(asked()).toBe(expected);
  });
});
