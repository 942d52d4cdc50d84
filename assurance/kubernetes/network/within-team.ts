import type { Environment } from '../../../schema/model';
import { labels as labelNames } from '../../../schema/names';
import type { Finding } from '../../finding';
import type { Pinned } from '../objects/label-selector';
import type { Way } from '../way';
import { PROTOCOLS } from './policies';
import { reachByLabels, type Room } from './reach';

/** Pods of a team that meet each other: those of one grant, or those of none. */
interface Circle {
  readonly name: string;
  readonly pinned: Pinned;
}

const EVERY_PORT = PROTOCOLS.map((protocol) => ({ protocol, from: 1, to: 65_535 }));

/**
 * Which pods of a team reach which: those of the same grant on every port, and no others. Of a pod's labels that of its grant is
 * admission's to say (`grant-attacks.ts`), and the rest is the writer's.
 */
export function reachWithin(
  environment: Environment,
  room: Room,
  team: { readonly id: string },
): readonly { readonly ways: readonly Way[]; readonly findings: readonly Finding[] }[] {
  const { grant } = labelNames;
  const circles: readonly Circle[] = [
    { name: 'without a grant', pinned: { [grant]: undefined } },
    ...environment.grants
      .filter((each) => each.team === team.id)
      .map(({ id }) => ({ name: `of grant ${id}`, pinned: { [grant]: id } })),
  ];
  return circles.flatMap((from) =>
    circles.map((to) =>
      reachByLabels(
        { ...room, owner: `${room.owner} ${from.name}`, pinned: from.pinned },
        {
          name: from === to ? 'pods of its own' : `pods ${to.name}`,
          namespace: room.namespace,
          pinned: to.pinned,
          open: from === to ? EVERY_PORT : [],
          policies: room.policies,
          locks: [room.identity],
        },
      ),
    ),
  );
}
