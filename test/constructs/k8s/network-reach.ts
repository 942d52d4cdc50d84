import type { KubernetesObject } from '../../../constructs/k8s/object';
import type {
  EgressRule,
  IngressRule,
  LabelSelector,
  NetworkPolicy,
  NetworkPolicyPeer,
} from '../../../constructs/k8s/network-policies/network-policy';

/** One end of a connection. An address alone is something outside; a pod has labels, a namespace and an address of the VPC. */
export interface End {
  readonly address: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface Connection {
  readonly to: End;
  readonly port: number;
  readonly protocol?: 'TCP' | 'UDP';
}

const bits = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

export function within(address: string, cidr: string): boolean {
  const [base = '', prefix = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(prefix));
  return Math.floor(bits(address) / size) === Math.floor(bits(base) / size);
}

/** First and last address of a block. */
export function endsOf(cidr: string): [string, string] {
  const [base = '', prefix = '32'] = cidr.split('/');
  const text = (address: number): string =>
    [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
  return [base, text(bits(base) + 2 ** (32 - Number(prefix)) - 1)];
}

type Labels = Readonly<Record<string, string>>;

const selected = ({ matchLabels, matchExpressions = [] }: LabelSelector = {}, has: Labels = {}): boolean =>
  subset(matchLabels, has) && matchExpressions.every(({ key }) => has[key] === undefined);

const subset = (wanted: Readonly<Record<string, string>> = {}, has: Readonly<Record<string, string>> = {}): boolean =>
  Object.entries(wanted).every(([key, value]) => has[key] === value);

/** As the VPC CNI sees it: an address block holds pods too, since pods have addresses of the VPC. */
function peerMatches(peer: NetworkPolicyPeer, end: End, home: string): boolean {
  if (peer.ipBlock !== undefined) {
    const { cidr, except = [] } = peer.ipBlock;
    return within(end.address, cidr) && !except.some((block) => within(end.address, block));
  }
  if (end.namespace === undefined) return false;
  const there =
    peer.namespaceSelector === undefined
      ? end.namespace === home
      : subset(peer.namespaceSelector.matchLabels, { 'kubernetes.io/metadata.name': end.namespace });
  return there && selected(peer.podSelector, end.labels);
}

function ruleMatches(
  peers: readonly NetworkPolicyPeer[],
  ports: EgressRule['ports'],
  end: End,
  home: string,
  connection: Connection,
): boolean {
  const protocol = connection.protocol ?? 'TCP';
  const open = ports?.some((port) => port.port === connection.port && port.protocol === protocol) ?? true;
  return open && peers.some((peer) => peerMatches(peer, end, home));
}

export const isNetworkPolicy = (object: KubernetesObject): object is NetworkPolicy => object.kind === 'NetworkPolicy';

/** Whether the policies of the namespace `home` let its pods of these labels out to the target. A direction that no policy selects is open. */
export function reaches(
  policies: readonly NetworkPolicy[],
  home: string,
  connection: Connection,
  own: Labels = {},
): boolean {
  const selecting = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === home && spec.policyTypes.includes('Egress') && selected(spec.podSelector, own),
  );
  if (selecting.length === 0) return true;
  return selecting
    .flatMap(({ spec }): readonly EgressRule[] => spec.egress ?? [])
    .some((rule) => ruleMatches(rule.to, rule.ports, connection.to, home, connection));
}

/** Whether the policies of the namespace `home` let the caller in to its pods of these labels. */
export function admits(
  policies: readonly NetworkPolicy[],
  home: string,
  from: End,
  port: number,
  own: Labels = {},
): boolean {
  const selecting = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === home && spec.policyTypes.includes('Ingress') && selected(spec.podSelector, own),
  );
  if (selecting.length === 0) return true;
  return selecting
    .flatMap(({ spec }): readonly IngressRule[] => spec.ingress ?? [])
    .some((rule) => ruleMatches(rule.from, rule.ports, from, home, { to: from, port }));
}
