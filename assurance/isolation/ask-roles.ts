import type { Exception } from '../iam/query';
import { coversAction } from '../iam/statement-applies';
import { askOpen } from './ask-open';
import { isDataAction } from './data-actions';
import type { DeclaredWay } from './declared';
import type { Lock } from './findings';
import type { RoleReach } from './reach';
import { type Asking, mustRefuse, type Spot } from './spot';

/** What is declared of a role on a spot, as what is not wrong with an action: by both locks, or what one lets through by itself. */
function exceptions(ways: readonly DeclaredWay[], lock: Lock, action: string): Exception[] {
  return ways.flatMap(({ actions, on, where, wider, by }): Exception[] => {
    if (by !== undefined && by !== lock) return [];
    const wide = lock === 'both' ? undefined : wider?.[lock]?.way;
    if (!(wide?.actions ?? actions).includes(action)) return [];
    const path = wide?.path ?? on.path;
    const condition = wide?.where ?? where;
    return [{ ...(path === undefined ? {} : { path }), ...(condition === undefined ? {} : { where: condition }) }];
  });
}

/**
 * No role that the stacks make does more than is declared of it: by its own policies, whatever the resource's say; and where something is
 * declared, by the resource's policy, whatever its own say, and by both. What is declared is open.
 * @param holders ways by the ARN of the role that has them
 */
export function askRoles(
  asking: Asking,
  spot: Spot,
  holders: ReadonlyMap<string, readonly DeclaredWay[]>,
  reach: RoleReach,
): void {
  const { resource, tenant } = spot;
  const { sameness, engine } = asking;
  for (const role of engine.world.roles.values()) {
    const ways = holders.get(role.arn) ?? [];
    const statements = reach.of(role, resource.arn);
    if (ways.length === 0 && statements.length === 0) continue;
    const parts = [spot.type, sameness.ofResource(resource), sameness.ofRole(role), JSON.stringify(ways)];
    const pods = engine.world.associations.filter((one) => one.role === role.arn);
    if (!sameness.isNew(tenant.id, resource, [...parts, JSON.stringify(pods)])) continue;
    const ask = (lock: Lock, of?: (action: string) => boolean): void => {
      mustRefuse(asking, spot, {
        principal: { kind: 'role', arn: role.arn },
        lock,
        policies: lock === 'resource' ? resource.policies : [...role.policies, ...resource.policies],
        except: (action) => exceptions(ways, lock, action),
        ...(of === undefined ? {} : { of }),
      });
    };
    if (statements.length > 0)
      ask('identity', (action) => statements.some((statement) => coversAction(statement, action.toLowerCase())));
    if (ways.length === 0) continue;
    // A resource without a policy of its own has no second lock of this kind: its account's guard rails are it.
    if (resource.policies.length > 0)
      // A bucket, a key or a queue leaves its configuration to the account's own policies: there its lock is about data.
      ask('resource', (action) => isDataAction(resource.kind, spot.type, action));
    ask('both');
    askOpen(asking, spot, role.arn, ways);
  }
}
