import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { object, type KubernetesObject, type ObjectMeta } from '../object';

export interface ServiceAccount extends KubernetesObject {
  readonly apiVersion: 'v1';
  readonly kind: 'ServiceAccount';
  readonly automountServiceAccountToken: false;
}

/**
 * A service account whose pods get no token for the API server. Pod Identity is not touched by it: its webhook projects a token of
 * its own, with its own audience.
 */
export function serviceAccount(scope: Construct, metadata: ObjectMeta): ApiObject {
  return object<ServiceAccount>(scope, `account-${metadata.name}`, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata,
    automountServiceAccountToken: false,
  });
}
