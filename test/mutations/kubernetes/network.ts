import {
  addObject,
  at,
  changeObject,
  changeStack,
  type Mutation,
  type Place,
  removeObject,
  type Resources,
  resource,
  set,
} from './edits';

const DENY: Place = { cluster: 'production', kind: 'NetworkPolicy', name: 'default-deny', namespace: 'tenant-acme' };
const EXITS: Place = { ...DENY, name: 'exits' };
const TEAM: Place = { cluster: 'research', kind: 'NetworkPolicy', name: 'exits', namespace: 'research-speech' };
const PLATFORM_FILE = 'tenants/acme/platform/objects.yaml';

const exits = (
  id: string,
  description: string,
  path: string,
  value: unknown,
  expects: RegExp,
  place: Place = EXITS,
): Mutation => ({
  id: `network-${id}`,
  description,
  apply: (output) =>
    changeObject(output, place, (policy) => {
      set(policy, path, value);
    }),
  expects,
});

const more = (id: string, description: string, rule: object, expects: RegExp, place: Place = EXITS): Mutation => ({
  id: `network-${id}`,
  description,
  apply: (output) =>
    changeObject(output, place, (policy) => {
      set(policy, 'spec.egress', [...(at(policy, 'spec.egress') as readonly object[]), rule]);
    }),
  expects,
});

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

const vpc = (id: string, description: string, change: (resources: Resources) => void, expects: RegExp): Mutation => ({
  id: `network-${id}`,
  description,
  apply: (output) => changeStack(output, 'production-network', change),
  expects,
});

const TO_BIRCH =
  /one-lock-left production: tenant-acme: pods of tenant acme reach pods of another tenant, such as \S+: got 3 of 4 locks/;

