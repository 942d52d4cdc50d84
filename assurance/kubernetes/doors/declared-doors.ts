import type { Environment } from '../../../schema/model';
import { doorNames } from '../../../schema/door-names';
import { clusterObjectNames } from '../../../schema/names';
import { peopleServices } from '../../../schema/people-services';
import type { ClusterName } from '../../../schema/vocabulary';

/** A port of a cluster's nodes that is meant to be one, and whose pods it leads to. */
export interface DeclaredDoor {
  /** Name of its Service and of its network policy. */
  readonly name: string;
  readonly namespace: string;
  /** `app.kubernetes.io/name` of the pods. */
  readonly app: string;
  readonly port: number;
  readonly nodePort: number;
}

/** The doors of a cluster: the router's of production, and research's that people come to. */
export function declaredDoors(environment: Environment, cluster: ClusterName): readonly DeclaredDoor[] {
  const { router, routerDoor, routerNodePort, routerPort, servingNamespace } = clusterObjectNames;
  if (cluster === 'research')
    return peopleServices(environment).map(({ name, namespace, app, port, nodePort }) => ({
      name: doorNames.serviceDoor(name),
      namespace,
      app,
      port,
      nodePort,
    }));
  return environment.doors?.product === undefined
    ? []
    : [{ name: routerDoor, namespace: servingNamespace, app: router, port: routerPort, nodePort: routerNodePort }];
}
