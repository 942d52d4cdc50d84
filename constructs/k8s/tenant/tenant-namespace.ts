import type { Construct } from 'constructs';
import type { Environment } from '../../../schema/model';
import { clusterObjectNames, labels, tenantNames } from '../../../schema/names';
import type { Tenant } from '../../../schema/tenant';
import { TENANT_SERVICE_ACCOUNTS } from '../../../schema/vocabulary';
import { triggerAuthentication } from '../api/keda';
import { localQueue } from '../api/kueue';
import { labelSet } from '../label-set';
import { restrictedNamespace } from '../namespace/namespace';
import { serviceAccount } from '../namespace/service-account';
import { exits, interfaceEndpoints } from '../network-policies/exits';
import { networkPolicies } from '../network-policies/network-policy';
import { object } from '../object';
import { reconcilerAccess } from './reconciler-access';
import { tenantQuota } from './tenant-quota';

/**
 * The platform's layer of a tenant: the locked namespace and what bounds it. Nobody but Flux with the platform's own account writes
 * here; no person has a right in it.
 */
export function tenantNamespace(scope: Construct, env: Environment, tenant: Tenant): void {
  const set = labelSet({ env, name: 'tenant', owner: `tenant/${tenant.id}` });
  const namespace = tenantNames.namespace(tenant.id);
  restrictedNamespace(scope, {
    name: namespace,
    labels: { ...set, [labels.isolation]: tenant.isolation },
    kubernetesVersion: env.clusters.production.kubernetesVersion,
  });
  networkPolicies(scope, {
    namespace,
    labels: set,
    egress: [exits.dns, exits.podIdentity, exits.router, interfaceEndpoints(env.network.production), exits.publicHttps],
  });
  for (const name of TENANT_SERVICE_ACCOUNTS) serviceAccount(scope, { name, namespace, labels: set });
  tenantQuota(scope, env, tenant, set);
  reconcilerAccess(scope, tenant.id, set);
  // Here and not in the tenant's own layer: whoever writes it could name a role for KEDA to assume.
  object(
    scope,
    'sqs',
    triggerAuthentication(
      { name: clusterObjectNames.sqsAuthentication, namespace, labels: set },
      { podIdentity: { provider: 'aws' } },
    ),
  );
  object(
    scope,
    'training-queue',
    localQueue(
      { name: clusterObjectNames.tenantLocalQueue, namespace, labels: set },
      {
        clusterQueue: clusterObjectNames.tenantClusterQueue,
        ...(tenant.state === 'active' ? {} : { stopPolicy: 'HoldAndDrain' }),
      },
    ),
  );
}
