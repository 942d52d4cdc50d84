import { describe, expect, test } from '@jest/globals';
import { actionGroups } from '../../../assurance/iam/action-groups';
import type { Principal, Query } from '../../../assurance/iam/query';
import { PRODUCTION, resourceAt, sampleWorld } from './sample-world';
import { engineOf } from './small-engine';

const roleOf = (where: string): Principal => ({ kind: 'role', arn: resourceAt(where).arn });
const named = (name: string): string => `arn:aws:iam::${PRODUCTION}:role/atoll-sample-${name}`;
const isAllowed = (query: Query): boolean =>
  engineOf(sampleWorld()).isAllowed({ keys: 'documented', ...query }) !== undefined;
const as = (serviceAccount: string): Query['where'] => ({
  StringEquals: { 'aws:PrincipalTag/kubernetes-service-account': serviceAccount },
});

test('names, tags, aliases and associations are what the templates resolve to', () => {
  const key = resourceAt('tenant-acme/Key');
  expect(key).toMatchObject({
    arn: `arn:aws:kms:eu-central-1:${PRODUCTION}:key/sample-tenant-acme.Key`,
    aliases: ['alias/atoll/sample/tenant/acme'],
    tags: { 'atoll:tenant': 'acme' },
  });
  const role = resourceAt('tenant-acme/Role').arn;
  expect(sampleWorld().associations.filter((one) => one.role === role)).toContainEqual({
    where: 'sample-tenant-acme/pipelineAssociation',
    role,
    clusterName: 'atoll-sample-production',
    clusterArn: `arn:aws:eks:eu-central-1:${PRODUCTION}:cluster/atoll-sample-production`,
    namespace: 'tenant-acme',
    serviceAccount: 'pipeline',
  });
});

describe('a tenant’s own role', () => {
  const principal = roleOf('tenant-acme/Role');
  const get = (path: string, where: Query['where']): boolean =>
    isAllowed({
      principal,
      action: 's3:GetObject',
      target: { resource: resourceAt('tenant-acme/Bucket'), type: 'object', path },
      ...(where === undefined ? {} : { where }),
    });

  test('reads as its service accounts, and not as the others', () => {
    expect([get('raw/*', as('pipeline')), get('derived/*', as('training')), get('models/*', as('inference'))]).toEqual([
      true,
      true,
      true,
    ]);
    expect([get('raw/*', as('training')), get('derived/*', as('inference')), get('exports/*', undefined)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('uses its key and its queue, and no other tenant’s', () => {
    const uses = (tenant: string): boolean[] => [
      isAllowed({
        principal,
        action: 'kms:Decrypt',
        target: { resource: resourceAt(`tenant-${tenant}/Key`), type: 'key' },
      }),
      isAllowed({
        principal,
        action: 'sqs:ReceiveMessage',
        target: { resource: resourceAt(`tenant-${tenant}/TextQueue`), type: 'queue' },
      }),
    ];
    expect({ own: uses('acme'), other: uses('birch') }).toEqual({ own: [true, true], other: [false, false] });
  });

  test.each(['identity', 'resource'] as const)(
    'has no way to another tenant’s objects with the %s’s policies alone lost',
    (layer) => {
      expect(
        isAllowed({
          principal,
          action: 's3:GetObject',
          target: { resource: resourceAt('tenant-birch/Bucket'), type: 'object' },
          layers: { [layer]: 'allows-everything' },
          keys: 'any',
        }),
      ).toBe(false);
    },
  );
});

test('nobody else of the account reads a tenant’s objects, whatever rights he has', () => {
  const target = { resource: resourceAt('tenant-acme/Bucket'), type: 'object' };
  const listed = ['tenant-acme', 'ingest', 'eraser'].map(named);
  const everybody: Query = {
    principal: { kind: 'account', account: PRODUCTION, except: [] },
    action: 's3:GetObject',
    target,
  };
  expect(isAllowed(everybody)).toBe(true);
  expect(
    isAllowed({ ...everybody, principal: { kind: 'account', account: PRODUCTION, except: listed }, keys: 'any' }),
  ).toBe(false);
});

test('actions in one group have one answer', () => {
  const world = sampleWorld();
  const resource = resourceAt('tenant-acme/Bucket');
  const roles = [...world.roles.values()].filter(({ arn }) => [named('tenant-acme'), named('ingest')].includes(arn));
  const engine = engineOf(world);
  const groups = actionGroups(world, engine.knowledge, resource, roles);
  expect(groups.flatMap(({ actions }) => actions)).toHaveLength(engine.knowledge.actionsOn('s3:bucket').length);
  expect(groups.length).toBeLessThan(40);
  const principals: Principal[] = [...roles.map(({ arn }) => ({ kind: 'role', arn }) as const), { kind: 'outside' }];
  const mixed = groups.filter(({ type, actions }) =>
    principals.some((principal) => {
      const answers = actions.map(
        (action) => engine.isAllowed({ principal, action, target: { resource, type } }) !== undefined,
      );
      return new Set(answers).size > 1;
    }),
  );
  expect(mixed).toEqual([]);
});
