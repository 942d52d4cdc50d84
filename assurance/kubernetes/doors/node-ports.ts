import type { Environment } from '../../../schema/model';
import { clusterObjectNames, labels } from '../../../schema/names';
import type { Finding } from '../../finding';
import { at, listOf } from '../../output/values';
import { type Allowed, absentOr, comparedTo, free, NOTHING } from '../allowed';
import type { Cluster } from '../cluster';
import { pieces, textOf } from '../network/addresses';
import { blocksOf, type NetworkPolicy, openPorts, type Ports } from '../network/policies';
import { zoneOf } from '../network/zones';
import { type KubernetesObject, nameOf } from '../objects/kubernetes-object';
import { finding, openWay } from '../way';

const ABOUT = "the router's door";
const { router, routerDoor, routerNodePort, routerPort, servingNamespace: namespace } = clusterObjectNames;
const SELECTOR = { [labels.name]: router };
const METADATA: Allowed = {
  labels: absentOr(free('names for finding')),
  name: routerDoor,
  namespace,
};

/** Controllers publish a Service by its annotations, so that it has none; its one port of the nodes leads to pods of the router. */
const SERVICE: Allowed = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: METADATA,
  spec: {
    externalTrafficPolicy: 'Cluster',
    ports: [{ name: 'calls', nodePort: routerNodePort, port: routerPort, protocol: 'TCP', targetPort: routerPort }],
    selector: SELECTOR,
    type: 'NodePort',
  },
};

const POLICY: Allowed = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: METADATA,
  spec: {
    ingress: free('judged by the addresses that it lets in'),
    podSelector: { matchLabels: SELECTOR },
    policyTypes: ['Ingress'],
  },
};

/** What a Service of the platform's must not have: each is a way to it from outside of the cluster, or a name for elsewhere. */
const WITHIN: Readonly<Record<string, Allowed>> = {
  externalIPs: NOTHING,
  externalName: NOTHING,
  healthCheckNodePort: NOTHING,
  loadBalancerClass: NOTHING,
  loadBalancerIP: NOTHING,
  type: absentOr('ClusterIP'),
};

/**
 * What of a cluster's platform is spoken to from outside of the cluster: a port of the nodes that is the router's, where the product has a
 * door, and nothing else. A target group knows a port of the nodes alone, so that whose pods are behind it is decided here; tenants and teams
 * have no such port by their quotas.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/ (2026-11-26)
 */
export function proveNodePorts(environment: Environment, cluster: Cluster): readonly Finding[] {
  const declared = cluster.name === 'production' && environment.doors?.product !== undefined;
  const isDoor = ({ metadata }: KubernetesObject): boolean =>
    declared && metadata.name === routerDoor && metadata.namespace === namespace;
  const subject = (object: KubernetesObject): string => `${cluster.name}: ${nameOf(object)}`;
  const found = (kind: string): readonly KubernetesObject[] => cluster.objects.filter((each) => each.kind === kind);
  const services = found('Service');
  const doors = [...services, ...found('NetworkPolicy')].filter(isDoor);
  const missing = ['Service', 'NetworkPolicy'].filter((kind) => !doors.some((each) => each.kind === kind));
  return [
    ...doors.flatMap((each) => comparedTo(each.kind === 'Service' ? SERVICE : POLICY, each, subject(each), ABOUT)),
    ...services.filter((each) => !isDoor(each)).flatMap((each) => withinFaults(each, subject(each))),
    ...(declared ? missing : []).map((kind) =>
      finding('closed', `${cluster.name}: ${namespace}`, `${ABOUT}: got no ${kind} ${routerDoor}, expected one`),
    ),
    ...letIn(cluster, declared),
  ];
}

function withinFaults({ spec }: KubernetesObject, subject: string): readonly Finding[] {
  const ports = listOf(at(spec, 'ports')).filter((port) => at(port, 'nodePort') !== undefined);
  return [
    ...Object.entries(WITHIN).flatMap(([field, allowed]) =>
      comparedTo(allowed, at(spec, field), subject, `${ABOUT}: spec.${field}`),
    ),
    ...ports.map((port) =>
      finding(
        'open',
        subject,
        `${ABOUT}: got port ${String(at(port, 'nodePort'))} of the nodes, allowed none but the router's`,
      ),
    ),
  ];
}

/** Whatever else a policy of the namespace says: which of its rules let an address in. */
const DENY: NetworkPolicy = { name: '', namespace, pods: { demands: [] }, ingress: [] };

/** Who comes to the pods of the serving namespace by address: the nodes that hand calls of the door on to the router, and nobody else. */
function letIn({ name, network, zones }: Cluster, declared: boolean): readonly Finding[] {
  const calls: Ports = { protocol: 'TCP', from: routerPort, to: routerPort };
  const isCalls = ({ protocol, from, to }: Ports): boolean =>
    protocol === calls.protocol && from === calls.from && to === calls.to;
  const policies = network.filter((policy) => policy.namespace === namespace);
  const all = pieces([...blocksOf(policies), ...zones.flatMap(({ ranges }) => ranges)]);
  return policies.flatMap((policy) => {
    const subject = `${name}: NetworkPolicy ${namespace}/${policy.name}`;
    const isDoor = declared && policy.name === routerDoor;
    const more = new Map<string, string>();
    const less: string[] = [];
    for (const { from: address } of all) {
      const open = openPorts([DENY, policy], 'ingress', { address });
      const zone = zoneOf(zones, address).name;
      const meant = isDoor && zone === NODES;
      const first = open.find((ports) => !(meant || (isDoor && zone === NOBODY)) || !isCalls(ports));
      if (first !== undefined && !more.has(zone))
        more.set(zone, `${first.protocol} ${first.from} to ${first.to} from ${textOf(address)}`);
      if (meant && !open.some(isCalls)) less.push(textOf(address));
    }
    return [
      ...[...more].map(([zone, what]) =>
        finding(
          'open',
          subject,
          `${ABOUT}: ${zone} reach pods of ${namespace}: it lets ${what} in, allowed ${isDoor ? `the system nodes to ${String(routerPort)}` : 'nobody by address'}`,
        ),
      ),
      ...openWay(
        subject,
        `${ABOUT}: the system nodes reach the router`,
        less[0] === undefined ? undefined : `it does not let ${less[0]} in`,
      ),
    ];
  });
}

const NODES = 'the API server and the system nodes';
const NOBODY = 'addresses of the VPC that nothing has';
