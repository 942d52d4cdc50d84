import { NotUnderstood } from '../not-understood';
import { type KubernetesObject, type Labels, nameOf, Reader } from '../objects/kubernetes-object';
import {
  labelSelector,
  type LabelSelector,
  maySelect,
  mustSelect,
  type Pinned,
  selects,
} from '../objects/label-selector';
import { holds, type Range, rangeOf } from './addresses';

export const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** Ports of one protocol, both ends within. */
export interface Ports extends Range {
  readonly protocol: Protocol;
}

const EVERY_PORT: readonly Ports[] = PROTOCOLS.map((protocol) => ({ protocol, from: 1, to: 65_535 }));

/** One end of what a rule lets through. */
type Peer =
  | { readonly block: Range; readonly except: readonly Range[] }
  /** @default - pods of the policy's own namespace */
  | { readonly namespaces?: LabelSelector; readonly pods: LabelSelector };

interface Rule {
  /** @default - everything */
  readonly peers?: readonly Peer[];
  readonly ports: readonly Ports[];
}

export interface NetworkPolicy {
  readonly name: string;
  readonly namespace: string;
  readonly pods: LabelSelector;
  /** What its pods may reach. @default - it says nothing of that direction */
  readonly egress?: readonly Rule[];
  /** What may reach its pods. @default - it says nothing of that direction */
  readonly ingress?: readonly Rule[];
}

/** The other end of a connection. */
export interface End {
  /** @default - it is no pod */
  readonly namespace?: { readonly name: string; readonly labels: Labels };
  /** Labels of the pod; `any` where whoever makes it chooses them. @default any */
  readonly labels?: Labels;
  /** Labels that admission pins, where `labels` are any. @default none */
  readonly pinned?: Pinned;
  /** Its address. @default - one that no rule by address may let through: those are looked at by themselves */
  readonly address?: number;
}

/**
 * The network policies among objects.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/ (2026-11-25)
 * @throws NotUnderstood on an unknown field, a named port, or an address that is not IPv4
 */
export const networkPolicies = (objects: readonly KubernetesObject[]): readonly NetworkPolicy[] =>
  objects.filter(({ kind }) => kind === 'NetworkPolicy').map(policyOf);

function policyOf(object: KubernetesObject): NetworkPolicy {
  const spec = Reader.of(nameOf(object), 'policy', object)
    .only('apiVersion', 'kind', 'metadata', 'spec')
    .object('spec')
    .only('podSelector', 'policyTypes', 'ingress', 'egress');
  const rules = (key: 'ingress' | 'egress', peers: string): Rule[] =>
    spec.objects(key).map((rule) => ruleOf(rule, peers));
  const types = spec.has('policyTypes')
    ? spec.texts('policyTypes')
    : ['Ingress', ...(spec.has('egress') ? ['Egress'] : [])];
  const unknown = types.find((type) => type !== 'Ingress' && type !== 'Egress');
  if (unknown !== undefined) throw spec.wrong('policyTypes', 'Ingress, Egress');
  return {
    name: object.metadata.name,
    namespace: object.metadata.namespace ?? 'default',
    pods: labelSelector(spec.object('podSelector')),
    ...(types.includes('Egress') ? { egress: rules('egress', 'to') } : {}),
    ...(types.includes('Ingress') ? { ingress: rules('ingress', 'from') } : {}),
  };
}

function ruleOf(rule: Reader, key: string): Rule {
  rule.only(key, 'ports');
  const [peers, ports] = [rule.objects(key).map(peerOf), rule.objects('ports').map(portsOf)];
  return {
    ...(peers.length === 0 ? {} : { peers }),
    ports: ports.length === 0 ? EVERY_PORT : ports.flat(),
  };
}

function peerOf(peer: Reader): Peer {
  peer.only('ipBlock', 'namespaceSelector', 'podSelector');
  const block = peer.optionalObject('ipBlock');
  if (block !== undefined) {
    block.only('cidr', 'except');
    const ipv4 = (text: string): Range => {
      const range = rangeOf(text);
      if (range === undefined)
        throw new NotUnderstood(block.subject, `${block.path}: got '${text}', allowed an IPv4 block`);
      return range;
    };
    return { block: ipv4(block.text('cidr')), except: block.texts('except').map(ipv4) };
  }
  const [namespaces, pods] = [peer.optionalObject('namespaceSelector'), peer.optionalObject('podSelector')];
  return {
    ...(namespaces === undefined ? {} : { namespaces: labelSelector(namespaces) }),
    pods: pods === undefined ? { demands: [] } : labelSelector(pods),
  };
}

function portsOf(port: Reader): readonly Ports[] {
  port.only('protocol', 'port', 'endPort');
  const protocol = (port.optionalText('protocol') ?? 'TCP') as Protocol;
  if (!PROTOCOLS.includes(protocol)) throw port.wrong('protocol', PROTOCOLS.join(', '));
  if (!port.has('port')) return EVERY_PORT.filter((each) => each.protocol === protocol);
  const from = port.value['port'];
  const to = port.value['endPort'] ?? from;
  if (typeof from !== 'number') throw port.wrong('port', 'a number; what a name stands for is not known here');
  if (typeof to !== 'number') throw port.wrong('endPort', 'a number');
  return [{ protocol, from, to }];
}

/** Whether every pod with these labels is closed in that direction but for what rules let through. */
export const isDenied = (
  policies: readonly NetworkPolicy[],
  direction: 'egress' | 'ingress',
  pinned: Pinned = {},
): boolean => policies.some((policy) => policy[direction] !== undefined && mustSelect(policy.pods, pinned));

/**
 * Ports by which pods of a namespace reach an end, or are reached from it. Every policy's rules count, also those for some pods only,
 * since whoever makes a pod chooses its labels.
 * @param policies of the namespace
 * @param pinned labels of its pods that they do not choose
 */
export function openPorts(
  policies: readonly NetworkPolicy[],
  direction: 'egress' | 'ingress',
  end: End,
  pinned: Pinned = {},
): readonly Ports[] {
  if (!isDenied(policies, direction, pinned)) return EVERY_PORT;
  const own = policies.filter(({ pods }) => maySelect(pods, pinned));
  return own.flatMap(({ namespace, [direction]: rules = [] }) =>
    rules
      .filter(({ peers }) => peers === undefined || peers.some((peer) => matches(peer, end, namespace)))
      .flatMap(({ ports }) => ports),
  );
}

function matches(peer: Peer, { namespace, labels, pinned, address }: End, home: string): boolean {
  if ('block' in peer)
    return address !== undefined && holds(peer.block, address) && !peer.except.some((each) => holds(each, address));
  if (namespace === undefined) return false;
  const there = peer.namespaces === undefined ? namespace.name === home : selects(peer.namespaces, namespace.labels);
  return there && (labels === undefined ? maySelect(peer.pods, pinned ?? {}) : selects(peer.pods, labels));
}

/** Every block that the policies name, to cut the address space by. */
export const blocksOf = (policies: readonly NetworkPolicy[]): readonly Range[] =>
  policies
    .flatMap(({ egress = [], ingress = [] }) => [...egress, ...ingress])
    .flatMap(({ peers = [] }) => peers)
    .flatMap((peer) => ('block' in peer ? [peer.block, ...peer.except] : []));
