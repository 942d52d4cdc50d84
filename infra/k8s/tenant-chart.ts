import { App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { chartObjects } from '../../constructs/k8s/render';
import { tenantNamespace } from '../../constructs/k8s/tenant/tenant-namespace';
import { tenantWorkloads } from '../../constructs/k8s/tenant/tenant-workloads';
import type { Environment } from '../../schema/model';
import { deliveryNames } from '../../schema/names';
import type { Tenant } from '../../schema/tenant';
import { type ChartFile, chartFile } from './chart-file';
import { tenantIndexObjects } from './flux-sync';

/**
 * The files of one tenant: the platform's layer, the tenant's own, and the index entry by which Flux finds both. An erased tenant has
 * none. They read nothing of any other tenant.
 */
export function tenantFiles(env: Environment, tenant: Tenant): readonly ChartFile[] {
  if (tenant.state === 'erased') return [];
  const owner = { kind: 'tenant', id: tenant.id } as const;
  const layer = (key: string, name: string, build: (scope: Construct) => void): ChartFile => {
    const chart = new Chart(new App(), name, { disableResourceNameHashes: true });
    build(chart);
    return chartFile({ cluster: 'production', key, owner }, chartObjects(chart));
  };
  return [
    layer(deliveryNames.tenantPlatformKey(tenant.id), 'platform', (scope) => {
      tenantNamespace(scope, env, tenant);
    }),
    layer(deliveryNames.tenantWorkloadsKey(tenant.id), 'workloads', (scope) => {
      tenantWorkloads(scope, env, tenant);
    }),
    chartFile(
      { cluster: 'production', key: deliveryNames.tenantIndexKey(tenant.id), owner },
      tenantIndexObjects(env, tenant),
    ),
  ];
}
