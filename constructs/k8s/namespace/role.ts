import type { Construct } from 'constructs';
import { object, type KubernetesObject, type ObjectMeta } from '../object';

export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'use';

export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly Verb[];
}

export type Subject =
  | { readonly kind: 'ServiceAccount'; readonly name: string; readonly namespace: string }
  | { readonly kind: 'Group' | 'User'; readonly name: string; readonly apiGroup: 'rbac.authorization.k8s.io' };

/** @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/ (2026-11-24) */
export interface Role extends KubernetesObject {
  readonly apiVersion: 'rbac.authorization.k8s.io/v1';
  readonly kind: 'Role';
  readonly rules: readonly PolicyRule[];
}

export interface RoleBinding extends KubernetesObject {
  readonly apiVersion: 'rbac.authorization.k8s.io/v1';
  readonly kind: 'RoleBinding';
  readonly roleRef: { readonly apiGroup: 'rbac.authorization.k8s.io'; readonly kind: 'Role'; readonly name: string };
  readonly subjects: readonly Subject[];
}

/** A Role and a RoleBinding of the same name, in one namespace. Nothing here is cluster-wide. */
export function boundRole(
  scope: Construct,
  metadata: ObjectMeta,
  rules: readonly PolicyRule[],
  subjects: readonly Subject[],
): void {
  object<Role>(scope, `role-${metadata.name}`, {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata,
    rules,
  });
  object<RoleBinding>(scope, `binding-${metadata.name}`, {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
    subjects,
  });
}
