import type { Construct } from 'constructs';
import { controllerNames, tenantNames } from '../../../schema/names';
import { boundRole, type PolicyRule, type Verb } from '../namespace/role';
import { serviceAccount } from '../namespace/service-account';

const APPLY: readonly Verb[] = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

/** What the tenant's own layer may hold. Not Pods, Secrets, TriggerAuthentications or anything of RBAC. */
const RULES: readonly PolicyRule[] = [
  { apiGroups: ['keda.sh'], resources: ['scaledjobs'], verbs: APPLY },
  { apiGroups: ['batch'], resources: ['jobs'], verbs: APPLY },
  { apiGroups: [''], resources: ['configmaps'], verbs: APPLY },
];

/**
 * The account that Flux impersonates for the tenant's own layer. It lies in `flux-system`, where no pod of a tenant can take it, and is
 * bound in the tenant's namespace only.
 */
export function reconcilerAccess(scope: Construct, tenantId: string, labels: Readonly<Record<string, string>>): void {
  const account = { name: tenantNames.reconciler(tenantId), namespace: controllerNames.flux.namespace };
  serviceAccount(scope, { ...account, labels });
  boundRole(scope, { name: 'reconciler', namespace: tenantNames.namespace(tenantId), labels }, RULES, [
    { kind: 'ServiceAccount', ...account },
  ]);
}
