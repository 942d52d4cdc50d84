import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { evaluate, type ConcreteRequest, type PolicySet } from '../../../assurance/iam/evaluate';
import { type Knowledge, readKnowledge } from '../../../assurance/iam/knowledge';

import { Solver } from '../../../assurance/iam/solver';
import { allow, HERE, identityPolicy } from './small-world';
import { solverAllows } from './solver-allows';

let knowledge: Knowledge;
let solver: Solver;

beforeAll(async () => {
  knowledge = await readKnowledge();
  solver = await Solver.start();
});
afterAll(() => solver.stop());

type Value = string | readonly string[] | undefined;
type Row = readonly [operator: string, key: string, policy: string | readonly string[], fits: Value, fitsNot: Value];

const ARN = 'arn:aws:sqs:eu-central-1:222222222222:it';

/**
 * Each with a request's value of which the condition holds and one of which it does not; `undefined` is an absent key.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html and
 * reference_policies_condition-single-vs-multi-valued-context-keys.html, 2026-11-25.
 */
const ROWS: readonly Row[] = [
  ['StringEquals', 'aws:PrincipalTag/a', ['one', 'two'], 'two', 'Two'],
  ['StringEquals', 'aws:PrincipalTag/a', 'o*', 'o*', 'one'],
  ['StringEquals', 'aws:PrincipalTag/a', 'one', 'one', undefined],
  ['StringNotEquals', 'aws:PrincipalTag/a', ['one', 'two'], 'three', 'two'],
  ['StringNotEquals', 'aws:PrincipalTag/a', 'one', undefined, 'one'],
  ['StringEqualsIgnoreCase', 'aws:PrincipalTag/a', 'One', 'oNE', 'ones'],
  ['StringNotEqualsIgnoreCase', 'aws:PrincipalTag/a', 'One', 'ones', 'oNE'],
  ['StringLike', 's3:prefix', 'derived/*', 'derived/', 'derived'],
  ['StringLike', 's3:prefix', 'a?c*e', 'abcde', 'abcdef'],
  ['StringLike', 's3:prefix', 'derived/*', 'derived/a:b', undefined],
  ['StringLike', 's3:prefix', '${*}', '*', 'a'],
  ['StringNotLike', 's3:prefix', 'derived/*', 'raw/', 'derived/a'],
  ['StringNotLike', 's3:prefix', 'derived/*', undefined, 'derived/a'],
  ['ArnEquals', 'aws:SourceArn', 'arn:aws:sqs:*:222222222222:i*', ARN, 'arn:aws:sqs:eu-central-1:333333333333:it'],
  ['ArnLike', 'aws:SourceArn', 'arn:aws:s3:::it*', 'arn:aws:s3:::it/a:b', 'arn:aws:s3::x:it'],
  ['ArnLike', 'aws:SourceArn', 'arn:aws:s*:*:2?2222222222:it', ARN, 'it'],
  ['ArnNotEquals', 'aws:SourceArn', ARN, undefined, ARN],
  ['ArnNotLike', 'aws:SourceArn', 'arn:aws:sqs:*:222222222222:*', 'arn:aws:sqs:a:b:222222222222:it', ARN],
  ['Bool', 'aws:SecureTransport', 'true', 'true', 'false'],
  ['Bool', 'aws:SecureTransport', 'False', 'false', undefined],
  ['BoolIfExists', 'aws:SecureTransport', 'true', undefined, 'false'],
  ['Null', 'aws:PrincipalTag/a', 'true', undefined, 'one'],
  ['Null', 'aws:PrincipalTag/a', 'false', 'one', undefined],
  ['NumericEquals', 's3:max-keys', '10', '10', '11'],
  ['NumericNotEquals', 's3:max-keys', '10', '11', '10'],
  ['NumericLessThan', 's3:TlsVersion', '1.2', '1.1', '1.2'],
  ['NumericLessThanEquals', 's3:max-keys', '10', '10', '11'],
  ['NumericGreaterThan', 's3:max-keys', '10', '11', '10'],
  ['NumericGreaterThanEquals', 's3:max-keys', '10', '10', '9'],
  ['DateEquals', 'aws:CurrentTime', '2027-01-31T00:00:00Z', '1801353600', '1801353601'],
  ['DateNotEquals', 'aws:CurrentTime', '2027-01-31', '2027-01-31T00:00:01Z', '2027-01-31T00:00:00Z'],
  ['DateLessThan', 'aws:CurrentTime', '2027-01-31T00:00:00Z', '2027-01-30T23:59:59Z', '2027-01-31T00:00:00Z'],
  ['DateLessThanEquals', 'aws:EpochTime', '1801353600', '1801353600', '1801353601'],
  ['DateGreaterThan', 'aws:CurrentTime', '2027-01-31T00:00:00Z', '2027-01-31T00:00:01Z', undefined],
  ['DateGreaterThanEquals', 'aws:CurrentTime', '2027-01-31T00:00:00Z', '2027-01-31T00:00:00Z', '2026-11-25T00:00:00Z'],
  ['DateLessThanIfExists', 'aws:TokenIssueTime', '2027-01-31T00:00:00Z', undefined, '2027-02-01T00:00:00Z'],
  ['IpAddress', 'aws:SourceIp', ['10.16.0.0/16', '192.0.2.1'], '10.16.255.255', '10.17.0.0'],
  ['IpAddress', 'aws:SourceIp', '10.16.0.0/16', '10.16.0.0', '2001:db8::1'],
  ['NotIpAddress', 'aws:SourceIp', '10.16.0.0/16', '10.15.255.255', '10.16.0.1'],
  ['BinaryEquals', 's3:x-amz-content-sha256', 'QmFzZTY0', 'QmFzZTY0', 'qmFzZTY0'],
  ['StringEqualsIfExists', 'aws:PrincipalTag/a', 'one', undefined, 'two'],
  ['StringNotEqualsIfExists', 'aws:PrincipalTag/a', 'one', undefined, 'one'],
  ['ForAnyValue:StringEquals', 'kms:ResourceAliases', ['alias/a', 'alias/b'], ['alias/c', 'alias/b'], ['alias/c']],
  ['ForAnyValue:StringLike', 'kms:ResourceAliases', 'alias/a/*', ['alias/a/b'], undefined],
  [
    'ForAnyValue:StringNotEquals',
    'aws:CalledVia',
    'athena.amazonaws.com',
    ['glue.amazonaws.com'],
    ['athena.amazonaws.com'],
  ],
  ['ForAnyValue:StringNotEquals', 'aws:CalledVia', 'athena.amazonaws.com', ['a', 'athena.amazonaws.com'], undefined],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['a', 'b'], ['a'], ['a', 'c']],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['a', 'b'], undefined, ['c']],
  ['ForAllValues:StringNotEquals', 'aws:CalledVia', 'athena.amazonaws.com', undefined, ['a', 'athena.amazonaws.com']],
  ['ForAnyValue:StringEquals', 'aws:PrincipalTag/a', 'one', 'one', undefined],
  ['ForAllValues:StringEquals', 'aws:PrincipalTag/a', 'one', undefined, 'two'],
  ['stringequals', 'AWS:principaltag/A', 'one', 'one', 'two'],
];

