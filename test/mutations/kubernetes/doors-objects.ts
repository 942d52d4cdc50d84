import { doorFaults } from './doors-make';
import type { Mutation, Place } from './edits';

const { added, changed, longer, removed } = doorFaults;
const SERVICE: Place = { cluster: 'production', kind: 'Service', name: 'router-door', namespace: 'serving' };
const POLICY: Place = { ...SERVICE, kind: 'NetworkPolicy' };
const LAYER = 'platform/20-pools/objects.yaml';

const service = (name: string, spec: object): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'keda' },
  spec: { selector: { app: 'x' }, ports: [{ port: 80 }], ...spec },
});

/** Whose pods are behind the port of the nodes. */
export const DOOR_OBJECT_MUTATIONS: readonly Mutation[] = [
  changed(
    'other-pods',
    "the nodes' port leads to model servers",
    SERVICE,
    'spec.selector',
    { 'app.kubernetes.io/name': 'model-server' },
    /^open production: Service serving\/router-door: ports of the nodes: spec\.selector\.app\.kubernetes\.io\/name: got "model-server", allowed "router"$/,
  ),
  changed(
    'all-pods',
    "the nodes' port leads to every pod",
    SERVICE,
    'spec.selector',
    {},
    /^open .+ spec\.selector\.app\.kubernetes\.io\/name: got nothing/,
  ),
  changed(
    'operations',
    "the nodes' port leads to the router's second door",
    SERVICE,
    'spec.ports.0.targetPort',
    9090,
    /^open .+ spec\.ports\.0\.targetPort: got 9090, allowed 8443/,
  ),
  changed(
    'load-balancer',
    'the Service makes a load balancer of its own',
    SERVICE,
    'spec.type',
    'LoadBalancer',
    /^open .+ spec\.type: got "LoadBalancer"/,
  ),
  changed(
    'address',
    'the Service has an address of outside',
    SERVICE,
    'spec.externalIPs',
    ['10.16.192.9'],
    /^not-understood .+ spec\.externalIPs/,
  ),
  changed(
    'annotated',
    'a controller publishes the Service',
    SERVICE,
    'metadata.annotations',
    { 'service.beta.kubernetes.io/aws-load-balancer-type': 'nlb' },
    /^not-understood .+ metadata\.annotations/,
  ),
  longer(
    'second-port',
    'one more port of the nodes',
    SERVICE,
    'spec.ports',
    { name: 'more', port: 9090, nodePort: 30444 },
    /^open .+ spec\.ports: got/,
  ),
  removed(
    'no-service',
    'the port of the nodes leads nowhere',
    SERVICE,
    /^closed production: serving: ports of the nodes: got no Service router-door, expected one$/,
  ),
  removed(
    'no-policy',
    'nobody may come from the nodes',
    POLICY,
    /^closed production: serving: ports of the nodes: got no NetworkPolicy router-door/,
  ),
  changed(
    'policy-pods',
    'every pod of the namespace is spoken to',
    POLICY,
    'spec.podSelector',
    {},
    /^open .+NetworkPolicy serving\/router-door: ports of the nodes: spec\.podSelector\.matchLabels: got nothing/,
  ),
  changed(
    'policy-port',
    'the nodes reach every port of the router',
    POLICY,
    'spec.ingress.0.ports',
    undefined,
    /^open .+: who comes by a door: the API server and the system nodes reach pods of serving: it lets TCP 1 to 65535 from/,
  ),
  changed(
    'policy-pods-by-address',
    'pods reach the router by their addresses',
    POLICY,
    'spec.ingress.0.from.0.ipBlock',
    { cidr: '10.16.0.0/16' },
    /^open .+: pods and nodes by address reach pods of serving: it lets TCP 8443/,
  ),
  changed(
    'policy-everybody',
    'everybody reaches the router',
    POLICY,
    'spec.ingress.0.from',
    undefined,
    /^open .+: the internet and S3 reach pods of serving/,
  ),
  changed(
    'policy-a-zone-less',
    'the nodes of one zone do not reach the router',
    POLICY,
    'spec.ingress.0.from.0.ipBlock.cidr',
    '10.16.192.0/20',
    /^closed .+: who comes by a door: the system nodes reach its pods: got closed, expected open; it does not let 10\.16\.208\.0 in$/,
  ),
  added(
    'other-policy',
    'another policy lets the product in by address',
    LAYER,
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'more', namespace: 'serving' },
      spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ ipBlock: { cidr: '10.80.0.0/20' } }] }] },
    },
    /^open production: NetworkPolicy serving\/more: who comes by a door: private networks beyond the VPC reach pods of serving/,
  ),
  added(
    'node-port',
    'another Service has a port of the nodes',
    LAYER,
    service('more', { type: 'NodePort' }),
    /^open production: Service keda\/more: ports of the nodes: spec\.type: got "NodePort"/,
  ),
  added(
    'node-port-by-number',
    'a Service names a port of the nodes',
    LAYER,
    service('more', { ports: [{ port: 80, nodePort: 30080 }] }),
    /^open .+: got port 30080 of the nodes, allowed none but doors$/,
  ),
  added(
    'external-name',
    'a Service is a name for elsewhere',
    LAYER,
    service('more', { type: 'ExternalName', externalName: 'evil.example' }),
    /^open .+ spec\.externalName: got "evil\.example"/,
  ),
  added(
    'external-address',
    "a Service takes somebody's address",
    LAYER,
    service('more', { externalIPs: ['10.16.192.9'] }),
    /^open .+ spec\.externalIPs: got/,
  ),
];
