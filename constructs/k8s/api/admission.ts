/**
 * `admissionregistration.k8s.io/v1`, Kubernetes 1.36 (GA since 1.30; read 2026-11-24): the fields used here, under their own names.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/validating-admission-policy-v1
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
import type { KubernetesObject, ObjectMeta } from '../object';
import type { LabelSelector } from './kueue';

const V1 = 'admissionregistration.k8s.io/v1';

export interface ResourceRule {
  /** '' is the core group. */
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly operations: readonly ('CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT')[];
  /** Plurals; a subresource is `pods/ephemeralcontainers`. */
  readonly resources: readonly string[];
  /** Upstream default '*'. */
  readonly scope?: 'Namespaced' | 'Cluster' | '*';
}

export interface MatchResources {
  readonly resourceRules: readonly ResourceRule[];
  /** Upstream default: every namespace. */
  readonly namespaceSelector?: LabelSelector;
  /** Equivalent (upstream default): a request in another version of the API is converted and judged as well. */
  readonly matchPolicy: 'Equivalent';
}

export interface Validation {
  /** CEL that must be true. */
  readonly expression: string;
  /** What the refused person reads. */
  readonly message: string;
  readonly reason?: 'Forbidden' | 'Invalid';
}

export interface ValidatingAdmissionPolicy extends KubernetesObject {
  readonly apiVersion: typeof V1;
  readonly kind: 'ValidatingAdmissionPolicy';
  readonly spec: {
    /** Fail: an expression that errs refuses the request. */
    readonly failurePolicy: 'Fail';
    readonly matchConstraints: MatchResources;
    /** All must be true for the policy to judge at all. */
    readonly matchConditions?: readonly { readonly name: string; readonly expression: string }[];
    /** Computed once, lazily, in order; read as `variables.<name>`. */
    readonly variables?: readonly { readonly name: string; readonly expression: string }[];
    readonly validations: readonly Validation[];
  };
}

/** A policy does nothing until it is bound. */
export interface ValidatingAdmissionPolicyBinding extends KubernetesObject {
  readonly apiVersion: typeof V1;
  readonly kind: 'ValidatingAdmissionPolicyBinding';
  readonly spec: {
    readonly policyName: string;
    /** Deny, and a line in the audit log. */
    readonly validationActions: readonly ('Deny' | 'Audit' | 'Warn')[];
  };
}

export const validatingAdmissionPolicy = (
  metadata: ObjectMeta,
  spec: ValidatingAdmissionPolicy['spec'],
): ValidatingAdmissionPolicy => ({ apiVersion: V1, kind: 'ValidatingAdmissionPolicy', metadata, spec });

export const validatingAdmissionPolicyBinding = (
  metadata: ObjectMeta,
  spec: ValidatingAdmissionPolicyBinding['spec'],
): ValidatingAdmissionPolicyBinding => ({ apiVersion: V1, kind: 'ValidatingAdmissionPolicyBinding', metadata, spec });
