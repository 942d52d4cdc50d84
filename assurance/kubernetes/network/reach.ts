import type { Finding } from '../../finding';
import type { Labels } from '../objects/kubernetes-object';
import type { Pinned } from '../objects/label-selector';
import { type Lock, networkLock, openWay, type Way } from '../way';
import { pieces, textOf } from './addresses';
import { blocksOf, type NetworkPolicy, openPorts, type Ports } from './policies';
import type { Vpc } from './vpc';
import { type Zone, type ZoneName, zoneOf } from './zones';

/** Pods that are looked at together: those of a tenant's or a team's namespace, or of the platform. */
export interface Room {
  /** Such as `tenant acme`. */
  readonly owner: string;
  readonly cluster: string;
  readonly namespace: { readonly name: string; readonly labels: Labels };
  /** Labels of its pods that they do not choose. @default none */
  readonly pinned?: Pinned;
  /** Network policies of the namespace. */
  readonly policies: readonly NetworkPolicy[];
  /** What keeps its pods from being more than themselves: no token for the API server, no right. */
  readonly identity: Lock;
  /** What reaching its pods is worth nothing without, whatever the network lets through. */
  readonly listens: readonly Lock[];
}

const shown = ({ protocol, from, to }: Ports): string => `${protocol} ${from === to ? from : `${from} to ${to}`}`;

const within = (open: Ports, declared: readonly Ports[]): boolean =>
  declared.some(({ protocol, from, to }) => protocol === open.protocol && from <= open.from && open.to <= to);

/** What keeps pods from a zone beside the network policies. */
export function otherLocks({ name, replica }: Zone, room: Room, vpc: Vpc, metadata: Lock): readonly Lock[] {
  // Its database asks for a password, which grants alone open.
  if (replica !== undefined) return [replica.secret];
  switch (name) {
    case 'instance metadata':
      return [metadata];
    case 'Pod Identity':
    case 'the API server and the system nodes':
    case 'pods and nodes by address':
      return [room.identity];
    case 'other link-local addresses':
      return [vpc.dnsFirewall];
    case 'interface endpoints':
      return [vpc.endpointPorts];
    case 'private networks beyond the VPC':
    case 'special addresses':
      return [vpc.noRoute];
    case 'the internet and S3':
      return [vpc.noRoute, vpc.noGateway];
    default:
      return [];
  }
}

/**
 * Where a room's pods may go by address, over every address and port, against the declared zones: more is a way, less is closed.
 * @param metadata the lock of the nodes on their instance metadata
 */
export function reachByAddress(
  room: Room,
  zones: readonly Zone[],
  vpc: Vpc,
  metadata: Lock,
): { readonly ways: readonly Way[]; readonly findings: readonly Finding[] } {
  const { policies, owner, cluster, namespace } = room;
  const excess = new Map<ZoneName, string>();
  const missing = new Map<ZoneName, string>();
  for (const { from } of pieces([...blocksOf(policies), ...zones.flatMap(({ ranges }) => ranges)])) {
    const zone = zoneOf(zones, from);
    const open = openPorts(policies, 'egress', { address: from });
    const more = open.find((ports) => !within(ports, zone.open));
    const less = zone.open.find((ports) => !open.some((each) => within(ports, [each])));
    if (more !== undefined && !excess.has(zone.name))
      excess.set(zone.name, `they let ${shown(more)} to ${textOf(from)} through`);
    if (less !== undefined && !missing.has(zone.name))
      missing.set(zone.name, `no policy lets ${shown(less)} to ${textOf(from)} through`);
  }
  const subject = `${cluster}: ${namespace.name}`;
  const ways = zones.flatMap((zone): Way[] => {
    const { name, open } = zone;
    if (name === 'addresses of the VPC that nothing has') return [];
    const but = open.length === 0 ? '' : ` but by ${open.map(shown).join(', ')}`;
    return [
      {
        subject,
        what: `pods of ${owner} reach ${name}${but}`,
        locks: [
          networkLock(`egress policies of ${namespace.name}`, excess.get(name)),
          ...otherLocks(zone, room, vpc, metadata),
        ],
      },
    ];
  });
  // By policy alone they may reach all of it, since the S3 endpoint's addresses are public: the routes decide.
  const internet: Way = {
    subject,
    what: `pods of ${owner} reach the internet by TCP 443`,
    locks: [vpc.noRoute, vpc.noGateway],
  };
  const findings = [...missing].flatMap(([name, why]) => openWay(subject, `pods of ${owner} reach ${name}`, why));
  return { ways: [...ways, internet], findings };
}

