import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { clusterNames, tenantNames } from '../../../schema/names';
import { prefixesWith } from './service-account-rights';
import { TENANT_SERVICE_ACCOUNTS } from '../../../schema/vocabulary';
import { acknowledge } from '../acknowledge';
import { resolvedJson } from '../resolved-json';
import { tenantRolePolicy, tenantTrustPolicy } from './role-policy';
import type { PolicyText } from '../statement';
import type { TenantScope } from './tenant-scope';

/** The role of the tenant's pods and, while the tenant is active, the associations by which its service accounts get it. */
export function tenantRole(parent: Construct, scope: TenantScope, keyArn: PolicyText): CfnPodIdentityAssociation[] {
  const { env, tenant } = scope;
  const role = new CfnRole(parent, 'Role', {
    roleName: tenantNames.role(env, tenant.id),
    description: `Pods of tenant ${tenant.id}`,
    assumeRolePolicyDocument: resolvedJson(tenantTrustPolicy(scope)),
    policies: [{ policyName: 'tenant', policyDocument: resolvedJson(tenantRolePolicy(scope, keyArn)) }],
    tags: scope.tags,
  });
  acknowledge(
    role,
    ['NIST.800.53.R5-IAMNoInlinePolicy'],
    'the policy belongs to this one role and goes with it; a managed policy could be attached to another',
  );
  if (tenant.state !== 'active') return [];
  const prefixes = [...new Set([...prefixesWith('read'), ...prefixesWith('write')])];
  const [first, ...rest] = prefixes.map((prefix) => `AwsSolutions-IAM5[Resource::${scope.bucketArn}/${prefix}*]`);
  if (first !== undefined)
    acknowledge(
      role,
      [first, ...rest],
      "object keys below a prefix of the tenant's own bucket are not known beforehand",
    );
  acknowledge(
    role,
    ['NIST.800.53.R5-IAMPolicyNoStatementsWithFullAccess'],
    'the rule reads past the end of a statement: the only full access of this policy is denied, never allowed',
  );
  return TENANT_SERVICE_ACCOUNTS.map((serviceAccount) => {
    const association = new CfnPodIdentityAssociation(parent, `${serviceAccount}Association`, {
      clusterName: clusterNames.cluster(env, 'production'),
      namespace: tenantNames.namespace(tenant.id),
      serviceAccount,
      // No `policy`: it needs the session tags switched off, and they carry the split of the rights.
      roleArn: scope.roleArn,
      tags: scope.tags,
    });
    association.addResourceDependency(role);
    return association;
  });
}
