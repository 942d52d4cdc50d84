import type { Environment } from '../../../../schema/model';
import { controllerNames, labels, teamNames } from '../../../../schema/names';
import type { ClusterName } from '../../../../schema/vocabulary';
import { QUEUE_NAME_LABEL } from '../../api/kueue';
import type { KubernetesObject } from '../../object';
import { celString } from './cel';
import { deadlines } from './deadlines';
import { podShapes, type PodShape } from './pod-shape';
import { policy } from './policy';

const JOB_CONTROLLER = celString(controllerNames.username('kube-system', 'job-controller'));
const KUEUE = celString(
  controllerNames.username(controllerNames.kueue.namespace, controllerNames.kueue.serviceAccount),
);
const QUEUE = celString(QUEUE_NAME_LABEL);
const TEAMS = { matchExpressions: [{ key: labels.team, operator: 'Exists' } as const] };
const TENANTS = { matchExpressions: [{ key: labels.tenant, operator: 'Exists' } as const] };
const JOBS = { apiGroups: ['batch'], apiVersions: ['v1'], resources: ['jobs'] };
const PODS = { apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] };

/** Whether a container asks for an extended resource (its name has a slash): a GPU by any name. */
function asksForDevices({ pod }: PodShape): string {
  const device = (list: string): string =>
    `${list}.exists(c, has(c.resources) && ` +
    `((has(c.resources.limits) && c.resources.limits.exists(r, r.contains('/'))) || ` +
    `(has(c.resources.requests) && c.resources.requests.exists(r, r.contains('/')))))`;
  return `(${device(`${pod}.containers`)} || (has(${pod}.initContainers) && ${device(`${pod}.initContainers`)}))`;
}

/** Every Job of a team waits in its queue: made suspended, with the queue's label, and started by Kueue alone. */
function queuedJobs(env: Environment): readonly KubernetesObject[] {
  return policy({
    env,
    name: 'queued-jobs',
    rules: [{ ...JOBS, operations: ['CREATE', 'UPDATE'] }],
    namespaceSelector: TEAMS,
    validations: [
      {
        expression:
          `has(object.metadata.labels) && ${QUEUE} in object.metadata.labels && ` +
          `object.metadata.labels[${QUEUE}] == ${celString(teamNames.localQueue)}`,
        message: `label ${QUEUE_NAME_LABEL}: must be '${teamNames.localQueue}'`,
      },
      {
        expression: `request.operation != 'CREATE' || (has(object.spec.suspend) && object.spec.suspend)`,
        message: 'a Job is made suspended; Kueue starts it',
      },
      {
        expression:
          `request.operation != 'UPDATE' || !(has(oldObject.spec.suspend) && oldObject.spec.suspend) || ` +
          `(has(object.spec.suspend) && object.spec.suspend) || request.userInfo.username == ${KUEUE}`,
        message: 'a Job is started by Kueue only',
      },
    ],
  });
}

/** Kinds of object with a GPU whose pods wait in the queue: Jobs, and CronJobs of which nobody but a person makes any. */
const WAITS: Partial<Record<PodShape['id'], string>> = {
  templates: "object.kind == 'Job'",
  cronjobs: '(has(object.spec.suspend) && object.spec.suspend)',
};

/** Pods of a team are made by controllers, and those with a device by the Job controller: ownerReferences alone can be written by anyone. */
function teamPods(env: Environment, shapes: readonly PodShape[]): readonly KubernetesObject[] {
  const pods = shapes.filter(({ id }) => id === 'pods');
  const others = shapes.filter(({ id }) => id !== 'pods');
  const ownedByJob =
    `has(object.metadata.ownerReferences) && ` +
    `object.metadata.ownerReferences.exists(o, o.apiVersion == 'batch/v1' && o.kind == 'Job')`;
  return [
    ...pods.flatMap((shape) =>
      policy({
        env,
        name: 'queued-pods',
        rules: [{ ...PODS, operations: ['CREATE'] }],
        namespaceSelector: TEAMS,
        validations: [
          {
            expression: `request.userInfo.username.startsWith('system:serviceaccount:kube-system:')`,
            message: 'pods are made by controllers only; make a Job in the queue',
          },
          {
            expression: `!${asksForDevices(shape)} || (request.userInfo.username == ${JOB_CONTROLLER} && ${ownedByJob})`,
            message: 'a pod with a GPU belongs to a Job in the queue',
          },
        ],
      }),
    ),
    ...others.flatMap((shape) =>
      policy({
        env,
        name: `queued-${shape.id}`,
        rules: shape.rules,
        namespaceSelector: TEAMS,
        validations: [
          {
            expression: `${WAITS[shape.id] ?? 'false'} || !${asksForDevices(shape)}`,
            message: 'GPUs are for Jobs in the queue only; a CronJob with a GPU is a template and stays suspended',
          },
        ],
      }),
    ),
  ];
}

/** Jobs of a tenant are made by KEDA or by the tenant's own layer, their pods by the Job controller: no person makes either. */
function tenantJobs(env: Environment): readonly KubernetesObject[] {
  const keda = celString(controllerNames.username(controllerNames.keda.namespace, controllerNames.keda.serviceAccount));
  const reconciler = `${celString(controllerNames.username(controllerNames.flux.namespace, ''))} + request.namespace + '-reconciler'`;
  return [
    ...policy({
      env,
      name: 'tenant-jobs',
      rules: [{ ...JOBS, operations: ['CREATE'] }],
      namespaceSelector: TENANTS,
      validations: [
        {
          expression: `request.userInfo.username == ${keda} || request.userInfo.username == ${reconciler}`,
          message: "Jobs of a tenant are made by KEDA or the tenant's own layer only",
        },
      ],
    }),
    ...policy({
      env,
      name: 'tenant-pods',
      rules: [{ ...PODS, operations: ['CREATE'] }],
      namespaceSelector: TENANTS,
      validations: [
        {
          expression: `request.userInfo.username == ${JOB_CONTROLLER}`,
          message: 'pods of a tenant are made by the Job controller only',
        },
      ],
    }),
  ];
}

/** Who may make Jobs and pods. */
export function jobPolicies(env: Environment, cluster: ClusterName): readonly KubernetesObject[] {
  return cluster === 'production'
    ? tenantJobs(env)
    : [...queuedJobs(env), ...deadlines(env), ...teamPods(env, podShapes(cluster))];
}
