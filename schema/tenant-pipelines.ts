import type { EnvironmentConfig } from './environment';
import type { Tenant } from './tenant';
import type { Pipeline } from './vocabulary';

/** The pipelines that read what a tenant hands over, in the order of its classes: each has a queue. */
export function tenantPipelines(env: Pick<EnvironmentConfig, 'pipelines'>, { data }: Pick<Tenant, 'data'>): Pipeline[] {
  const defined = new Set<string>(env.pipelines.map(({ name }) => name));
  return data.map((entry) => entry.class).filter((name) => defined.has(name));
}
