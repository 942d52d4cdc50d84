import { tenantNames } from '../../schema/names';
import type { Tenant } from '../../schema/tenant';
import { askSubscribed } from './ask-open';
import { askSettings } from './ask-settings';
import { askDeadLetters, queuesOf } from './ask-wiring';
import { tenantErasures } from './declared-erasure';
import type { DeclaredService } from './declared-services';
import type { DeclaredWay } from './declared-way';
import { deploysOf } from './guarded-actions';
import { type Room, roomOf } from './room';
import type { Asking } from './spot';

/** What is meant to be open on one tenant's resources. */
export interface DeclaredOfTenant {
  readonly ways: readonly DeclaredWay[];
  readonly services: readonly DeclaredService[];
}

/** All that the stack of one tenant has. */
export function tenantRoom(asking: Asking, tenant: Tenant, { ways, services }: DeclaredOfTenant): Room {
  const { env, engine } = asking;
  const stack = `${env.name}-tenant-${tenant.id}/`;
  // Who subscribes the tenant's own queues to its own topic gets nothing by it.
  const own = queuesOf(env, tenant);
  return roomOf({
    subject: `tenant-${tenant.id}`,
    of: tenant.id,
    resources: [...engine.world.resources.values()].filter(({ where }) => where.startsWith(stack)),
    ways,
    services,
    elsewhere: tenantErasures(env, tenant),
    harmless: ({ kind }) =>
      kind === 'sns:topic' ? { 'sns:Subscribe': [{ where: { StringEquals: { 'sns:Endpoint': own } } }] } : {},
    settings: (resource) => {
      askSettings(asking, resource, {
        keyAlias: tenantNames.keyAlias(env, tenant.id),
        topicArn: tenantNames.eventsTopicArn(env, tenant.id),
      });
      if (resource.kind === 'sqs:queue') askDeadLetters(asking, tenant, resource);
    },
    also: (spot) => {
      if (spot.resource.kind === 'sns:topic') askSubscribed(asking, spot, deploysOf(env), queuesOf(env, tenant));
    },
  });
}
