import { at, changeObject, removeObject, set, type Mutation, type Place } from './edits';
import { faults } from './make';

const { changed, longer } = faults('network');

const DENY: Place = { cluster: 'production', kind: 'NetworkPolicy', name: 'default-deny', namespace: 'tenant-acme' };
const EXITS: Place = { cluster: 'production', kind: 'NetworkPolicy', name: 'exits', namespace: 'tenant-acme' };

const exits = (
  id: string,
  description: string,
  path: string,
  value: unknown,
  expects: RegExp,
  place: Place = EXITS,
): Mutation => changed(id, description, place, path, value, expects);

const more = (id: string, description: string, rule: object, expects: RegExp): Mutation =>
  longer(id, description, EXITS, 'spec.egress', rule, expects);

/** The exceptions of the rule for public addresses, one left out. */
const without = (block: string, zone: string): Mutation => ({
  id: `network-except-${block.replaceAll(/[./]/g, '-')}`,
  description: `public addresses are no longer all but ${block}`,
  apply: (output) =>
    changeObject(output, EXITS, (policy) => {
      const path = 'spec.egress.4.to.0.ipBlock.except';
      set(
        policy,
        path,
        (at(policy, path) as readonly string[]).filter((each) => each !== block),
      );
    }),
  expects: new RegExp(
    `one-lock-left production: tenant-acme: pods of tenant acme reach ${zone}.*: got \\d of \\d locks, expected all; lost egress policies of tenant-acme`,
  ),
});

/** Faults of the rules by which pods of a tenant reach addresses. */
export const NETWORK_MUTATIONS: readonly Mutation[] = [
  {
    id: 'network-deny-gone',
    description: 'nothing is denied by default',
    apply: (output) => removeObject(output, DENY),
    expects: /pods and nodes by address reach pods of tenant acme: got 1 of 2 locks/,
  },
  {
    id: 'network-exits-gone',
    description: 'a tenant’s pods reach nothing',
    apply: (output) => removeObject(output, EXITS),
    expects:
      /closed production: tenant-acme: pods of tenant acme reach Pod Identity: got closed, expected open; no policy lets TCP 80/,
  },
  {
    id: 'network-both-gone',
    description: 'a tenant has no network policy',
    apply: (output) => removeObject(removeObject(output, DENY), EXITS),
    expects:
      /pods of tenant acme reach instance metadata: got 1 of 2 locks, expected all; lost egress policies of tenant-acme.*left metadata options of the nodes/,
  },
  exits(
    'deny-some',
    'the default covers some pods only',
    'spec.podSelector',
    { matchLabels: { closed: 'yes' } },
    /reach pods of tenant acme: got 1 of 2 locks/,
    DENY,
  ),
  exits(
    'deny-egress-only',
    'what comes in is not denied by default',
    'spec.policyTypes',
    ['Egress'],
    /pods and nodes by address reach pods of tenant acme: got 1 of 2 locks, expected all; lost ingress policies of tenant-acme/,
    DENY,
  ),
  {
    ...exits(
      'deny-ingress-only',
      'what goes out is not denied by the default policy',
      'spec.policyTypes',
      ['Ingress'],
      /nothing/,
      DENY,
    ),
    noChange: 'the policy of the exits selects every pod for Egress too, which denies all that it does not let through',
  },
  without('169.254.0.0/16', 'instance metadata'),
  without('10.0.0.0/8', 'the API server and the system nodes'),
  without('172.16.0.0/12', 'private networks beyond the VPC'),
  without('192.168.0.0/16', 'private networks beyond the VPC'),
  without('100.64.0.0/10', 'private networks beyond the VPC'),
  without('127.0.0.0/8', 'special addresses'),
  without('224.0.0.0/4', 'special addresses'),
  exits(
    'except-none',
    'public addresses are all addresses',
    'spec.egress.4.to.0.ipBlock.except',
    undefined,
    /pods of tenant acme reach instance metadata: got 1 of 2 locks/,
  ),
  exits(
    'public-any-port',
    'every port of public addresses',
    'spec.egress.4.ports',
    undefined,
    /pods of tenant acme reach the internet and S3 but by TCP 443: got 2 of 3 locks.*they let TCP 1 to 65535/,
  ),
  exits(
    'public-range',
    'a range of ports of public addresses',
    'spec.egress.4.ports.0.endPort',
    8443,
    /they let TCP 443 to 8443 to/,
  ),
  exits('public-udp', 'UDP to public addresses', 'spec.egress.4.ports.0.protocol', 'UDP', /they let UDP 443 to/),
  exits(
    'public-gone',
    'S3 is not reached',
    'spec.egress.4',
    undefined,
    /closed production: tenant-acme: pods of tenant acme reach the internet and S3: got closed/,
  ),
  more(
    'imds',
    'instance metadata is opened',
    { to: [{ ipBlock: { cidr: '169.254.169.254/32' } }], ports: [{ protocol: 'TCP', port: 80 }] },
    /pods of tenant acme reach instance metadata: got 1 of 2 locks, expected all; lost egress policies of tenant-acme: they let TCP 80 to 169\.254\.169\.254 through/,
  ),
  more(
    'api-server',
    'the API server is opened',
    { to: [{ ipBlock: { cidr: '10.16.192.0/20' } }], ports: [{ protocol: 'TCP', port: 443 }] },
    /reach the API server and the system nodes: got 1 of 2 locks/,
  ),
  more(
    'nodes',
    'kubelets are opened',
    { to: [{ ipBlock: { cidr: '10.16.0.0/18' } }], ports: [{ protocol: 'TCP', port: 10250 }] },
    /reach pods and nodes by address: got 1 of 2 locks/,
  ),
  more(
    'endpoints',
    'another port of the endpoints',
    { to: [{ ipBlock: { cidr: '10.16.240.0/22' } }], ports: [{ protocol: 'TCP', port: 22 }] },
    /reach interface endpoints but by TCP 443: got 1 of 2 locks/,
  ),
  more(
    'everything',
    'a rule without a destination',
    { ports: [{ protocol: 'TCP', port: 443 }] },
    /pods of tenant acme reach pods of tenant \S+: got 3 of 4 locks/,
  ),
  exits(
    'pod-identity',
    'the whole of link-local',
    'spec.egress.1.to.0.ipBlock.cidr',
    '169.254.0.0/16',
    /pods of tenant acme reach (instance metadata|other link-local addresses): got 1 of 2 locks/,
  ),
  exits(
    'ipv6',
    'an address that is not IPv4',
    'spec.egress.4.to.0.ipBlock.cidr',
    '::/0',
    /not-understood NetworkPolicy tenant-acme\/exits: .*got '::\/0', allowed an IPv4 block/,
  ),
  exits(
    'named-port',
    'a port by its name',
    'spec.egress.4.ports.0.port',
    'https',
    /not-understood NetworkPolicy tenant-acme\/exits: .*what a name stands for is not known here/,
  ),
  exits(
    'unknown-operator',
    'an operator that there is not',
    'spec.egress.2.to.0.namespaceSelector',
    { matchExpressions: [{ key: 'a', operator: 'Near' }] },
    /not-understood NetworkPolicy tenant-acme\/exits: .*operator: got "Near"/,
  ),
  exits(
    'unknown-field',
    'a field that the proof does not know',
    'spec.tier',
    'first',
    /not-understood NetworkPolicy tenant-acme\/exits: policy\.spec: got the fields tier/,
  ),
];
