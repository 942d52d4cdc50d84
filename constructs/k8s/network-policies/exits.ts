import { clusterObjectNames, labels } from '../../../schema/names';
import type { RelationalSource } from '../../../schema/source';
import type { EgressRule } from './network-policy';
import { endpointBlock } from '../../../schema/address-plan';

/** Label that the API server sets on every namespace; nobody else can. */
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/**
 * What `0.0.0.0/0` must not mean: private, carrier-grade and link-local addresses (so also IMDS), loopback, multicast and reserved.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/ (2026-11-24)
 */
const NOT_PUBLIC = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/4',
  '240.0.0.0/4',
] as const;

/** The ways out that a namespace may have; what is not named is closed, the instance metadata service (169.254.169.254) above all. */
export const exits = {
  /** CoreDNS of the cluster. The names that it answers are limited by the VPC's DNS Firewall. */
  dns: {
    to: [
      {
        namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: 'kube-system' } },
        podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
      },
    ],
    ports: [
      { protocol: 'UDP', port: 53 },
      { protocol: 'TCP', port: 53 },
    ],
  },

  /** The Pod Identity agent of the node. @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html (2026-11-24) */
  podIdentity: {
    to: [{ ipBlock: { cidr: '169.254.170.23/32' } }],
    ports: [{ protocol: 'TCP', port: 80 }],
  },

  /**
   * S3 through its gateway endpoint, which serves public addresses that no policy can name. The subnets have no way to the internet,
   * and the endpoint's policy decides which buckets are reached.
   */
  publicHttps: {
    to: [{ ipBlock: { cidr: '0.0.0.0/0', except: NOT_PUBLIC } }],
    ports: [{ protocol: 'TCP', port: 443 }],
  },

  /** The model router, which derives the tenant from the caller's token. */
  router: {
    to: [
      {
        namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: clusterObjectNames.servingNamespace } },
        podSelector: { matchLabels: { [labels.name]: clusterObjectNames.router } },
      },
    ],
    ports: [{ protocol: 'TCP', port: clusterObjectNames.routerPort }],
  },
} as const satisfies Record<string, EgressRule>;

/**
 * The VPC's interface endpoints (SQS, logs, …). Their addresses are not known at synth, but they lie in subnets of their own. The
 * system subnets stay closed: the API server answers there on the same port, and to a pod of a tenant or a team it would be a way
 * out of the namespace.
 */
export function interfaceEndpoints(vpcCidr: string): EgressRule {
  return { to: [{ ipBlock: { cidr: endpointBlock(vpcCidr) } }], ports: [{ protocol: 'TCP', port: 443 }] };
}

/** The replica of a relational source, which is another network's: its block and port, and nothing beside them. */
export function replica({ cidrBlock, port }: RelationalSource): EgressRule {
  return { to: [{ ipBlock: { cidr: cidrBlock } }], ports: [{ protocol: 'TCP', port }] };
}
