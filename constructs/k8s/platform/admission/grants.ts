import type { Environment } from '../../../../schema/model';
import { labels, personUsername, teamNames } from '../../../../schema/names';
import type { KubernetesObject } from '../../object';
import { celList, celString } from './cel';
import { grantPodPolicies } from './grant-pods';
import { FLUX_USERS } from './namespaces';
import { policy } from './policy';

const TEAMS = { matchExpressions: [{ key: labels.team, operator: 'Exists' } as const] };
const RESERVED = celString(teamNames.grantNames);

/** Who may use each grant's account, as a CEL map of account to user names. */
function people(env: Environment): string {
  const each = env.grants.map(
    (grant) =>
      `${celString(teamNames.grantServiceAccount(grant.id))}: ${celList(grant.people.map((person) => personUsername(person)))}`,
  );
  return `{${each.join(', ')}}`;
}

/** Whether a name is of a grant that names who asks. */
const isOfTheirGrant = (name: string): string =>
  `variables.people.exists(a, ${name}.startsWith(a + '--') && request.userInfo.username in variables.people[a])`;

/** A grant's account: only the people that the grant names make Jobs with it. Their Jobs' pods are made by the Job controller. */
function use(env: Environment): readonly KubernetesObject[] {
  const account = 'object.spec.template.spec.serviceAccountName';
  return policy({
    env,
    name: 'grant-use',
    rules: [{ apiGroups: ['batch'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['jobs'] }],
    namespaceSelector: TEAMS,
    variables: { people: people(env) },
    validations: [
      {
        expression:
          `has(${account}) && (${account} == ${celString(teamNames.serviceAccount)} || ` +
          `(${account} in variables.people && request.userInfo.username in variables.people[${account}]))`,
        message: 'serviceAccountName: the account of a grant is for the people that the grant names',
      },
    ],
  });
}

/**
 * A pod of a grant is entered by its people only. Of a CONNECT a policy sees the pod's name, and its `object` is the request's options
 * (`PodPortForwardOptions`), never the pod: so names tell whose pod it is. Reading `pods/log` is no CONNECT and asks no admission
 * (docs/decisions/0024-what-a-team-shares.md).
 * @see https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/endpoints/handlers/rest.go ConnectResource (2026-11-26)
 * @see https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/validating/plugin.go NewPlugin (2026-11-26)
 */
function doors(env: Environment): readonly KubernetesObject[] {
  return policy({
    env,
    name: 'grant-doors',
    rules: [
      {
        apiGroups: [''],
        apiVersions: ['v1'],
        operations: ['CONNECT'],
        resources: ['pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy'],
      },
    ],
    namespaceSelector: TEAMS,
    variables: { people: people(env) },
    validations: [
      {
        expression: `!request.name.startsWith(${RESERVED}) || ${isOfTheirGrant('request.name')}`,
        message: 'a pod of a grant is entered by the people that the grant names',
      },
    ],
  });
}

/**
 * ConfigMaps of a grant are what its pods are told and run. The scope map is the platform's, others are its people's; who replaced one
 * would decide what the next pod does with the grant's rights. Kubernetes' own controllers empty a namespace that goes.
 */
function maps(env: Environment): readonly KubernetesObject[] {
  const user = 'request.userInfo.username';
  return policy({
    env,
    name: 'grant-maps',
    rules: [
      { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE', 'DELETE'], resources: ['configmaps'] },
    ],
    namespaceSelector: TEAMS,
    variables: {
      people: people(env),
      name:
        "request.operation == 'DELETE' ? oldObject.metadata.name : " +
        '(has(object.metadata.name) ? object.metadata.name : object.metadata.generateName)',
    },
    validations: [
      {
        expression:
          `!variables.name.startsWith(${RESERVED}) || ${user} in ${celList(FLUX_USERS)} || ` +
          `(request.operation == 'DELETE' && ${user}.startsWith('system:serviceaccount:kube-system:')) || ` +
          isOfTheirGrant('variables.name'),
        message: 'a ConfigMap of a grant is written by the people that the grant names, and its scope by the platform',
      },
    ],
  });
}

/** What keeps a grant's pods to the people that the grant names, within a team that shares a namespace. */
export const grantPolicies = (env: Environment): readonly KubernetesObject[] => [
  ...use(env),
  ...grantPodPolicies(env),
  ...doors(env),
  ...maps(env),
];
