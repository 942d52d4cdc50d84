import { arn } from '../../schema/arns';
import type { Environment } from '../../schema/model';
import { clusterNames, stackNames, tenantNames } from '../../schema/names';
import type { Tenant } from '../../schema/tenant';
import { tenantPipelines } from '../../schema/tenant-pipelines';
import { CLUSTERS } from '../../schema/vocabulary';
import type { Resource } from '../iam/world';
import { noteSetting } from './ask-properties';
import type { Asking } from './spot';

/** ARNs of the queues of a tenant's pipelines. */
export const queuesOf = (env: Environment, tenant: Tenant): string[] =>
  tenantPipelines(env, tenant).map((name) => tenantNames.queueArn(env, tenant.id, name));

const deadLettersOf = (env: Environment, { id }: Tenant): string =>
  arn.queue(env, 'production', tenantNames.deadLetterQueue(env, id));

/**
 * A dead letter is a whole message, and no policy of a queue is known to stop SQS from moving it: a tenant's go into its own dead-letter queue, into that one go no
 * other's, and into a pipeline's queue, where it would be an order, goes none.
 */
export function askDeadLetters(asking: Asking, tenant: Tenant, queue: Resource): void {
  const isLast = queue.arn === deadLettersOf(asking.env, tenant);
  askRedriven(asking, tenant, queue, isLast ? 'nothing' : 'its own');
  const { deadLettersFrom: from = 'any' } = queue;
  const allowed = isLast ? queuesOf(asking.env, tenant) : [];
  const others = from === 'any' ? ['every queue of the account'] : from.filter((one) => !allowed.includes(one));
  for (const other of others)
    noteSetting(
      asking,
      queue,
      `RedriveAllowPolicy: got ${other}, allowed ${isLast ? `byQueue of ${allowed.join(', ')}` : 'denyAll'}`,
    );
}

function askRedriven(
  asking: Asking,
  tenant: Tenant,
  from: Pick<Resource, 'where' | 'deadLettersTo'>,
  to: 'its own' | 'nothing',
): void {
  const got = from.deadLettersTo ?? 'nothing';
  const wanted = to === 'nothing' ? to : deadLettersOf(asking.env, tenant);
  if (got !== wanted) noteSetting(asking, from, `RedrivePolicy: got ${got}, allowed ${wanted}`);
}

/**
 * Nothing sends on what comes into a log group, but the audit events of the clusters that the evidence's stacks send; and what comes to a tenant's topic
 * goes to its queues alone, whatever was made first, the topic's policy or the subscription.
 */
export function askSubscriptions(asking: Asking): void {
  const { env, engine } = asking;
  const evidence = new Map(
    CLUSTERS.map((cluster) => [
      stackNames.deployed(env, stackNames.platform(cluster, 'evidence')),
      clusterNames.controlPlaneLogGroup(env, cluster),
    ]),
  );
  for (const filter of engine.world.logFilters) {
    const allowed = evidence.get(filter.where.split('/')[0] ?? '');
    if (filter.logGroup !== allowed)
      noteSetting(
        asking,
        filter,
        `a subscription of the log group: got ${filter.logGroup}, allowed ${allowed ?? 'none'}`,
      );
  }
  const topics = new Map(env.tenants.map((tenant) => [tenantNames.eventsTopicArn(env, tenant.id), tenant]));
  for (const subscription of engine.world.subscriptions) {
    const tenant = topics.get(subscription.topic);
    if (tenant === undefined) continue;
    const allowed = queuesOf(env, tenant);
    if (!allowed.includes(subscription.endpoint))
      noteSetting(
        asking,
        subscription,
        `a subscription of the topic: got ${subscription.endpoint}, allowed ${allowed.join(', ')}`,
      );
    askRedriven(asking, tenant, subscription, 'its own');
  }
}