const action = (key: string): string => (key.startsWith('kms:') ? 'kms:Decrypt' : 's3:ListBucket');

function judged([operator, key, policy]: Row, value: Value): readonly boolean[] {
  const statement = allow({ Action: action(key), Resource: '*', Condition: { [operator]: { [key]: policy } } });
  const kind = key.startsWith('kms:') ? 'kms:key' : 's3:bucket';
  const request: ConcreteRequest = {
    principal: { kind: 'identity', account: HERE, arn: `arn:aws:iam::${HERE}:role/r`, session: 's' },
    action: action(key),
    resource: 'arn:aws:s3:::it',
    resourceAccount: HERE,
    context: value === undefined ? {} : { [key]: value },
  };
  const set: PolicySet = { identity: [identityPolicy(statement)], resource: [], resourceDecides: false, levels: [] };
  const onKey = kind === 'kms:key' ? 's3:bucket' : kind;
  return [
    evaluate(request, set) === 'allowed',
    solverAllows(solver, knowledge, onKey, request, set),
    solverAllows(solver, knowledge, onKey, request, set, true),
  ];
}

describe('each operator, by the evaluator, by word classes and by the texts of the solver', () => {
  test.each(ROWS)('%s on %s with %j holds of %j and not of %j', (...row) => {
    const [, , , fits, fitsNot] = row;
    expect({ fits: judged(row, fits), fitsNot: judged(row, fitsNot) }).toEqual({
      fits: [true, true, true],
      fitsNot: [false, false, false],
    });
  });
});
