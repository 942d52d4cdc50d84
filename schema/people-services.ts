import type { EnvironmentConfig } from './environment';
import type { ClusterName } from './vocabulary';

/** Something of the research cluster that people come to by their door. */
export interface PeopleService {
  /** First label of its host name below the door's domain, and part of its names: 1 to 13 lower-case letters and digits. */
  readonly name: string;
  readonly namespace: string;
  /** `app.kubernetes.io/name` of its pods. */
  readonly app: string;
  /** TCP port of the container, the same on the Service: the VPC CNI's policies do not see a translated one. */
  readonly port: number;
  /**
   * TCP port of the nodes that leads to it, of those that Kubernetes keeps for NodePorts: 30000 to 32767, and no two have the same. Contract:
   * the priority of its rule, too.
   */
  readonly nodePort: number;
  /** Path that answers 200 to whoever asks, while it is well. */
  readonly healthPath: string;
}

/** Everything that there is to have behind people's door. Without anything there is no door. */
export const PEOPLE_SERVICES: readonly PeopleService[] = [];

type Doors = Pick<EnvironmentConfig, 'doors'>;

/** What an environment has behind its door for people. */
export const peopleServices = ({ doors }: Doors): readonly PeopleService[] =>
  doors?.people === undefined ? [] : PEOPLE_SERVICES;

/** Whether something of a cluster listens for those outside. */
export const hasDoors = (env: Doors, cluster: ClusterName): boolean =>
  cluster === 'production' ? env.doors?.product !== undefined : peopleServices(env).length > 0;
