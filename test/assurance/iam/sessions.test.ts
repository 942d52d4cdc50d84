import { describe, expect, test } from '@jest/globals';
import type { Role } from '../../../assurance/iam/world';
import { allow, bucket, deny, HERE, identityPolicy, role, smallWorld, THERE, trustPolicy } from './small-world';
import { asRole, engineOf, GET, R } from './small-engine';

describe('sessions of a role', () => {
  const pods = trustPolicy(
    allow({
      Principal: { Service: 'pods.eks.amazonaws.com' },
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Condition: { StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'tenant-acme' } },
    }),
  );
  const association = {
    where: 'a',
    role: R,
    clusterArn: `arn:aws:eks:eu-central-1:${HERE}:cluster/production`,
    clusterName: 'production',
    namespace: 'tenant-acme',
    serviceAccount: 'pipeline',
  };
  const tagged = (tag: string, value: string): object => ({
    Condition: { StringEquals: { [`aws:PrincipalTag/${tag}`]: value } },
  });
  const pod = (more: object, over: Partial<Role> = {}): Role =>
    role(HERE, 'r', { trust: pods, policies: [identityPolicy({ ...GET, ...more })], ...over });
  const associated = { associations: [association] };
  const people = (conditions: object, more: readonly string[] = []): Role =>
    role(HERE, 'r', {
      trust: trustPolicy(
        allow({ Principal: { AWS: THERE }, Action: ['sts:AssumeRole', ...more], Condition: conditions }),
      ),
      policies: [identityPolicy({ ...GET, ...tagged('purpose', 'audit') })],
    });
  test.each<[string, boolean, () => boolean]>([
    [
      'a pod has the tags of its association',
      true,
      () => asRole(pod(tagged('kubernetes-service-account', 'pipeline')), bucket(), {}, associated),
    ],
    [
      'a pod has no service account that is not associated',
      false,
      () => asRole(pod(tagged('kubernetes-service-account', 'training')), bucket(), {}, associated),
    ],
    [
      'unless anybody may associate',
      true,
      () => asRole(pod(tagged('kubernetes-service-account', 'training')), bucket(), { sessions: 'any' }, associated),
    ],
    [
      'which the trust still binds',
      false,
      () => asRole(pod(tagged('kubernetes-namespace', 'tenant-other')), bucket(), { sessions: 'any' }, associated),
    ],
    [
      'a pod has no tag but the six',
      false,
      () => asRole(pod(tagged('purpose', 'audit')), bucket(), { sessions: 'any' }, associated),
    ],
    [
      'a pod has its role’s own tags',
      true,
      () => asRole(pod(tagged('purpose', 'audit'), { tags: { purpose: 'audit' } }), bucket(), {}, associated),
    ],
    ['a role that no pod is associated with has no session', false, () => asRole(pod({}), bucket())],
    [
      'a role that trusts nobody has no session',
      false,
      () =>
        asRole(
          role(HERE, 'r', {
            trust: trustPolicy(deny({ Principal: '*', Action: 'sts:*' })),
            policies: [identityPolicy(GET)],
          }),
          bucket(),
        ),
    ],
    [
      'a tag is set where the trust lets it be',
      true,
      () => asRole(people({ StringEquals: { 'aws:RequestTag/purpose': 'audit' } }, ['sts:TagSession']), bucket()),
    ],
    [
      'a tag is not set where the trust does not',
      false,
      () => asRole(people({ StringEquals: { 'aws:RequestTag/purpose': 'support' } }, ['sts:TagSession']), bucket()),
    ],
    ['no tag is set without sts:TagSession', false, () => asRole(people({}), bucket())],
  ])('%s: %s', (_, expected, asked) => {
    expect(asked()).toBe(expected);
  });

  test('a source identity is the caller’s own name where the trust says so, and the witness shows it', () => {
    const own = role(HERE, 'r', {
      trust: trustPolicy(
        allow({
          Principal: { AWS: THERE },
          Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
          Condition: {
            StringLike: { 'aws:userid': '*:${sts:SourceIdentity}' },
            DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' },
          },
        }),
      ),
      policies: [identityPolicy({ ...GET, Condition: { StringLike: { 'aws:SourceIdentity': 'a*@example.com' } } })],
    });
    const engine = engineOf(smallWorld({ roles: [own] }));
    const found = engine.isAllowed({
      principal: { kind: 'role', arn: own.arn },
      action: 's3:GetObject',
      target: { resource: bucket(), type: 'object', path: 'raw/*' },
    });
    expect(found).toMatchObject({
      resource: 'arn:aws:s3:::it/raw/',
      context: { 'aws:SourceIdentity': 'a@example.com' },
      opened: {
        by: `anybody of account ${THERE}`,
        context: { 'sts:SourceIdentity': 'a@example.com', 'aws:userid': ':a@example.com' },
      },
    });
  });
});
