import { type Quota, QUOTAS } from '../../../schema/quotas';
import type { PolicyKind } from './policies';
import type { Scan } from './scan';
import { asList, fault, isRecord, type TemplateContext } from './template';
import { jsonLength } from './text';

const QUOTA: Readonly<Record<Exclude<PolicyKind, 'inline' | 'other'>, Quota>> = {
  managed: QUOTAS.managedPolicyCharacters,
  trust: QUOTAS.trustPolicyCharacters,
  bucket: QUOTAS.bucketPolicyBytes,
  key: QUOTAS.keyPolicyBytes,
  queue: QUOTAS.queuePolicyBytes,
  endpoint: QUOTAS.vpcEndpointPolicyCharacters,
};

const REMEDY = 'merge statements or test names by a pattern in a condition';

/** Role of an inline policy of its own resource: its logical id, or its name where it lies in another template. */
function rolesOf(properties: Readonly<Record<string, unknown>>): string[] {
  return [...asList(properties['Roles']), ...asList(properties['RoleName'])].map((role) =>
    isRecord(role) && typeof role['Ref'] === 'string' ? role['Ref'] : String(role),
  );
}

/**
 * Policies against AWS's quotas, in characters of compact JSON (IAM does not count white space; the others are stored
 * compact). A role's inline policies count together.
 */
export function policySizeFaults(scan: Scan, context: TemplateContext): string[] {
  const faults: string[] = [];
  const inline = new Map<string, { total: number; parts: string[] }>();
  for (const { id, resource, policy } of scan.policies) {
    if (policy.kind === 'other') continue;
    const length = jsonLength(policy.document, scan.template, context);
    if (policy.kind === 'inline') {
      const roles = resource.Type === 'AWS::IAM::Role' ? [id] : rolesOf(resource.Properties ?? {});
      for (const role of roles) {
        const sum = inline.get(role) ?? { total: 0, parts: [] };
        sum.total += length;
        sum.parts.push(id);
        inline.set(role, sum);
      }
      continue;
    }
    const quota = QUOTA[policy.kind];
    if (length > quota.value) {
      const allowed = `${quota.value} ${quota.unit} (${quota.name})`;
      faults.push(fault(context.stackName, `${id}: ${policy.path}`, `${length} characters`, allowed, REMEDY));
    }
  }
  for (const [role, { total, parts }] of inline) {
    const quota = QUOTAS.inlinePolicyCharacters;
    if (total > quota.value) {
      const place = `${role}: Properties.Policies`;
      const got = `${total} characters in ${[...new Set(parts)].join(', ')}`;
      faults.push(fault(context.stackName, place, got, `${quota.value} ${quota.unit} (${quota.name})`, REMEDY));
    }
  }
  return faults;
}
