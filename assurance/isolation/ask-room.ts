import { askGuardRails } from './ask-guard-rails';
import { askElsewhere, askServed } from './ask-open';
import { askRoles } from './ask-roles';
import { askStrangers } from './ask-strangers';
import type { DeclaredWay, Place } from './declared-way';
import { holdersIn } from './holders';
import type { RoleReach } from './reach';
import type { Room } from './room';
import { type Asking, isAt, locksItself, type Spot, TYPES } from './spot';

/** Asks everything about the resources of one room: settings, strangers, services, roles. */
export function askRoom(asking: Asking, room: Room, reach: RoleReach): void {
  const { ways, services, elsewhere, policy } = room;
  const seen = new Set<Place>();
  for (const resource of room.resources) {
    room.settings(resource);
    for (const type of TYPES[resource.kind] ?? []) {
      const spot: Spot = {
        of: room.of,
        resource,
        type,
        except: room.except,
        ...(policy === undefined ? {} : { policy }),
      };
      const at = <T extends { readonly on: Place }>(all: readonly T[]): T[] => all.filter(({ on }) => isAt(on, spot));
      const [here, served, others] = [at(ways), at(services), at(elsewhere)];
      for (const { on } of [...here, ...others]) seen.add(on);
      const holders = holdersOf(asking, room, here);
      if (policy === undefined) {
        if (locksItself(resource))
          askStrangers(asking, spot, { room, holders: [...holders.keys()], services: served, others });
        askServed(asking, spot, served);
        askElsewhere(asking, spot, others);
        room.also(spot);
      }
      if (policy !== 'elsewhere') askGuardRails(asking, spot);
      askRoles(asking, spot, { holders, reach });
    }
  }
  for (const { on, who, actions } of [...ways, ...elsewhere].filter((way) => !seen.has(way.on)))
    closed(asking, room, `${who}: ${actions.join(', ')}: got no ${on.kind} ${on.name} in the stacks`);
}

/** Ways by the role that has them; one whose role is not there is closed. */
function holdersOf(asking: Asking, room: Room, ways: readonly DeclaredWay[]): Map<string, DeclaredWay[]> {
  const holders = new Map<string, DeclaredWay[]>();
  for (const way of ways) {
    const arns = holdersIn(asking.engine.world, way.holder);
    for (const arn of arns) {
      if (way.by === undefined) asking.holders.add(arn);
      holders.set(arn, [...(holders.get(arn) ?? []), way]);
    }
    if (arns.length === 0)
      closed(asking, room, `${way.who}: ${way.actions.join(', ')}: got no role ${JSON.stringify(way.holder)}`);
  }
  return holders;
}

function closed(asking: Asking, { subject }: Room, got: string): void {
  asking.findings.push({
    proof: 'isolation',
    kind: 'closed',
    subject,
    message: `${got}, allowed one: the way is declared`,
  });
}
