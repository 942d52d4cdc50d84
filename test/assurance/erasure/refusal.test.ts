import { describe, expect, test } from '@jest/globals';
import { fits } from '../../../assurance/output/glob';
import { allows, type Call, denial } from '../../../assurance/erasure/refusal';

const call: Call = {
  caller: {
    principal: 'arn:aws:iam::1:role/eraser',
    context: { 'aws:PrincipalArn': 'arn:aws:iam::1:role/eraser', 'aws:PrincipalAccount': '1', n: '3' },
    absent: ['aws:PrincipalTag/*'],
  },
  action: 's3:DeleteObject',
  resource: 'arn:aws:s3:::b/raw/x',
};
const deny = (fields: Readonly<Record<string, unknown>>) => ({
  Statement: [{ Sid: 'S', Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', ...fields }],
});

describe('a Deny', () => {
  test.each([
    ['for everybody', {}, true],
    ['on another action', { Action: ['s3:Get*'] }, false],
    ['on the action, whatever its case', { Action: 'S3:deleteobject' }, true],
    ['on all actions but this', { Action: undefined, NotAction: 's3:DeleteObject' }, false],
    ['on another resource', { Resource: 'arn:aws:s3:::c/*' }, false],
    ['on all resources but this', { Resource: undefined, NotResource: 'arn:aws:s3:::b/raw/*' }, false],
    ['on a resource that a deploy tells', { Resource: { 'Fn::GetAtt': ['B', 'Arn'] } }, true],
    ['of another principal', { Principal: { AWS: 'arn:aws:iam::1:role/other' } }, false],
    ['of the whole account', { Principal: { AWS: 'arn:aws:iam::1:root' } }, true],
    [
      'of all but listed principals',
      { Condition: { ArnNotEquals: { 'aws:PrincipalArn': ['arn:aws:iam::1:role/eraser'] } } },
      false,
    ],
    ['of all but others', { Condition: { ArnNotEquals: { 'aws:PrincipalArn': ['arn:aws:iam::1:role/*-x'] } } }, true],
    ['without a tag that it lacks', { Condition: { StringNotEquals: { 'aws:PrincipalTag/t': 'x' } } }, true],
    ['with a tag that it lacks', { Condition: { StringEquals: { 'aws:PrincipalTag/t': 'x' } } }, false],
    [
      'with a tag that it lacks, if there',
      { Condition: { StringEqualsIfExists: { 'aws:PrincipalTag/t': 'x' } } },
      true,
    ],
    ['where a tag is absent', { Condition: { Null: { 'aws:PrincipalTag/t': 'true' } } }, true],
    ['where a tag is there', { Condition: { Null: { 'aws:PrincipalTag/t': 'false' } } }, false],
    ['below a number', { Condition: { NumericLessThan: { n: '4' } } }, true],
    ['not below a number', { Condition: { NumericLessThan: { n: '3' } } }, false],
    ['by an unknown key beside one that is false', { Condition: { StringEquals: { x: '1', n: '4' } } }, false],
  ])('%s', (_, fields, refused) => {
    expect(denial(deny(fields), call)).toEqual(refused ? { sid: 'S' } : undefined);
  });

  test('by a key that is not known says so', () => {
    expect(denial(deny({ Condition: { StringEquals: { x: '1' } } }), call)).toEqual({
      sid: 'S',
      unknown: 'condition key x',
    });
  });

  test('by an operator that is not known says so', () => {
    expect(denial(deny({ Condition: { DateLessThan: { n: '1' } } }), call)).toEqual({
      sid: 'S',
      unknown: 'operator DateLessThan',
    });
  });
});

describe('an Allow', () => {
  const allow = (fields: Readonly<Record<string, unknown>>) => ({
    Statement: { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::1:root' }, Action: 's3:*', Resource: '*', ...fields },
  });

  test.each([
    ['of the account', {}, true],
    ['of a service', { Principal: { Service: 's3.amazonaws.com' } }, false],
    ['on a resource that a deploy tells', { Resource: { Ref: 'B' } }, false],
    ['under a condition that is not known', { Condition: { StringEquals: { x: '1' } } }, false],
  ])('%s', (_, fields, allowed) => {
    expect(allows(allow(fields), call)).toBe(allowed);
  });
});

test('a pattern means its dots and brackets as they are', () => {
  expect([fits('a.b*', 'a.bc'), fits('a.b', 'axb'), fits('a?c', 'abc'), fits('*-x', 'y-x'), fits('*', '')]).toEqual([
    true,
    false,
    true,
    true,
    true,
  ]);
});
