import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { object, type KubernetesObject } from '../object';

export interface Namespace extends KubernetesObject {
  readonly apiVersion: 'v1';
  readonly kind: 'Namespace';
}

export interface RestrictedNamespaceProps {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Kubernetes minor version such as '1.36': the standard as it was then, so that an upgrade refuses no pod by surprise. */
  readonly kubernetesVersion: string;
}

/**
 * A namespace under Pod Security `restricted`.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/ (2026-11-24)
 */
export function restrictedNamespace(scope: Construct, props: RestrictedNamespaceProps): ApiObject {
  const version = `v${props.kubernetesVersion}`;
  return object<Namespace>(scope, 'namespace', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: props.name,
      labels: {
        ...props.labels,
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/enforce-version': version,
        'pod-security.kubernetes.io/audit': 'restricted',
        'pod-security.kubernetes.io/audit-version': version,
        'pod-security.kubernetes.io/warn': 'restricted',
        'pod-security.kubernetes.io/warn-version': version,
      },
    },
  });
}
