import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

/** What every Kubernetes object has. Label and annotation values are strings: a bare number or boolean is refused by the server. */
export interface ObjectMeta {
  /** Name, always explicit: a generated one hashes the construct's path, so that a rename here would replace the object there. */
  readonly name: string;
  /** Namespace of a namespaced object, always explicit; absent on a cluster-scoped one. */
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The least of an object; each kind narrows it with an interface of its own (`constructs/k8s/api`). */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** Charts hold no namespace and no labels of their own: cdk8s would stamp both on cluster-scoped objects as well. */
function refuseChartDefaults(object: ApiObject): void {
  if (object.chart.namespace !== undefined) {
    throw new Error(
      `${object.node.path}: got a chart with namespace '${object.chart.namespace}', allowed a chart without one; ` +
        `write metadata.namespace on each object`,
    );
  }
}

/**
 * The path of the first null, undefined array item or number that JSON cannot hold, or undefined when there is none. A null is
 * how a quantity silently becomes 0 (`nvidia.com/gpu`), and cdk8s drops it without a word.
 */
export function findNull(value: unknown, path = ''): string | undefined {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return path;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const at = `${path}[${i}]`;
      const found = value[i] === undefined ? at : findNull(value[i], at);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) {
      const found = findNull(item, path === '' ? key : `${path}.${key}`);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/**
 * One object of a chart, as plain data: nothing is added to it, and a null in it is an error at the line that wrote it.
 * An undefined property is left out.
 */
// The type parameter has each caller's literal checked against its own kind: `object<Namespace>(…)`.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function object<T extends KubernetesObject>(scope: Construct, id: string, manifest: T): ApiObject {
  const at = findNull(manifest);
  if (at !== undefined) {
    throw new Error(
      `${scope.node.path}/${id}: ${at}: got null, allowed a value; leave the property out or write its value`,
    );
  }
  const made = new ApiObject(scope, id, { ...manifest });
  refuseChartDefaults(made);
  return made;
}
