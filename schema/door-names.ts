import { base, type Env, PREFIX } from './name-base';
import type { ClusterName } from './vocabulary';

/** What listens for those outside of the clusters. A load balancer's name has 32 characters at most, and so has a target group's. */
export const doorNames = {
  /** Load balancer and target group of the product's calls to the router. */
  product: (env: Env): string => `${base(env)}-product`,
  /** Load balancer of the people, in research. */
  people: (env: Env): string => `${base(env)}-people`,
  /** Target group of something behind it. */
  peopleTargets: (env: Env, service: string): string => `${base(env)}-${service}`,
  /** Every target group of a door of the environment. */
  targetGroups: (env: Env): string => `${base(env)}-*`,
  /** Service and network policy by which people's load balancer reaches something. */
  serviceDoor: (service: string): string => `${service}-door`,
  /** Function, and its role, that has the system nodes' Auto Scaling group register them. */
  targets: (env: Env, cluster: ClusterName): string => `${base(env)}-${cluster}-door-targets`,
  targetsLogGroup: (env: Env, cluster: ClusterName): string => `/${PREFIX}/${env.name}/${cluster}/door-targets`,
};
