import type { World } from '../iam/world';
import type { Holder } from './declared-way';

/** ARNs of the roles of a world that a holder means; none is a way that cannot be used. */
export function holdersIn(world: World, holder: Holder): string[] {
  if ('roleArn' in holder) return world.roles.has(holder.roleArn) ? [holder.roleArn] : [];
  if ('awsPolicy' in holder)
    return [...world.roles.values()]
      .filter(
        ({ account, policies }) =>
          account === holder.account && policies.some(({ where }) => where.endsWith(`/${holder.awsPolicy}`)),
      )
      .map(({ arn }) => arn);
  return world.associations
    .filter(
      ({ clusterArn, namespace, serviceAccount }) =>
        clusterArn === holder.cluster && namespace === holder.namespace && serviceAccount === holder.serviceAccount,
    )
    .map(({ role }) => role);
}
