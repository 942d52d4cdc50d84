import type { Environment } from '../../../schema/model';
import { clusterObjectNames, tenantNames } from '../../../schema/names';
import type { Tenant } from '../../../schema/tenant';
import { PIPELINES } from '../../../schema/vocabulary';
import type { Fields } from '../objects/kubernetes-object';
import { strangersOf } from '../objects/placeholder';
import type { Way } from '../way';
import { accountAttacks } from './account-attacks';
import { type Battlefield, type Entrance, podAttacks } from './pod-attacks';
import { type Attempt, rightsLock } from './court';
import { account, type Identity, identities, person } from './identities';
import { honestPod, placed, poolsOf } from './pods';
import { shapes } from './shapes';
import { COMMON_VARIATIONS, CONTROLLERS_NODES, placedElsewhere, type Variation } from './variations';

/** One trigger as the platform writes it, with what an attack changes. */
export function trigger(environment: Environment, queueURL: string, more: Fields = {}, metadata: Fields = {}): Fields {
  return {
    type: 'aws-sqs-queue',
    metadata: { queueURL, awsRegion: environment.region, queueLength: '20', ...metadata },
    authenticationRef: { name: clusterObjectNames.sqsAuthentication },
    ...more,
  };
}

/** How a tenant's own layer starts pods: a ScaledJob, from which KEDA makes Jobs, or a Job. */
export function tenantEntrances(environment: Environment, { id }: Tenant): readonly Entrance[] {
  const by = identities.reconciler(id);
  const queue = tenantNames.queueUrl(environment, id, PIPELINES[0]);
  return [
    {
      by,
      shape: shapes.scaledJob,
      more: { triggers: [trigger(environment, queue)] },
      then: { by: identities.keda, shape: shapes.job },
    },
    { by, shape: shapes.job },
  ];
}

/** Pods of the tenant that ask for nodes of others, of the platform, or of the other isolation. */
function placements(environment: Environment, tenant: Tenant): readonly Variation[] {
  const own = poolsOf(environment, tenant);
  const others = environment.nodePools.filter(
    ({ cluster, name }) => cluster === 'production' && !own.some(({ pool }) => pool.name === name),
  );
  return [
    ...own.flatMap(({ pool, tenant: node }) =>
      node === undefined
        ? [placedElsewhere(`asks for a tenant's nodes in the shared pool ${pool.name}`, placed(pool.name, tenant.id))]
        : [
            placedElsewhere(`asks for any tenant's nodes in pool ${pool.name}`, placed(pool.name)),
            ...strangersOf(tenant.id).map((stranger) =>
              placedElsewhere(`asks for nodes of tenant ${stranger} in pool ${pool.name}`, placed(pool.name, stranger)),
            ),
          ],
    ),
    ...others.flatMap(({ name }) => [
      placedElsewhere(`asks for pool ${name}`, placed(name)),
      placedElsewhere(`asks for its own nodes in pool ${name}`, placed(name, tenant.id)),
    ]),
    placedElsewhere("asks for the controllers' nodes", CONTROLLERS_NODES),
  ];
}

/** Every attack on the way to a pod in the tenant's namespace. */
export function tenantPodAttacks(environment: Environment, field: Battlefield, tenant: Tenant): readonly Way[] {
  const [own] = poolsOf(environment, tenant);
  if (own === undefined) return [];
  const honest = honestPod(environment, 'production', 'pipeline', placed(own.pool.name, own.tenant));
  const entrances = tenantEntrances(environment, tenant);
  return [...COMMON_VARIATIONS, ...placements(environment, tenant)].flatMap((variation) =>
    podAttacks(field, entrances, honest, variation),
  );
}

/** Who may not make what the tenant's layer and the controllers make there. */
export function tenantUserAttacks(environment: Environment, field: Battlefield, tenant: Tenant): readonly Way[] {
  const { court, grants, namespace, owner } = field;
  const [own] = poolsOf(environment, tenant);
  if (own === undefined) return [];
  const pod = honestPod(environment, 'production', 'pipeline', placed(own.pool.name, own.tenant));
  const subject = `production: ${namespace.name}`;
  const intruders: readonly (readonly [string, Identity])[] = [
    ['a viewer', person('viewer@example.com', clusterObjectNames.viewersGroup)],
    ['a pod of its own', account(namespace.name, 'pipeline')],
    ...strangersOf(tenant.id).flatMap((stranger): (readonly [string, Identity])[] => [
      [`the layer of tenant ${stranger}`, identities.reconciler(stranger)],
      [`a pod of tenant ${stranger}`, account(tenantNames.namespace(stranger), 'pipeline')],
    ]),
  ];
  // Its rights are everything, so that admission is all there is.
  const administrator = ['an administrator', person('break-glass@example.com')] as const;
  const made = [shapes.job, shapes.pod].flatMap((shape) =>
    [...intruders, administrator].map(([who, by]): Way => {
      const write: Attempt = {
        by,
        operation: 'CREATE',
        group: shape.group,
        version: shape.version,
        resource: shape.resource,
        namespace,
        object: shape.around(pod, {}),
      };
      const locks = [court.lock(`${shape.kind}s`, write)];
      return {
        subject,
        what: `${owner}: ${who} starts a pod by a ${shape.kind} in ${namespace.name}`,
        locks: who === administrator[0] ? locks : [rightsLock(grants, write), ...locks],
      };
    }),
  );
  return [...made, ...accountAttacks(field, [...intruders, ['its own layer', identities.reconciler(tenant.id)]], pod)];
}
