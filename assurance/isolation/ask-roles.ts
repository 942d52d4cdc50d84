import type { Policy } from '../iam/policy';
import type { Exception } from '../iam/query';
import { coversAction } from '../iam/statement-applies';
import type { Resource, Role } from '../iam/world';
import { askOpen } from './ask-open';
import { askerByArn } from './asker';
import { isDataAction } from './data-actions';
import type { DeclaredWay } from './declared-way';
import type { Lock } from './findings';
import type { RoleReach } from './reach';
import { merged, requirements } from './requirements';
import { type Asking, locksItself, mustRefuse, type Spot } from './spot';

/** What is declared of a role on a spot, as what is not wrong with an action: by both locks, or what one lets through by itself. */
function exceptions(
  asking: Asking,
  spot: Spot,
  ways: readonly DeclaredWay[],
  asked: Asked,
): (action: string) => Exception[] {
  const { lock, unbound } = asked;
  return (action) =>
    ways.flatMap((way): Exception[] => {
      const { actions, on, where, wider, by } = way;
      if (by !== undefined && by !== lock) return [];
      const wide = lock === 'both' ? undefined : wider?.[lock]?.way;
      if (!(wide?.actions ?? actions).includes(action)) return [];
      const path = wide?.path ?? on.path;
      const condition = merged(wide?.where ?? where, unbound ? way.session : undefined);
      const alternatives = lock === 'identity' ? [{}] : requirements(asking.env, spot, way, action);
      return alternatives.map((one) => ({ ...(path === undefined ? {} : { path }), where: merged(condition, one) }));
    });
}

interface Asked {
  readonly lock: Exclude<Lock, 'guard rails' | 'endpoint'>;
  /** Sessions as if the role had no trust policy. */
  readonly unbound: boolean;
}

interface Roles {
  /** Ways by the ARN of the role that has them. */
  readonly holders: ReadonlyMap<string, readonly DeclaredWay[]>;
  readonly reach: RoleReach;
}

/**
 * No role that the stacks make does more than is declared of it: by its own policies, whatever the resource's say; and where something is
 * declared, by the resource's policy, whatever its own say, and by both. What is declared is open.
 */
export function askRoles(asking: Asking, spot: Spot, { holders, reach }: Roles): void {
  const { resource, of } = spot;
  const { sameness, engine } = asking;
  const letIn = letInBy(resource);
  for (const role of engine.world.roles.values()) {
    const ways = holders.get(role.arn) ?? [];
    const statements = reach.of(role, spot);
    if (ways.length === 0 && statements.length === 0 && !letIn.has(role.arn)) continue;
    const pods = engine.world.associations
      .filter((one) => one.role === role.arn)
      .map(({ clusterArn, namespace, serviceAccount }) => [clusterArn, namespace, serviceAccount]);
    const parts = [
      spot.type,
      spot.policy ?? '',
      JSON.stringify(spot.except ?? []),
      ...sameness.ofRole(of, role, resource),
      ...sameness.ofResource(of, resource, askerByArn(role.arn)),
    ];
    if (!sameness.isNew(of, resource, [...parts, JSON.stringify(ways), JSON.stringify(pods)])) continue;
    const ask = (asked: Asked, about?: (action: string) => boolean): void => {
      mustRefuse(asking, spot, {
        principal: { kind: 'role', arn: role.arn },
        lock: asked.lock,
        sessions: asked.unbound ? 'unbound' : 'any',
        policies: asked.lock === 'resource' ? resource.policies : [...policiesOf(role), ...resource.policies],
        except: exceptions(asking, spot, ways, asked),
        ...(about === undefined ? {} : { of: about }),
      });
    };
    // Where the role asks something of its sessions, it is to ask it of all, whoever opened them; else its trust policy is what it has.
    const unbound = ways.some(({ session }) => session !== undefined);
    if (statements.length > 0)
      ask({ lock: 'identity', unbound }, (action) =>
        statements.some((statement) => coversAction(statement, action.toLowerCase())),
      );
    if (ways.length === 0 && !letIn.has(role.arn)) continue;
    if (spot.policy === undefined && locksItself(resource))
      // A bucket, a key or a queue leaves its configuration to the account's own policies: there its lock is about data.
      ask({ lock: 'resource', unbound: false }, (action) => isDataAction(resource.kind, spot.type, action));
    if (spot.policy === undefined) ask({ lock: 'both', unbound: false });
    askOpen(asking, spot, role.arn, ways);
  }
}

const policiesOf = ({ policies, boundary }: Role): readonly Policy[] =>
  boundary === undefined ? policies : [...policies, boundary];

/** ARNs that an Allow of the resource names itself: those need no policy of their own then. */
const letInBy = ({ policies }: Resource): ReadonlySet<string> =>
  new Set(
    policies
      .flatMap(({ statements }) => statements)
      .filter(({ effect }) => effect === 'Allow')
      .flatMap(({ principals }) => principals?.entries ?? [])
      .flatMap((entry) => (entry.kind === 'identity' ? [entry.arn] : [])),
  );
