import { expect, test } from '@jest/globals';
import { guardRails } from '../../../infra/audit/guard-rails';
import { arn } from '../../../schema/arns';
import { judge } from '../../constructs/aws/tenant-policy-request';
import { smallestEnvironment } from '../../support/environments';
import { synthesized, type Template } from '../../support/synthesized';
import { auditOf } from './sample-audit';

/**
 * What the platform's own roles were given in the synthesized templates, judged by the guard rails of their account: a rail that
 * refuses a controller what it lives by would only show once it is attached.
 */
const whole = synthesized(smallestEnvironment());
const rails = guardRails(auditOf([whole.env])).filter(({ type }) => type === 'SERVICE_CONTROL_POLICY');

interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: unknown;
}
interface Right {
  readonly roleArn: string;
  readonly account: string;
  readonly action: string;
  readonly resource: string;
}
type Place = (typeof whole.templates)[number]['stack'];

/** What CloudFormation calls something that a template gives no name. */
const named = (stack: Place, id: string): string => `${stack.stackName}-${id}-x`;

/** The text that CloudFormation would make of a value, as far as the guard rails look at it. */
function text(value: unknown, stack: Place, { Resources }: Template): string {
  if (typeof value === 'string') return value;
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (Array.isArray(join)) return (join[1] as unknown[]).map((part) => text(part, stack, { Resources })).join('');
  const id = Array.isArray(attribute) ? String(attribute[0]) : String(ref);
  if (Resources[id]?.Type !== 'AWS::Lambda::Function') return id;
  return `arn:aws:lambda:${stack.region}:${stack.account}:function:${named(stack, id)}`;
}

/** The roles that a policy is attached to: it names them, or they name it. */
function holdersOf(id: string, policy: Readonly<Record<string, unknown>>, { Resources }: Template): { Ref: string }[] {
  const naming = Object.entries(Resources).filter(([, { Type, Properties }]) => {
    const attached = Type === 'AWS::IAM::Role' ? (Properties?.['ManagedPolicyArns'] ?? []) : [];
    return (attached as readonly { readonly Ref?: string }[]).some((each) => each.Ref === id);
  });
  return [...((policy['Roles'] ?? []) as { Ref: string }[]), ...naming.map(([role]) => ({ Ref: role }))];
}

/** Every action and resource that a policy of a template allows a role of it. */
function rightsOf(stack: Place, template: Template): Right[] {
  const roleArn = (id: string): string => {
    const name = template.Resources[id]?.Properties?.['RoleName'];
    return arn.role(stack.account, typeof name === 'string' ? name : named(stack, id));
  };
  return Object.entries(template.Resources).flatMap(([id, { Type, Properties = {} }]) => {
    if (!['AWS::IAM::Role', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy'].includes(Type)) return [];
    const holders = Type === 'AWS::IAM::Role' ? [{ Ref: id }] : holdersOf(id, Properties, template);
    const policies = (Properties['Policies'] ?? [Properties]) as readonly {
      readonly PolicyDocument?: { readonly Statement: readonly Statement[] };
    }[];
    return policies
      .flatMap(({ PolicyDocument }) => PolicyDocument?.Statement ?? [])
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Action = [], Resource }) =>
        [Action].flat().flatMap((action) =>
          [Resource].flat().flatMap((resource) =>
            holders.map(({ Ref: holder }) => ({
              roleArn: roleArn(holder),
              account: stack.account,
              action,
              resource: text(resource, stack, template),
            })),
          ),
        ),
      );
  });
}

const rights = whole.templates.flatMap(({ stack, template }) => rightsOf(stack, template));

/** Statements of the guard rails that refuse a right to whoever has an ARN. */
function refusals({ account, action, resource }: Right, who: string): string[] {
  // Karpenter's grants are for the volumes of its nodes.
  const context = { 'aws:PrincipalArn': who, 'kms:GrantIsForAWSResource': 'true' };
  return rails
    .filter(({ targets }) => targets.includes(account))
    .flatMap(({ document }) => judge(document, { action, resource, context }).denied);
}

test('guard rails refuse no role of the platform what its own policy gives it', () => {
  expect(rights.length).toBeGreaterThan(100);
  const refused = rights.flatMap((right) => refusals(right, right.roleArn).map((sid) => ({ ...right, sid })));
  expect(refused).toEqual([]);
});

test('some of it they keep for these roles alone', () => {
  const kept = rights.flatMap((right) =>
    refusals(right, arn.role(right.account, 'somebody')).map((sid) => `${right.action} ${sid}`),
  );
  expect([...new Set(kept)].sort()).toEqual(
    expect.arrayContaining([
      'iam:PassRole RolesHandedOverByDeploysOnly',
      'lambda:InvokeFunction HandlersCalledByDeploysOnly',
      's3:PutObject DeliveryByItsHandlerOnly',
    ]),
  );
});
