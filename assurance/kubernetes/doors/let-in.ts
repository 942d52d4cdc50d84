import type { Finding } from '../../finding';
import type { Cluster } from '../cluster';
import { pieces, textOf } from '../network/addresses';
import { blocksOf, type NetworkPolicy, openPorts, type Ports } from '../network/policies';
import { zoneOf } from '../network/zones';
import { finding, openWay } from '../way';
import type { DeclaredDoor } from './declared-doors';

const NODES = 'the API server and the system nodes';
/** Between the subnets of the zones that there are: a block of the plan holds them too. */
const NOBODY = 'addresses of the VPC that nothing has';

/** Whatever else a policy of the namespace says: which of its rules let an address in. */
const deny = (namespace: string): NetworkPolicy => ({ name: '', namespace, pods: { demands: [] }, ingress: [] });

/**
 * Who comes by address to pods that are behind doors: the nodes that hand calls on, to the port of the door, and nobody else by the door's
 * policy.
 * @param closed namespaces in which no other policy lets anybody in by address
 */
export function letInByAddress(
  { name, network, zones }: Cluster,
  doors: readonly DeclaredDoor[],
  closed: readonly string[],
): readonly Finding[] {
  const doorOf = (policy: NetworkPolicy): DeclaredDoor | undefined =>
    doors.find((each) => each.name === policy.name && each.namespace === policy.namespace);
  const policies = network.filter((policy) => closed.includes(policy.namespace) || doorOf(policy) !== undefined);
  const all = pieces([...blocksOf(policies), ...zones.flatMap(({ ranges }) => ranges)]);
  return policies.flatMap((policy) => {
    const subject = `${name}: NetworkPolicy ${policy.namespace}/${policy.name}`;
    const door = doorOf(policy);
    const isCalls = ({ protocol, from, to }: Ports): boolean =>
      protocol === 'TCP' && from === door?.port && to === door.port;
    const more = new Map<string, string>();
    let less: string | undefined;
    for (const { from: address } of all) {
      const open = openPorts([deny(policy.namespace), policy], 'ingress', { address });
      const zone = zoneOf(zones, address).name;
      const meant = door !== undefined && (zone === NODES || zone === NOBODY);
      const first = open.find((ports) => !meant || !isCalls(ports));
      if (first !== undefined && !more.has(zone))
        more.set(zone, `${first.protocol} ${first.from} to ${first.to} from ${textOf(address)}`);
      if (door !== undefined && zone === NODES && !open.some(isCalls)) less ??= textOf(address);
    }
    const allowed = door === undefined ? 'nobody by address' : `the system nodes to ${String(door.port)}`;
    return [
      ...[...more].map(([zone, what]) =>
        finding(
          'open',
          subject,
          `who comes by a door: ${zone} reach pods of ${policy.namespace}: it lets ${what} in, allowed ${allowed}`,
        ),
      ),
      ...openWay(
        subject,
        'who comes by a door: the system nodes reach its pods',
        less === undefined ? undefined : `it does not let ${less} in`,
      ),
    ];
  });
}
