import { App, Chart } from 'cdk8s';
import type { KubernetesObject } from '../../../constructs/k8s/object';
import { chartObjects } from '../../../constructs/k8s/render';
import type { Tenant, TenantInput } from '../../../schema/tenant';
import { sampleEnvironment, sampleTenants } from '../../support/sample-environment';

/** The objects that `build` puts into an empty chart. */
export function objectsOf(build: (chart: Chart) => void): KubernetesObject[] {
  const chart = new Chart(new App(), 'chart');
  build(chart);
  return chartObjects(chart);
}

/** A tenant of the sample environment, with some of its file changed. */
export function tenantOf(id: string, changes: Partial<TenantInput> = {}): Tenant {
  const tenants = sampleTenants.map((each) => (each.id === id ? { ...each, ...changes } : each));
  const found = sampleEnvironment({ tenants }).tenants.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no tenant ${id} in the sample`);
  return found;
}

/** The one object of a kind, and of a name if one is given. */
export function only(objects: readonly KubernetesObject[], kind: string, name?: string): KubernetesObject {
  const found = objects.filter((each) => each.kind === kind && (name === undefined || each.metadata.name === name));
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`got ${found.length} of ${kind} ${name ?? ''}, not one`);
  return first;
}

/** The value at a path such as `spec.triggers.0.metadata`, undefined where the path ends early. */
export function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], value);
}