/** Faults of what pods may reach, with and without the network's policies. */
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
    /pods of tenant acme reach pods of another tenant, such as \S+: got 3 of 4 locks/,
  ),
  more('all-namespaces', "every namespace's pods", { to: [{ namespaceSelector: {} }] }, TO_BIRCH),
  more(
    'tenants',
    "every tenant's pods",
    { to: [{ namespaceSelector: { matchExpressions: [{ key: 'atoll.dev/tenant', operator: 'Exists' }] } }] },
    TO_BIRCH,
  ),
  more(
    'birch',
    "one other tenant's pods",
    { to: [{ namespaceSelector: { matchLabels: { 'atoll.dev/tenant': 'birch' } } }] },
    /one-lock-left production: tenant-acme: pods of tenant acme reach pods of tenant birch: got 3 of 4 locks/,
  ),
  more(
    'not-flux',
    'all namespaces but Flux’s',
    {
      to: [
        {
          namespaceSelector: {
            matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['flux-system'] }],
          },
        },
      ],
    },
    /reach the controllers in keda: got 2 of 3 locks/,
  ),
  more(
    'flux',
    "Flux's artifacts",
    { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'flux-system' } } }] },
    /pods of tenant acme reach the controllers in flux-system: got 2 of 3 locks/,
  ),
  exits(
    'router-namespace',
    'pods that call themselves the router, in any namespace',
    'spec.egress.2.to.0.namespaceSelector',
    {},
    TO_BIRCH,
  ),
  exits(
    'router-label',
    'every pod beside the router',
    'spec.egress.2.to.0.podSelector',
    undefined,
    /pods of tenant acme reach model servers: got 1 of 2 locks/,
  ),
  exits(
    'router-port',
    'another port of the router',
    'spec.egress.2.ports.0.port',
    8080,
    /closed production: tenant-acme: pods of tenant acme reach the router: got closed/,
  ),
  exits(
    'dns-label',
    'every pod of kube-system, on DNS’s port',
    'spec.egress.0.to.0.podSelector',
    {},
    /reach other pods of kube-system: got 1 of 2 locks/,
  ),
  exits(
    'dns-gone',
    'no names are answered',
    'spec.egress.0',
    undefined,
    /closed production: tenant-acme: pods of tenant acme reach DNS: got closed/,
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
  {
    id: 'network-ingress',
    description: "other tenants' pods are let in",
    apply: (output) =>
      addObject(output, 'production', PLATFORM_FILE, {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'in', namespace: 'tenant-acme' },
        spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ namespaceSelector: {} }] }] },
      }),
    expects:
      /one-lock-left production: tenant-(birch|cedar-health): pods of tenant (birch|cedar-health) reach pods of another tenant, such as \S+: got 3 of 4 locks, expected all; lost ingress policies/,
  },
  {
    id: 'network-flux-doors',
    description: "whoever asks Flux's source controller is answered",
    apply: (output) =>
      changeObject(
        output,
        { cluster: 'production', kind: 'NetworkPolicy', name: 'doors', namespace: 'flux-system' },
        (policy) => {
          set(policy, 'spec.ingress', [{}]);
        },
      ),
    expects:
      /pods of tenant acme reach the controllers in flux-system: got 2 of 3 locks, expected all; lost ingress policies of flux-system/,
  },
  exits(
    'team-namespaces',
    "a team's pods reach every namespace",
    'spec.egress.2.to.0.namespaceSelector',
    {},
    /pods of team speech reach pods of team language: got 2 of 3 locks/,
    TEAM,
  ),
  exits(
    'team-in',
    "every namespace's pods reach a team's",
    'spec.ingress.0.from.0.namespaceSelector',
    {},
    /pods of team language reach pods of team speech: got 2 of 3 locks/,
    TEAM,
  ),
  exits(
    'team-closed',
    'the ranks of a training do not reach each other',
    'spec.ingress',
    [],
    /closed research: research-speech: pods of team speech reach pods of its own: got closed/,
    TEAM,
  ),
  vpc(
    'internet-gateway',
    'the VPC has an internet gateway',
    (resources) => {
      resources['Added'] = { Type: 'AWS::EC2::InternetGateway' };
    },
    /pods of tenant acme reach the internet by TCP 443: got 1 of 2 locks, expected all; lost no gateway/,
  ),
  vpc(
    'nat',
    "a route of the nodes' subnets",
    (resources) => {
      const table = at(
        resource(resources, 'AWS::EC2::SubnetRouteTableAssociation', ({ SubnetId }) =>
          JSON.stringify(SubnetId).includes('isolated'),
        ),
        'RouteTableId',
      );
      resources['Added'] = {
        Type: 'AWS::EC2::Route',
        Properties: { RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' },
      };
    },
    /pods of tenant acme reach the internet by TCP 443: got 1 of 2 locks, expected all; lost no route/,
  ),
  vpc(
    'public-addresses',
    'machines get public addresses',
    (resources) => {
      set(
        resource(resources, 'AWS::EC2::Subnet', (properties) => JSON.stringify(properties).includes('isolated')),
        'MapPublicIpOnLaunch',
        true,
      );
    },
    /lost no gateway and no public address: \w+ gives public addresses/,
  ),
  vpc(
    'subnet-tag',
    "the nodes' subnets are of another kind",
    (resources) => {
      set(
        resource(resources, 'AWS::EC2::Subnet', (properties) => JSON.stringify(properties).includes('"isolated"')),
        'Tags',
        [{ Key: 'atoll:subnets', Value: 'public' }],
      );
    },
    /not-understood production: subnet: got the kind 'public'/,
  ),
  vpc(
    'firewall',
    'names are answered whatever they are',
    (resources) => {
      const name = Object.entries(resources).find(
        ([, { Type }]) => Type === 'AWS::Route53Resolver::FirewallRuleGroupAssociation',
      )?.[0];
      delete resources[name ?? ''];
    },
    /pods of tenant acme reach other link-local addresses: got 1 of 2 locks, expected all; lost the DNS Firewall/,
  ),
  vpc(
    'endpoint-group',
    'the endpoints answer on every port',
    (resources) => {
      set(
        resource(
          resources,
          'AWS::EC2::SecurityGroup',
          ({ SecurityGroupIngress }) => SecurityGroupIngress !== undefined,
        ),
        'SecurityGroupIngress.0.ToPort',
        8443,
      );
    },
    /pods of tenant acme reach interface endpoints but by TCP 443: got 1 of 2 locks/,
  ),
];
