import { addObject, changeObject, set, type Mutation, type Place } from './edits';
import { faults } from './make';

const { changed, longer } = faults('network');

const EXITS: Place = { cluster: 'production', kind: 'NetworkPolicy', name: 'exits', namespace: 'tenant-acme' };
const TEAM: Place = { cluster: 'research', kind: 'NetworkPolicy', name: 'research', namespace: 'research-speech' };
const PLATFORM_FILE = 'tenants/acme/platform/objects.yaml';

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

const TO_BIRCH =
  /one-lock-left production: tenant-acme: pods of tenant acme reach pods of tenant \S+: got 3 of 4 locks/;

/** Faults of the rules by which pods reach other pods. */
export const PEER_MUTATIONS: readonly Mutation[] = [
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
      /one-lock-left production: tenant-(birch|cedar-health): pods of tenant (birch|cedar-health) reach pods of tenant \S+: got 3 of 4 locks, expected all; lost ingress policies/,
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
    'spec.egress.0.to.0.namespaceSelector',
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
    /closed research: research-speech: pods of team speech without a grant reach pods of its own: got closed/,
    TEAM,
  ),
];
