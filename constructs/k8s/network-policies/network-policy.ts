import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { object, type KubernetesObject } from '../object';

export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: 'DoesNotExist' | 'Exists' }[];
}

/** One end of a permitted connection: an IPv4 block, or pods of this or another namespace. */
export interface NetworkPolicyPeer {
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
  readonly namespaceSelector?: LabelSelector;
  readonly podSelector?: LabelSelector;
}

export interface NetworkPolicyPort {
  readonly protocol: 'TCP' | 'UDP';
  /** The container's port: the VPC CNI's policies want the Service's to be the same. */
  readonly port: number;
}

/** A way out. Without ports every port is open. */
export interface EgressRule {
  readonly to: readonly NetworkPolicyPeer[];
  readonly ports?: readonly NetworkPolicyPort[];
}

/** A way in. */
export interface IngressRule {
  readonly from: readonly NetworkPolicyPeer[];
  readonly ports?: readonly NetworkPolicyPort[];
}

/** @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/ (2026-11-24) */
export interface NetworkPolicy extends KubernetesObject {
  readonly apiVersion: 'networking.k8s.io/v1';
  readonly kind: 'NetworkPolicy';
  readonly spec: {
    readonly podSelector: LabelSelector;
    readonly policyTypes: readonly ('Ingress' | 'Egress')[];
    readonly ingress?: readonly IngressRule[];
    readonly egress?: readonly EgressRule[];
  };
}

export interface NetworkPoliciesProps {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly egress: readonly EgressRule[];
  /** Pods that reach each other on any port, and no others of the namespace, by the policy's name. @default none */
  readonly circles?: Readonly<Record<string, LabelSelector>>;
}

/**
 * Default deny of a namespace in both directions, and the exits and circles in policies of their own: if one is lost, the namespace is
 * closed rather than open.
 */
export function networkPolicies(scope: Construct, props: NetworkPoliciesProps): readonly ApiObject[] {
  const policy = (name: string, spec: NetworkPolicy['spec']): ApiObject =>
    object<NetworkPolicy>(scope, `network-${name}`, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, namespace: props.namespace, labels: props.labels },
      spec,
    });
  return [
    policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
    policy('exits', { podSelector: {}, policyTypes: ['Egress'], egress: props.egress }),
    ...Object.entries(props.circles ?? {}).map(([name, podSelector]) =>
      policy(name, {
        podSelector,
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [{ podSelector }] }],
        egress: [{ to: [{ podSelector }] }],
      }),
    ),
  ];
}
