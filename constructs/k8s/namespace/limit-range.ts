import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { object, type KubernetesObject, type ObjectMeta } from '../object';

interface Measures {
  readonly cpu: string;
  readonly memory: string;
}

/** @see https://kubernetes.io/docs/concepts/policy/limit-range/ (2026-11-24) */
export interface LimitRange extends KubernetesObject {
  readonly apiVersion: 'v1';
  readonly kind: 'LimitRange';
  readonly spec: {
    readonly limits: readonly {
      readonly type: 'Container';
      readonly default: Measures;
      readonly defaultRequest: Measures;
      readonly max: Measures;
    }[];
  };
}

/** What a container gets that names nothing: little, and the same on both sides, so that it is bounded from the start. */
const UNNAMED: Measures = { cpu: '500m', memory: '512Mi' };

/**
 * Bounds of one container. GPUs are left to the quota: a `max` without a `default` becomes the default, and every container of the
 * namespace would ask for a GPU.
 */
export function limitRange(scope: Construct, metadata: ObjectMeta, max: Measures): ApiObject {
  return object<LimitRange>(scope, `limits-${metadata.name}`, {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata,
    spec: { limits: [{ type: 'Container', default: UNNAMED, defaultRequest: UNNAMED, max }] },
  });
}
