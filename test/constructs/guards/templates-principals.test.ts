import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, faultsOf, policy, queuePolicy, REASON, type Resources, trust } from './templates-support';

const OTHER = 'arn:aws:iam::222222222222:role/atoll-dev-eraser';
const send = (Principal: unknown, more: object = {}): object => ({
  Effect: 'Allow',
  Action: 'sqs:SendMessage',
  Resource: '*',
  Principal,
  ...more,
});
const CONDITION = { Condition: { StringEquals: { 'aws:PrincipalArn': OTHER } } };
const PRINCIPAL_REMEDY = 'name the account as principal and the role by an aws:PrincipalArn condition';

describe('a principal', () => {
  const role = { ...trust(send({ Service: 'pods.eks.amazonaws.com' })) };
  const named: Resources = { Role: { ...role, Properties: { ...role.Properties, RoleName: 'reader', Path: '/a/' } } };

  test.each([
    ['an account', { AWS: ACCOUNT }],
    ["an account's root", { AWS: `arn:aws:iam::${ACCOUNT}:root` }],
    [
      "the CDK's account principal",
      { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] } },
    ],
    ["the template's own role", { AWS: [{ 'Fn::GetAtt': ['Role', 'Arn'] }] }],
    ['a service', { Service: ['s3.amazonaws.com'] }],
  ])('that is %s is there when the policy is written', (_, principal) => {
    expect(faultsOf({ ...named, Policy: queuePolicy(send(principal)) })).toEqual([]);
  });

  test.each(['Allow', 'Deny'])('of an %s that another stack makes is a fault', (effect) => {
    expect(faultsOf({ Policy: queuePolicy(send({ AWS: [ACCOUNT, OTHER] }, { Effect: effect })) })).toEqual([
      `dev-acme/Policy: Properties.PolicyDocument.Statement.0.Principal.AWS.1: got '${OTHER}', ` +
        `allowed a role of this template or a known one; ${PRINCIPAL_REMEDY}`,
    ]);
  });

  test('of a trust policy is judged too, and one that is known to exist is no fault', () => {
    const resources = { Ingest: trust({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: OTHER } }) };
    expect(faultsOf(resources)).toEqual([
      `dev-acme/Ingest: Properties.AssumeRolePolicyDocument.Statement.0.Principal.AWS: got '${OTHER}', ` +
        `allowed a role of this template or a known one; ${PRINCIPAL_REMEDY}`,
    ]);
    expect(faultsOf(resources, { knownRoleArns: new Set([OTHER]) })).toEqual([]);
  });

  test("that is the template's own role by name has to be waited for", () => {
    const arn = `arn:aws:iam::${ACCOUNT}:role/a/reader`;
    const byName = queuePolicy(send({ AWS: arn }));
    expect(faultsOf({ ...named, Policy: byName })).toEqual([
      `dev-acme/Policy: Properties.PolicyDocument.Statement.0.Principal.AWS: got '${arn}', ` +
        'allowed a role that is made before this policy; let Policy depend on Role',
    ]);
    expect(faultsOf({ ...named, Policy: { ...byName, DependsOn: ['Role'] } })).toEqual([]);
  });

  test('that is no ARN of anything is a fault', () => {
    expect(faultsOf({ Policy: queuePolicy(send({ AWS: 'reader' })) })).toEqual([
      "dev-acme/Policy: Properties.PolicyDocument.Statement.0.Principal.AWS: got 'reader', " +
        `allowed an account, a role's ARN or '*'; ${PRINCIPAL_REMEDY}`,
    ]);
  });

  test('that is no service is a fault', () => {
    expect(faultsOf({ Policy: queuePolicy(send({ Service: 's3' })) })).toEqual([
      "dev-acme/Policy: Properties.PolicyDocument.Statement.0.Principal.Service: got 's3', " +
        'allowed <service>.amazonaws.com; correct its name',
    ]);
  });

  test('of everyone needs a condition', () => {
    const remedy = 'add a condition on aws:PrincipalArn, aws:PrincipalAccount or aws:PrincipalOrgID';
    for (const everyone of ['*', { AWS: '*' }, { AWS: [ACCOUNT, '*'] }]) {
      expect(faultsOf({ Policy: queuePolicy(send(everyone, CONDITION)) })).toEqual([]);
      expect(faultsOf({ Policy: queuePolicy(send(everyone, { Effect: 'Deny' })) })).toEqual([]);
      expect(faultsOf({ Policy: { ...queuePolicy(send(everyone)), Metadata: REASON } })).toEqual([
        "dev-acme/Policy: Properties.PolicyDocument.Statement.0.Principal: got '*' without a condition, " +
          `allowed a condition; ${remedy}`,
      ]);
    }
  });

  test('of everyone on an endpoint needs a condition or a reason', () => {
    const PolicyDocument = { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'x', Principal: '*' }] };
    const endpoint = { Type: 'AWS::EC2::VPCEndpoint', Properties: { PolicyDocument } };
    expect(faultsOf({ Endpoint: endpoint })).toHaveLength(1);
    expect(faultsOf({ Endpoint: { ...endpoint, Metadata: REASON } })).toEqual([]);
  });
});

describe('an action', () => {
  const remedy = 'list the actions, or give a reason in Metadata atoll:reason';
  const allow = (more: object): object => ({ Effect: 'Allow', Resource: 'arn:aws:s3:::b', ...more });

  test.each(['*', 's3:*', 'kms:**', 's3:Get*', 's3:*Object', 's3:GetObjec?'])(
    '%s is allowed with a reason only',
    (action) => {
      const wide = policy(allow({ Action: ['s3:GetObject', action] }));
      expect(faultsOf({ P: wide })).toEqual([
        `dev-acme/P: Properties.PolicyDocument.Statement.0.Action: got '${action}', allowed named actions; ${remedy}`,
      ]);
      expect(faultsOf({ P: { ...wide, Metadata: REASON } })).toEqual([]);
      expect(faultsOf({ P: { ...wide, Metadata: { 'atoll:reason': 'n/a' } } })).toHaveLength(1);
    },
  );

  test('that is named, or denied, is no fault', () => {
    expect(
      faultsOf({ P: policy(allow({ Action: 's3:GetObject' }), allow({ Action: 's3:*', Effect: 'Deny' })) }),
    ).toEqual([]);
  });

  test('is not allowed by leaving others out', () => {
    expect(faultsOf({ P: policy(allow({ NotAction: 'iam:*' })) })).toEqual([
      `dev-acme/P: Properties.PolicyDocument.Statement.0.NotAction: got an Allow of the rest, allowed named actions; ${remedy}`,
    ]);
    expect(faultsOf({ P: queuePolicy(allow({ Action: 'sqs:SendMessage', NotPrincipal: { AWS: ACCOUNT } })) })).toEqual([
      'dev-acme/P: Properties.PolicyDocument.Statement.0.NotPrincipal: got an Allow of the rest, ' +
        'allowed named principals; write a Deny with a condition',
    ]);
  });

  test("is found in a role's inline policies and in policies that are text", () => {
    const document = { Statement: allow({ Action: '*' }) };
    const role = { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: document }] } };
    const text = { Type: 'AWS::Logs::ResourcePolicy', Properties: { PolicyDocument: JSON.stringify(document) } };
    expect(faultsOf({ Role: role, Text: text })).toEqual([
      `dev-acme/Role: Properties.Policies.0.PolicyDocument.Statement.0.Action: got '*', allowed named actions; ${remedy}`,
      `dev-acme/Text: Properties.PolicyDocument.Statement.0.Action: got '*', allowed named actions; ${remedy}`,
    ]);
  });
});
