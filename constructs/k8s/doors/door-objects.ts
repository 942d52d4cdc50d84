import type { Environment } from '../../../schema/model';
import { doorNames } from '../../../schema/door-names';
import { clusterObjectNames } from '../../../schema/names';
import { type PeopleService, peopleServices } from '../../../schema/people-services';
import type { ClusterName } from '../../../schema/vocabulary';
import type { KubernetesObject } from '../object';
import { nodePortDoor } from './node-port-door';

/** The router's port of the nodes, for the product's load balancer; nothing where it has none. */
export function routerDoor(env: Environment): readonly KubernetesObject[] {
  if (env.doors?.product === undefined) return [];
  return nodePortDoor(env, {
    cluster: 'production',
    name: clusterObjectNames.routerDoor,
    namespace: clusterObjectNames.servingNamespace,
    app: clusterObjectNames.router,
    port: clusterObjectNames.routerPort,
    nodePort: clusterObjectNames.routerNodePort,
  });
}

/** The ports of the nodes of what is behind people's load balancer. */
export const peopleDoors = (env: Environment, services: readonly PeopleService[]): readonly KubernetesObject[] =>
  services.flatMap(({ name, namespace, app, port, nodePort }) =>
    nodePortDoor(env, { cluster: 'research', name: doorNames.serviceDoor(name), namespace, app, port, nodePort }),
  );

/** What of a cluster's objects its doors are made of. */
export const doorObjects = (env: Environment, cluster: ClusterName): readonly KubernetesObject[] =>
  cluster === 'production' ? routerDoor(env) : peopleDoors(env, peopleServices(env));
