import type { Scan } from './scan';
import { asList, type CfnTemplateResource, fault, isRecord, type Json, type TemplateContext } from './template';
import { textOf } from './text';

/** What AWS resolves to an id when the policy is written, so that it has to exist by then. */
const ENTITY = /^arn:aws[\w-]*:(iam|sts)::\d{12}:(role|user|assumed-role|federated-user)\//;
const ACCOUNT = /^(\*|\d{12}|arn:aws[\w-]*:iam::\d{12}:root|arn:aws[\w-]*:iam::cloudfront:user\/.+)$/;

const REMEDY = 'name the account as principal and the role by an aws:PrincipalArn condition';

/** ARNs of the template's own roles, by logical id. */
function ownRoles(scan: Scan, context: TemplateContext): Map<string, string> {
  const roles = new Map<string, string>();
  for (const [id, resource] of scan.resources) {
    if (resource.Type !== 'AWS::IAM::Role') continue;
    roles.set(textOf({ 'Fn::GetAtt': [id, 'Arn'] }, scan.template, context), id);
  }
  return roles;
}

/** Logical id of the template's own role or user that a value refers to; a service's ids are not principals. */
function referredTo(value: unknown, scan: Scan): CfnTemplateResource | undefined {
  if (!isRecord(value)) return undefined;
  const attribute = value['Fn::GetAtt'];
  const id: unknown = Array.isArray(attribute) ? attribute[0] : value['Ref'];
  return typeof id === 'string' ? scan.template.Resources?.[id] : undefined;
}

/**
 * Principals that need not exist when the policy is written: AWS refuses a policy that names a role which is not there, and
 * keeps a dead id of one that is deleted later. Roles of other stacks belong into a condition.
 */
export function principalFaults(scan: Scan, context: TemplateContext): string[] {
  const faults: string[] = [];
  let roles: Map<string, string> | undefined;
  for (const { id, policy } of scan.policies) {
    const judge = (place: string, value: unknown): void => {
      const type = referredTo(value, scan)?.Type;
      if (type === 'AWS::IAM::Role' || type === 'AWS::IAM::User') return;
      const text = textOf(value, scan.template, context);
      if (ACCOUNT.test(text) || context.knownRoleArns?.has(text) === true) return;
      if (!ENTITY.test(text)) {
        faults.push(fault(context.stackName, place, `'${text}'`, "an account, a role's ARN or '*'", REMEDY));
        return;
      }
      roles ??= ownRoles(scan, context);
      const own = roles.get(text);
      if (own === undefined) {
        faults.push(fault(context.stackName, place, `'${text}'`, 'a role of this template or a known one', REMEDY));
      } else if (scan.needs.get(id)?.has(own) !== true) {
        const remedy = `let ${id} depend on ${own}`;
        faults.push(fault(context.stackName, place, `'${text}'`, 'a role that is made before this policy', remedy));
      }
    };
    for (const [path, statement] of policy.statements) {
      for (const key of ['Principal', 'NotPrincipal']) {
        const principal = statement[key];
        if (!isRecord(principal)) continue;
        eachPrincipal(principal, 'AWS', (i, value) => {
          judge(`${id}: ${path}.${key}.AWS${i}`, value);
        });
        eachPrincipal(principal, 'Service', (i, value) => {
          const text = textOf(value, scan.template, context);
          if (/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(text) || text.includes('${')) return;
          const place = `${id}: ${path}.${key}.Service${i}`;
          faults.push(fault(context.stackName, place, `'${text}'`, '<service>.amazonaws.com', 'correct its name'));
        });
      }
    }
  }
  return faults;
}

function eachPrincipal(principal: Json, key: string, visit: (index: string, value: unknown) => void): void {
  const value = principal[key];
  if (!Array.isArray(value))
    asList(value).forEach((only) => {
      visit('', only);
    });
  else
    value.forEach((one: unknown, i) => {
      visit(`.${i}`, one);
    });
}
