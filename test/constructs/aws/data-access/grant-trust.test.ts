import { describe, expect, test } from '@jest/globals';
import { podTrust, sessionTrust } from '../../../../constructs/aws/data-access/grant-trust';
import { type Context, judge } from '../tenant-policy-request';
import { RESEARCH, scope, without } from './grant-requests';

const CLUSTER = `arn:aws:eks:eu-central-1:${RESEARCH}:cluster/atoll-sample-research`;

/** Whether a trust lets a request in; whom it names as principal is asserted by itself. */
function assumes(trust: { Statement: readonly object[] }, context: Context, action = 'sts:AssumeRole'): boolean {
  const statements = trust.Statement.map((statement) => ({ ...statement, Resource: '*' }));
  return judge({ Statement: statements }, { action, resource: 'role', context }).allowed.length > 0;
}

describe('the trust of a grant’s pods', () => {
  const trust = podTrust(scope);
  const eks: Context = {
    'aws:SourceArn': CLUSTER,
    'aws:SourceAccount': RESEARCH,
    'aws:RequestTag/eks-cluster-arn': CLUSTER,
    'aws:RequestTag/kubernetes-namespace': 'research-language',
    'aws:RequestTag/kubernetes-service-account': 'grant-notes-quality',
    'aws:CurrentTime': '2027-01-15T23:59:59Z',
  };

  test('lets EKS in, for the one service account, until the end', () => {
    expect(trust.Statement.map(({ Principal }) => Principal)).toEqual([{ Service: 'pods.eks.amazonaws.com' }]);
    expect(assumes(trust, eks)).toBe(true);
    expect(assumes(trust, eks, 'sts:TagSession')).toBe(true);
  });

  test.each([
    ['aws:SourceArn', 'arn:aws:eks:eu-central-1:222222222222:cluster/atoll-sample-production'],
    ['aws:SourceAccount', '222222222222'],
    ['aws:RequestTag/eks-cluster-arn', 'arn:aws:eks:eu-central-1:222222222222:cluster/atoll-sample-production'],
    ['aws:RequestTag/kubernetes-namespace', 'research-speech'],
    ['aws:RequestTag/kubernetes-service-account', 'research'],
    ['aws:CurrentTime', '2027-01-16T00:00:00Z'],
  ])('refuses another %s, and none', (key, value) => {
    expect(assumes(trust, { ...eks, [key]: value })).toBe(false);
    expect(assumes(trust, without(eks, key))).toBe(false);
  });
});

describe('the trust of a grant’s people', () => {
  const trust = sessionTrust(scope);
  const noor: Context = {
    'aws:PrincipalArn': `arn:aws:iam::${RESEARCH}:role/sign-in/team-language`,
    'aws:userid': 'AROAEXAMPLE:noor@example.com',
    'sts:SourceIdentity': 'noor@example.com',
    'aws:RequestTag/purpose': 'quality-assurance',
    'aws:RequestTag/ticket': 'DATA-124',
    'aws:TagKeys': 'purpose',
    'aws:CurrentTime': '2026-12-24T12:00:00Z',
  };
  const teamRole = scope.env.researchTeams.find(({ id }) => id === 'language')?.roleArn ?? '';
  const person = { ...noor, 'aws:PrincipalArn': teamRole };

  test('lets a person of the grant in, out of the team’s sign-in, with source identity, purpose and ticket', () => {
    expect(trust.Statement.map(({ Principal }) => Principal)).toEqual([{ AWS: `arn:aws:iam::${RESEARCH}:root` }]);
    for (const action of ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'])
      expect(assumes(trust, person, action)).toBe(true);
  });

  test.each([
    ['aws:PrincipalArn', `arn:aws:iam::${RESEARCH}:role/sign-in/somebody`],
    ['sts:SourceIdentity', 'ada@example.com'],
    ['aws:RequestTag/purpose', 'model-training'],
    ['aws:RequestTag/ticket', 'DATA-123'],
    ['aws:CurrentTime', '2027-01-16T00:00:00Z'],
    ['aws:userid', 'AROAEXAMPLE:ada@example.com'],
  ])('refuses another %s, and none', (key, value) => {
    expect(assumes(trust, { ...person, [key]: value })).toBe(false);
    expect(assumes(trust, without(person, key))).toBe(false);
  });

  test('refuses a tag besides the two, which a policy of tomorrow might ask for', () => {
    expect(assumes(trust, { ...person, 'aws:TagKeys': 'kubernetes-namespace' })).toBe(false);
  });
});
