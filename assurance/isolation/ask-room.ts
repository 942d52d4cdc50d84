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
      const spot: Spot = { resource, type, ...(policy === undefined ? {} : { policy }) };
      const at = <T extends { readonly on: Place }>(all: readonly T[]): T[] => all.filter(({ on }) => isAt(on, spot));
      const here = at(ways);
      for (const { on } of [...here, ...at(elsewhere)]) seen.add(on);
      const holders = holdersOf(asking, room, here);
      const served = at(services);
      const others = at(elsewhere);
      const known = [...holders.keys()];
      const parts = [type, asking.sameness.ofResource(resource), room.facts];
      if (
        policy === undefined &&
        asking.sameness.isNew(room.of, resource, [...parts, known.join(), JSON.stringify([served, others])])
      ) {
        if (locksItself(resource)) askStrangers(asking, spot, { room, holders: known, services: served, others });
        askServed(asking, spot, served);
        askElsewhere(asking, spot, others);
        room.also(spot);
      }
      askRoles(asking, spot, { of: room.of, holders, reach });
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
    for (const arn of arns) holders.set(arn, [...(holders.get(arn) ?? []), way]);
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
