import type { Construct } from 'constructs';
import type { Environment } from '../../../schema/model';
import { tenantNames } from '../../../schema/names';
import type { Tenant } from '../../../schema/tenant';
import { labelSet } from '../label-set';
import { object, type KubernetesObject } from '../object';
import { pipelinesOf } from './pipeline-limits';
import { pipelineScaledJob } from './pipeline-scaled-job';
import { tenantTraining, trainingsOf } from './tenant-training';

interface ConfigMap extends KubernetesObject {
  readonly apiVersion: 'v1';
  readonly kind: 'ConfigMap';
  readonly data: Readonly<Record<string, string>>;
}

/**
 * The tenant's own layer: a ScaledJob per pipeline, a Job per training that was asked for, and a ConfigMap that says what the tenant is. The ConfigMap stays when
 * the tenant is suspended, so that the layer always has a file and an object, and pruning the rest is an ordinary change.
 */
export function tenantWorkloads(scope: Construct, env: Environment, tenant: Tenant): void {
  const pipelines = pipelinesOf(env, tenant);
  object<ConfigMap>(scope, 'profile', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'tenant-profile',
      namespace: tenantNames.namespace(tenant.id),
      labels: labelSet({ env, name: 'tenant', owner: `tenant/${tenant.id}` }),
    },
    data: {
      state: tenant.state,
      isolation: tenant.isolation,
      pipelines: pipelines.map(({ name }) => name).join(','),
    },
  });
  for (const pipeline of pipelines) pipelineScaledJob(scope, env, tenant, pipeline);
  for (const training of trainingsOf(env, tenant)) tenantTraining(scope, env, tenant, training);
}
