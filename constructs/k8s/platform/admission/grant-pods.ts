import type { Environment } from '../../../../schema/model';
import { labels, teamNames } from '../../../../schema/names';
import type { ResourceRule } from '../../api/admission';
import type { KubernetesObject } from '../../object';
import { celString } from './cel';
import { policy } from './policy';

const WRITE = ['CREATE', 'UPDATE'] as const;

/** Where an object says whose pods it makes. */
interface Marks {
  readonly id: 'jobs' | 'pods';
  readonly rule: ResourceRule;
  /** CEL of the PodSpec. */
  readonly pod: string;
  /** CEL of the pods' labels. */
  readonly labels: string;
}

const MARKS: readonly Marks[] = [
  {
    id: 'jobs',
    rule: { apiGroups: ['batch'], apiVersions: ['v1'], operations: WRITE, resources: ['jobs'] },
    pod: 'object.spec.template.spec',
    labels:
      'has(object.spec.template.metadata) && has(object.spec.template.metadata.labels) ? object.spec.template.metadata.labels : {}',
  },
  {
    id: 'pods',
    rule: { apiGroups: [''], apiVersions: ['v1'], operations: WRITE, resources: ['pods'] },
    pod: 'object.spec',
    labels: 'has(object.metadata.labels) ? object.metadata.labels : {}',
  },
];

/** Whether every ConfigMap that a pod is given is of its grant, whichever way it is given. */
function ownMaps(pod: string): string {
  const own = (of: string): string =>
    `(${of}.name == variables.account || ${of}.name.startsWith(variables.account + '--'))`;
  const volumes =
    `(!has(${pod}.volumes) || ${pod}.volumes.all(v, (!has(v.configMap) || ${own('v.configMap')}) && ` +
    `(!has(v.projected) || !has(v.projected.sources) || v.projected.sources.all(s, !has(s.configMap) || ${own('s.configMap')}))))`;
  const variables = (list: string): string =>
    `${list}.all(c, (!has(c.env) || c.env.all(e, !has(e.valueFrom) || !has(e.valueFrom.configMapKeyRef) || ` +
    `${own('e.valueFrom.configMapKeyRef')})) && ` +
    `(!has(c.envFrom) || c.envFrom.all(e, !has(e.configMapRef) || ${own('e.configMapRef')})))`;
  return `${volumes} && ${variables(`${pod}.containers`)} && (!has(${pod}.initContainers) || ${variables(`${pod}.initContainers`)})`;
}

/**
 * By its name and by its label a pod shows whose it is, to those who see nothing more of it: admission of a CONNECT, network policies and
 * the audit log. Both follow the account, of which `grant-use` says who may have it; and a pod of a grant takes no ConfigMap that others of
 * the team write. A name that the API server makes is there when policies judge: they do after `rest.BeforeCreate`.
 * @see https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go (2026-11-26)
 */
export function grantPodPolicies(env: Environment): readonly KubernetesObject[] {
  const label = celString(labels.grant);
  const team = `variables.account == ${celString(teamNames.serviceAccount)}`;
  const reserved = celString(teamNames.grantNames);
  return MARKS.flatMap(({ id, rule, pod, labels: marks }) =>
    policy({
      env,
      name: `grant-${id}`,
      rules: [rule],
      namespaceSelector: { matchExpressions: [{ key: labels.team, operator: 'Exists' }] },
      variables: {
        account: `${pod}.serviceAccountName`,
        name: 'has(object.metadata.name) ? object.metadata.name : object.metadata.generateName',
        marks,
      },
      validations: [
        {
          expression: `${team} ? !variables.name.startsWith(${reserved}) : variables.name.startsWith(variables.account + '--')`,
          message: `metadata.name: begins with 'grant-<id>--' for the account of that grant, and with '${teamNames.grantNames}' for no other`,
        },
        {
          expression:
            `${team} ? !(${label} in variables.marks) : ` +
            `${label} in variables.marks && ${reserved} + variables.marks[${label}] == variables.account`,
          message: `pods' label ${labels.grant}: is the grant of the account, and absent without one`,
        },
        {
          expression: `${team} || (${ownMaps(pod)})`,
          message: "a pod of a grant takes ConfigMaps named 'grant-<id>' or 'grant-<id>--…' only",
        },
      ],
    }),
  );
}