/** Who may come to a room's pods by address: nobody. */
export function reachedByAddress(room: Room, zones: readonly Zone[]): readonly Way[] {
  const { policies, owner, cluster, namespace, listens } = room;
  const let_in = new Map<ZoneName, string>();
  for (const { from } of pieces([...blocksOf(policies), ...zones.flatMap(({ ranges }) => ranges)])) {
    const [first] = openPorts(policies, 'ingress', { address: from });
    const { name } = zoneOf(zones, from);
    if (first !== undefined && !let_in.has(name)) let_in.set(name, `they let ${shown(first)} from ${textOf(from)} in`);
  }
  return zones.map(({ name }) => ({
    subject: `${cluster}: ${namespace.name}`,
    what: `${name} reach pods of ${owner}`,
    locks: [networkLock(`ingress policies of ${namespace.name}`, let_in.get(name)), ...listens],
  }));
}

/** What of a destination's pods stands for all that have these labels. */
export interface Destination {
  readonly name: string;
  readonly namespace: { readonly name: string; readonly labels: Labels };
  /** @default - any: whoever makes the pods chooses their labels */
  readonly labels?: Labels;
  /** Labels that its pods do not choose, where `labels` are any. @default none */
  readonly pinned?: Pinned;
  /** Ports that are declared open to the room's pods. */
  readonly open: readonly Ports[];
  /** Policies of the destination's namespace. @default - not looked at: they are not in the output */
  readonly policies?: readonly NetworkPolicy[];
  readonly locks: readonly Lock[];
}

/** Whether a room's pods may reach a destination by its labels, and the other way round whether it lets them in. */
export function reachByLabels(
  room: Room,
  to: Destination,
): { readonly ways: readonly Way[]; readonly findings: readonly Finding[] } {
  const { owner, cluster, namespace, policies, pinned = {} } = room;
  const end = {
    namespace: to.namespace,
    ...(to.labels === undefined ? {} : { labels: to.labels }),
    ...(to.pinned === undefined ? {} : { pinned: to.pinned }),
  };
  const out = openPorts(policies, 'egress', end, pinned);
  const into =
    to.policies === undefined ? undefined : openPorts(to.policies, 'ingress', { namespace, pinned }, to.pinned);
  const subject = `${cluster}: ${namespace.name}`;
  const more = out.find((ports) => !within(ports, to.open));
  const moreIn = into?.find((ports) => !within(ports, to.open));
  const but = to.open.length === 0 ? '' : ` but by ${to.open.map(shown).join(', ')}`;
  const what = `pods of ${owner} reach ${to.name}`;
  const closedBy = to.open.flatMap((ports) => [
    ...(out.some((each) => within(ports, [each])) ? [] : [`no policy of ${namespace.name} lets ${shown(ports)} out`]),
    ...(into === undefined || into.some((each) => within(ports, [each]))
      ? []
      : [`no policy of ${to.namespace.name} lets ${shown(ports)} in`]),
  ]);
  return {
    ways: [
      {
        subject,
        what: `${what}${but}`,
        locks: [
          networkLock(
            `egress policies of ${namespace.name}`,
            more === undefined ? undefined : `they let ${shown(more)} through`,
          ),
          ...(into === undefined
            ? []
            : [
                networkLock(
                  `ingress policies of ${to.namespace.name}`,
                  moreIn === undefined ? undefined : `they let ${shown(moreIn)} in`,
                ),
              ]),
          ...to.locks,
        ],
      },
    ],
    findings: openWay(subject, what, closedBy[0]),
  };
}
