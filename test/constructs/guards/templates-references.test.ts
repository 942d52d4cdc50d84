import { describe, expect, test } from '@jest/globals';
import { templateFaults } from '../../../constructs/guards/templates/template-faults';
import { findCycle } from '../../../constructs/guards/templates/references';
import { faultsOf } from './templates-support';

const custom = (properties: object, dependsOn?: string | string[]) => ({
  Type: 'Custom::Thing',
  Properties: { ...properties },
  ...(dependsOn === undefined ? {} : { DependsOn: dependsOn }),
});

describe('references', () => {
  test('that lead one way are no fault', () => {
    const a = custom({ B: { Ref: 'B' }, C: { 'Fn::GetAtt': ['C', 'Arn'] }, Account: { Ref: 'AWS::AccountId' } });
    const b = custom({ C: { 'Fn::Sub': 'x-${C.Arn}-${AWS::Region}-${!D}' } }, 'C');
    expect(faultsOf({ A: a, B: b, C: custom({}) })).toEqual([]);
  });

  test.each([
    ['Ref', { Ref: 'A' }],
    ['GetAtt', { 'Fn::GetAtt': ['A', 'Arn'] }],
    ['GetAtt as text', { 'Fn::GetAtt': 'A.Arn' }],
    ['Sub', { 'Fn::Sub': 'name-${A}' }],
    ['Sub with variables', { 'Fn::Sub': ['${x}-${A.Arn}', { x: 'y' }] }],
    ['Join', { 'Fn::Join': ['', ['arn:', { Ref: 'A' }]] }],
  ])('that go round by %s are a fault with the way', (_, back) => {
    expect(faultsOf({ C: custom({ Back: [back] }), B: custom({}, ['C']), A: custom({ Ref: { Ref: 'B' } }) })).toEqual([
      'dev-acme/A: DependsOn: got the cycle A -> B -> C -> A, allowed no cycle; break it by a name in place of a reference',
    ]);
  });

  test('of a resource to itself are a fault', () => {
    expect(faultsOf({ A: custom({}, 'A') })[0]).toContain('got the cycle A -> A, allowed no cycle');
  });

  test('are searched without recursion', () => {
    const chain = new Map(Array.from({ length: 50_000 }, (_, i) => [String(i), new Set([String(i + 1)])] as const));
    expect(findCycle(chain)).toBeUndefined();
    expect(findCycle(new Map([...chain, ['50000', new Set(['49999'])]]))).toEqual(['49999', '50000', '49999']);
  });

  test('to what is not there are a fault', () => {
    expect(faultsOf({ A: custom({ Name: [{ Ref: 'Gone' }] }) })).toEqual([
      "dev-acme/A: Properties.Name.0: got a reference to 'Gone', " +
        'allowed a resource or parameter of this template; name it',
    ]);
  });

  test('to a parameter and to a variable of a Sub are no fault', () => {
    const Resources = { A: custom({ P: { Ref: 'P' }, S: { 'Fn::Sub': ['${v}', { v: 'x' }] } }) };
    const template = { Resources, Parameters: { P: { Type: 'String' } } };
    expect(templateFaults(template, { stackName: 'dev-acme' })).toEqual([]);
  });

  test("to another stack's export are a fault", () => {
    expect(faultsOf({ A: custom({ Vpc: { 'Fn::ImportValue': 'network:vpc' } }) })).toEqual([
      'dev-acme/A: Properties.Vpc.Fn::ImportValue: got Fn::ImportValue of "network:vpc", ' +
        'allowed no export of another stack; meet the other stack by a name of schema/names.ts or by {{resolve:ssm:…}}',
    ]);
  });
});

describe('literals', () => {
  test('that CloudFormation resolves are no fault', () => {
    const a = custom({ Subnet: '{{resolve:ssm:/a/b}}', MasterUserPassword: '{{resolve:secretsmanager:x}}' });
    expect(faultsOf({ A: a })).toEqual([]);
  });

  test('with a token of the CDK are a fault in resources and in outputs', () => {
    const Resources = { A: custom({ Names: ['arn:${Token[TOKEN.12]}'], Size: -1.8881545897087626e289 }) };
    const Outputs = { O: { Value: '#{Token[TOKEN.3]}' } };
    expect(templateFaults({ Resources, Outputs }, { stackName: 'dev-acme' })).toEqual([
      "dev-acme/A: Properties.Names.0: got 'arn:${Token[TOKEN.12]}', allowed no unresolved token; " +
        'pass the name by schema/names.ts in place of an attribute',
      'dev-acme/A: Properties.Size: got -1.8881545897087626e+289, allowed no unresolved token; ' +
        'pass the name by schema/names.ts in place of an attribute',
      "dev-acme/Outputs.O.Value: got '#{Token[TOKEN.3]}', allowed no unresolved token; " +
        'pass the name by schema/names.ts in place of an attribute',
    ]);
  });

  test('that hold a secret are a fault that does not repeat it', () => {
    const a = custom({ MasterUserPassword: 'hunter2', Env: { KEY: `id=AKIA${'A'.repeat(16)}` } });
    expect(faultsOf({ A: a })).toEqual([
      'dev-acme/A: Properties.MasterUserPassword: got a literal value, ' +
        'allowed {{resolve:secretsmanager:…}}; keep the secret out of the template',
      'dev-acme/A: Properties.Env.KEY: got a credential in plain text, ' +
        'allowed {{resolve:secretsmanager:…}}; keep the secret out of the template',
    ]);
  });
});
