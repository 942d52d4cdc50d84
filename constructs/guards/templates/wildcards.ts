import type { PolicyAt } from './policies';
import type { Scan } from './scan';
import { asList, fault, hasReason, isRecord, type Json, type TemplateContext } from './template';

const isEveryone = (statement: Json): boolean => {
  const principal = statement['Principal'];
  return principal === '*' || (isRecord(principal) && asList(principal['AWS']).includes('*'));
};

const isConditioned = (statement: Json): boolean => {
  const condition = statement['Condition'];
  return isRecord(condition) && Object.keys(condition).length > 0;
};

/** An endpoint's principals are bounded by the network that it stands in, so a written reason is enough there. */
const mayBeOpen = (policy: PolicyAt, reasoned: boolean): boolean => policy.kind === 'endpoint' && reasoned;

/**
 * Allows by a pattern of actions, of everything but some actions, or to everyone. A pattern is every action that AWS adds to it later: `s3:Get*`
 * as much as `s3:*`.
 */
export function wildcardFaults(scan: Scan, context: TemplateContext): string[] {
  const faults: string[] = [];
  for (const { id, resource, policy } of scan.policies) {
    const reasoned = hasReason(resource, 'atoll:reason');
    for (const [path, statement] of policy.statements) {
      if (statement['Effect'] !== 'Allow') continue;
      const place = `${id}: ${path}`;
      const wide = asList(statement['Action']).filter((a) => typeof a === 'string' && /[*?]/.test(a));
      if (wide.length > 0 && !reasoned) {
        const remedy = 'list the actions, or give a reason in Metadata atoll:reason';
        faults.push(fault(context.stackName, `${place}.Action`, `'${wide.join("', '")}'`, 'named actions', remedy));
      }
      if (statement['NotAction'] !== undefined && !reasoned) {
        const remedy = 'list the actions, or give a reason in Metadata atoll:reason';
        faults.push(fault(context.stackName, `${place}.NotAction`, 'an Allow of the rest', 'named actions', remedy));
      }
      if (statement['NotPrincipal'] !== undefined) {
        const remedy = 'write a Deny with a condition';
        faults.push(
          fault(context.stackName, `${place}.NotPrincipal`, 'an Allow of the rest', 'named principals', remedy),
        );
      }
      if (isEveryone(statement) && !isConditioned(statement) && !mayBeOpen(policy, reasoned)) {
        const remedy = 'add a condition on aws:PrincipalArn, aws:PrincipalAccount or aws:PrincipalOrgID';
        faults.push(fault(context.stackName, `${place}.Principal`, "'*' without a condition", 'a condition', remedy));
      }
    }
  }
  return faults;
}
