import type { Environment } from '../../../../schema/model';
import type { ClusterName } from '../../../../schema/vocabulary';
import type { KubernetesObject } from '../../object';
import { grantPolicies } from './grants';
import { imagePolicies } from './images';
import { jobPolicies } from './jobs';
import { namespacePolicies } from './namespaces';
import { placementPolicies } from './placement';
import { scaledJobPolicies } from './scaled-jobs';
import { serviceAccountPolicies } from './service-accounts';

/** Every admission policy of a cluster with its binding. */
export function admissionObjects(env: Environment, cluster: ClusterName): readonly KubernetesObject[] {
  return [
    ...imagePolicies(env, cluster),
    ...placementPolicies(env, cluster),
    ...serviceAccountPolicies(env, cluster),
    ...jobPolicies(env, cluster),
    ...(cluster === 'production' ? scaledJobPolicies(env) : grantPolicies(env)),
    ...namespacePolicies(env),
  ];
}
