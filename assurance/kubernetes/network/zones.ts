import type { Environment } from '../../../schema/model';
import { networkNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { NotUnderstood } from '../not-understood';
import { holds, type Range, rangeOf } from './addresses';
import type { Ports } from './policies';
import type { Replica } from './replicas';
import type { Vpc } from './vpc';

export type ZoneName =
  | 'instance metadata'
  | 'Pod Identity'
  | 'other link-local addresses'
  | 'interface endpoints'
  | 'the API server and the system nodes'
  | 'pods and nodes by address'
  | 'addresses of the VPC that nothing has'
  | 'private networks beyond the VPC'
  | 'special addresses'
  | 'the internet and S3'
  /** By the id of its source. */
  | `the replica ${string}`;

/** A part of the address space in which everything is as open as everything else. */
export interface Zone {
  readonly name: ZoneName;
  readonly ranges: readonly Range[];
  /** What a room's pods may reach there, by declaration. */
  readonly open: readonly Ports[];
  /** Of a replica: whose pods have it open, and what keeps the others from it beside the network. */
  readonly replica?: Replica;
}

const tcp = (port: number): Ports => ({ protocol: 'TCP', from: port, to: port });
const range = (block: string): Range => rangeOf(block) ?? { from: 0, to: -1 };

/**
 * All of IPv4 in zones; the first that holds an address counts, and the last one holds the rest.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/ (2026-11-24)
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html: 169.254.170.23 (2026-11-24)
 */
export function zonesOf(
  environment: Environment,
  cluster: ClusterName,
  vpc: Vpc,
  replicas: readonly Replica[],
): readonly Zone[] {
  const block = environment.network[cluster];
  const whole = rangeOf(block);
  if (whole === undefined) throw new NotUnderstood(cluster, `network: got '${block}', allowed an IPv4 block`);
  const subnets = (kind: string): Range[] => vpc.subnets.filter((each) => each.kind === kind).map((each) => each.range);
  const unknown = vpc.subnets.find(({ kind }) => !KINDS.includes(kind));
  if (unknown !== undefined)
    throw new NotUnderstood(cluster, `subnet: got the kind '${unknown.kind}', allowed ${KINDS.join(', ')}`);
  return [
    { name: 'instance metadata', ranges: [range('169.254.169.254/32')], open: [] },
    { name: 'Pod Identity', ranges: [range('169.254.170.23/32')], open: [tcp(80)] },
    { name: 'other link-local addresses', ranges: [range('169.254.0.0/16')], open: [] },
    { name: 'interface endpoints', ranges: subnets(networkNames.endpointSubnets), open: [tcp(443)] },
    { name: 'the API server and the system nodes', ranges: subnets(networkNames.systemSubnets), open: [] },
    { name: 'pods and nodes by address', ranges: subnets(networkNames.isolatedSubnets), open: [] },
    { name: 'addresses of the VPC that nothing has', ranges: [whole], open: [] },
    ...replicas.map((replica): Zone => ({
      name: `the replica ${replica.source.id}`,
      ranges: [range(replica.source.cidrBlock)],
      open: [tcp(replica.source.port)],
      replica,
    })),
    { name: 'private networks beyond the VPC', ranges: PRIVATE.map(range), open: [] },
    { name: 'special addresses', ranges: SPECIAL.map(range), open: [] },
    { name: 'the internet and S3', ranges: [range('0.0.0.0/0')], open: [tcp(443)] },
  ];
}

const KINDS: readonly string[] = [
  networkNames.endpointSubnets,
  networkNames.systemSubnets,
  networkNames.isolatedSubnets,
];
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];
/** This network, loopback, multicast, reserved. */
const SPECIAL = ['0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/4', '240.0.0.0/4'];

/** The zone of an address. */
export function zoneOf(zones: readonly Zone[], address: number): Zone {
  const found = zones.find(({ ranges }) => ranges.some((each) => holds(each, address)));
  if (found === undefined) throw new Error(`zones: got no zone of ${address}, allowed one for every address`);
  return found;
}

/** The zones as a room has them: a replica is open to the pods of teams that have a grant which opens it. */
export const zonesFor = (zones: readonly Zone[], team: string | undefined): readonly Zone[] =>
  zones.map((zone) =>
    zone.replica === undefined || (team !== undefined && zone.replica.teams.has(team)) ? zone : { ...zone, open: [] },
  );
