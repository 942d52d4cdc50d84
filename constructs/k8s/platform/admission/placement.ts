import type { Environment } from '../../../../schema/model';
import { clusterObjectNames, labels } from '../../../../schema/names';
import type { NodePool } from '../../../../schema/node-pool';
import type { ClusterName } from '../../../../schema/vocabulary';
import type { Validation } from '../../api/admission';
import type { KubernetesObject } from '../../object';
import { celList, celString, namespaceLabel } from './cel';
import { podShapes, type PodShape } from './pod-shape';
import { policy } from './policy';

const POOL = celString(labels.pool);
const NODE_TENANT = celString(labels.nodeTenant);
const OWN_PRIORITIES = [
  clusterObjectNames.pipelinePriorityClass,
  clusterObjectNames.servingPriorityClass,
  clusterObjectNames.trainingPriorityClass,
  clusterObjectNames.workbenchPriorityClass,
];

/**
 * A pod with a nodeName skips the scheduler and with it taints and selectors. A pod that runs has one, so pods are judged when they are
 * made; later it cannot change.
 */
function nodeName({ id, pod }: PodShape): Validation {
  const none = `!has(${pod}.nodeName) || ${pod}.nodeName == ''`;
  return {
    expression: id === 'pods' ? `request.operation != 'CREATE' || ${none}` : none,
    message: 'nodeName is set by the scheduler only; use nodeSelector',
  };
}

/**
 * Tolerations beside the pool's own: those of a node's conditions, which the API server adds to every pod, and the one that it adds to
 * pods with GPUs. No pool's taint is among them. A toleration without a key tolerates everything.
 */
function tolerations({ pod }: PodShape): Validation {
  const ownPool =
    `t.key == ${POOL} && (!has(t.operator) || t.operator == 'Equal') && ` + `has(t.value) && t.value == variables.pool`;
  return {
    expression:
      `!has(${pod}.tolerations) || ${pod}.tolerations.all(t, has(t.key) && ` +
      `((${ownPool}) || t.key.startsWith('node.kubernetes.io/') || t.key == 'nvidia.com/gpu'))`,
    message: `a pod tolerates its own pool only: ${labels.pool} Equal the pool of its nodeSelector`,
  };
}

function common(shape: PodShape): Validation[] {
  const { pod } = shape;
  return [
    nodeName(shape),
    tolerations(shape),
    {
      expression: `!has(${pod}.affinity) || !has(${pod}.affinity.nodeAffinity)`,
      message: 'nodeAffinity is not allowed; use nodeSelector',
    },
    {
      expression: `!has(${pod}.schedulerName) || ${pod}.schedulerName == 'default-scheduler'`,
      message: "schedulerName: allowed 'default-scheduler' only",
    },
    {
      expression: `!has(${pod}.resourceClaims) || ${pod}.resourceClaims.size() == 0`,
      message: 'resourceClaims are not allowed: quota and queues count nvidia.com/gpu only',
    },
    {
      expression: `!has(${pod}.priorityClassName) || ${pod}.priorityClassName == '' || ${pod}.priorityClassName in ${celList(OWN_PRIORITIES)}`,
      message: `priorityClassName: allowed ${OWN_PRIORITIES.join(', ')} only; a system class would end the controllers`,
    },
  ];
}

const variables = ({ pod }: PodShape): Record<string, string> => ({
  selector: `has(${pod}.nodeSelector) ? ${pod}.nodeSelector : {}`,
  pool: `${POOL} in variables.selector ? variables.selector[${POOL}] : ''`,
});

/**
 * Pods of a tenant: on nodes under its own label, or (isolation `shared`) on the shared pools. Training is the exception: it is rare, and a
 * shared tenant's runs on nodes of its own like everybody's.
 */
function tenantPlacement(env: Environment, shape: PodShape): readonly KubernetesObject[] {
  const pools = env.nodePools.filter((pool) => pool.cluster === 'production' && pool.workload !== 'serving');
  const names = (of: (pool: NodePool) => boolean): string => celList(pools.filter(of).map(({ name }) => name));
  const own = names(({ segregation }) => segregation === 'tenant');
  const shared = names(({ segregation, workload }) => segregation === 'shared' || workload === 'training');
  return policy({
    env,
    name: `tenant-placement-${shape.id}`,
    rules: shape.rules,
    namespaceSelector: { matchExpressions: [{ key: labels.tenant, operator: 'Exists' }] },
    variables: { ...variables(shape), dedicated: `${namespaceLabel(labels.isolation)} == 'dedicated'` },
    validations: [
      {
        expression: `variables.pool in (variables.dedicated ? ${own} : ${shared})`,
        message: `nodeSelector ${labels.pool}: required, and a pool of the tenant's own isolation, or of training`,
      },
      {
        expression:
          `variables.pool in ${own} ? (${NODE_TENANT} in variables.selector && ` +
          `variables.selector[${NODE_TENANT}] == ${namespaceLabel(labels.tenant)}) : !(${NODE_TENANT} in variables.selector)`,
        message: `nodeSelector ${labels.nodeTenant}: must be the namespace's own tenant on a pool of nodes per tenant, and absent on a shared one`,
      },
      ...common(shape),
    ],
  });
}

/** Pods of a research team: on the research pools, never on the nodes of the controllers. */
function teamPlacement(env: Environment, shape: PodShape): readonly KubernetesObject[] {
  const pools = env.nodePools.filter((pool) => pool.cluster === 'research').map((pool) => pool.name);
  return policy({
    env,
    name: `team-placement-${shape.id}`,
    rules: shape.rules,
    namespaceSelector: { matchExpressions: [{ key: labels.team, operator: 'Exists' }] },
    variables: variables(shape),
    validations: [
      {
        expression: `variables.pool in ${celList(pools)}`,
        message: `nodeSelector ${labels.pool}: required, and a pool of the research cluster`,
      },
      {
        expression: `!(${NODE_TENANT} in variables.selector)`,
        message: `nodeSelector ${labels.nodeTenant}: not for research`,
      },
      ...common(shape),
    ],
  });
}

/** A Binding puts a pod on a node without its spec being judged: only the scheduler makes one. */
function bindingPolicy(env: Environment): readonly KubernetesObject[] {
  return policy({
    env,
    name: 'bindings',
    rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods/binding', 'bindings'] }],
    validations: [
      {
        expression: "request.userInfo.username == 'system:kube-scheduler'",
        message: 'bindings are made by the scheduler only',
      },
    ],
  });
}

export function placementPolicies(env: Environment, cluster: ClusterName): readonly KubernetesObject[] {
  const place = cluster === 'production' ? tenantPlacement : teamPlacement;
  return [...podShapes(cluster).flatMap((shape) => place(env, shape)), ...bindingPolicy(env)];
}
