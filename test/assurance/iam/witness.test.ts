import { expect, test } from '@jest/globals';
import { bucket, HERE, identityPolicy, role, smallWorld } from './small-world';
import { engineOf, GET, withRights } from './small-engine';

test('a path narrows what is asked', () => {
  const own = role(HERE, 'r', { policies: [identityPolicy({ ...GET, Resource: 'arn:aws:s3:::it/raw/*' })] });
  const at = (path: string): boolean =>
    engineOf(smallWorld({ roles: [own] })).isAllowed({
      principal: { kind: 'role', arn: own.arn },
      action: 's3:GetObject',
      target: { resource: bucket(), type: 'object', path },
    }) !== undefined;
  expect([at('raw/video/*'), at('*'), at('derived/*')]).toEqual([true, true, false]);
});

test('a witness that the evaluator refuses is an error and no answer', () => {
  const own = withRights();
  const world = smallWorld({ roles: [own] });
  // The policy changes between the solver and the evaluator, as if one of them had read it wrongly.
  let reads = 0;
  const flips = {
    ...own,
    get policies() {
      return reads++ < 1 ? own.policies : [];
    },
  };
  const engine = engineOf({ ...world, roles: new Map([[own.arn, flips]]) });
  expect(() =>
    engine.isAllowed({
      principal: { kind: 'role', arn: own.arn },
      action: 's3:GetObject',
      target: { resource: bucket(), type: 'object' },
    }),
  ).toThrow(/^the solver found a request that the evaluator refuses \(not allowed/);
});
