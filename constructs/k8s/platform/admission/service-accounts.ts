import type { Environment } from '../../../../schema/model';
import { clusterObjectNames, labels, teamNames } from '../../../../schema/names';
import { type ClusterName, TENANT_SERVICE_ACCOUNTS } from '../../../../schema/vocabulary';
import type { Validation } from '../../api/admission';
import type { KubernetesObject } from '../../object';
import { celList } from './cel';
import { podShapes, type PodShape } from './pod-shape';
import { policy } from './policy';

/** Audiences of the tokens that a pod may hold: Pod Identity's agent (its webhook adds the volume) and the router. */
const AUDIENCES = ['pods.eks.amazonaws.com', clusterObjectNames.routerAudience];

/** No pod of a tenant or a team has a token for the API server: neither mounted by default nor by a projected volume. */
function tokens({ pod }: PodShape): Validation[] {
  const source =
    `!has(s.serviceAccountToken) || ` +
    `(has(s.serviceAccountToken.audience) && s.serviceAccountToken.audience in ${celList(AUDIENCES)})`;
  return [
    {
      expression: `has(${pod}.automountServiceAccountToken) && !${pod}.automountServiceAccountToken`,
      message: 'automountServiceAccountToken: must be false',
    },
    {
      expression:
        `!has(${pod}.volumes) || ${pod}.volumes.all(v, !has(v.projected) || !has(v.projected.sources) || ` +
        `v.projected.sources.all(s, ${source}))`,
      message: `projected service-account tokens: allowed audiences ${AUDIENCES.join(', ')}`,
    },
  ];
}

/** A token of an account is all that its rights need: only the kubelet, for a pod on its node, asks for one. */
function tokenRequests(env: Environment, key: string): readonly KubernetesObject[] {
  return policy({
    env,
    name: 'token-requests',
    rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['serviceaccounts/token'] }],
    namespaceSelector: { matchExpressions: [{ key, operator: 'Exists' }] },
    validations: [
      {
        expression: "has(request.userInfo.groups) && request.userInfo.groups.exists(g, g == 'system:nodes')",
        message: 'tokens of service accounts are asked for by kubelets only',
      },
    ],
  });
}

/** Pods run as the accounts of their namespace that are meant for pods, and never as `default`. */
export function serviceAccountPolicies(env: Environment, cluster: ClusterName): readonly KubernetesObject[] {
  const production = cluster === 'production';
  const key = production ? labels.tenant : labels.team;
  const allowed = production
    ? [...TENANT_SERVICE_ACCOUNTS]
    : [teamNames.serviceAccount, ...env.grants.map((grant) => teamNames.grantServiceAccount(grant.id))];
  const accounts = podShapes(cluster).flatMap((shape) =>
    policy({
      env,
      name: `accounts-${shape.id}`,
      rules: shape.rules,
      namespaceSelector: { matchExpressions: [{ key, operator: 'Exists' }] },
      validations: [
        {
          expression: `has(${shape.pod}.serviceAccountName) && ${shape.pod}.serviceAccountName in ${celList(allowed)}`,
          message: production
            ? `serviceAccountName: allowed ${allowed.join(', ')}`
            : `serviceAccountName: allowed ${teamNames.serviceAccount} and the accounts of live grants`,
        },
        ...tokens(shape),
      ],
    }),
  );
  return [...accounts, ...tokenRequests(env, key)];
}
