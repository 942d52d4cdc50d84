import { clusterObjectNames, labels } from '../../../schema/names';
import type { Environment } from '../../../schema/model';
import type { Finding } from '../../finding';
import { at, listOf } from '../../output/values';
import { type Allowed, absentOr, comparedTo, free, NOTHING } from '../allowed';
import type { Cluster } from '../cluster';
import { type KubernetesObject, nameOf } from '../objects/kubernetes-object';
import { finding } from '../way';
import { type DeclaredDoor, declaredDoors } from './declared-doors';
import { letInByAddress } from './let-in';

const ABOUT = 'ports of the nodes';

const metadataOf = ({ name, namespace }: DeclaredDoor): Allowed => ({
  labels: absentOr(free('names for finding')),
  name,
  namespace,
});

/** Controllers publish a Service by its annotations, so that it has none; its one port of the nodes leads to the pods that are declared. */
const serviceOf = (door: DeclaredDoor): Allowed => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadataOf(door),
  spec: {
    externalTrafficPolicy: 'Cluster',
    ports: [{ name: 'calls', nodePort: door.nodePort, port: door.port, protocol: 'TCP', targetPort: door.port }],
    selector: { [labels.name]: door.app },
    type: 'NodePort',
  },
});

const policyOf = (door: DeclaredDoor): Allowed => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadataOf(door),
  spec: {
    ingress: free('judged by the addresses that it lets in'),
    podSelector: { matchLabels: { [labels.name]: door.app } },
    policyTypes: ['Ingress'],
  },
});

/** What another Service of the platform's must not have: each is a way to it from outside of the cluster, or a name for elsewhere. */
const WITHIN: Readonly<Record<string, Allowed>> = {
  externalIPs: NOTHING,
  externalName: NOTHING,
  healthCheckNodePort: NOTHING,
  loadBalancerClass: NOTHING,
  loadBalancerIP: NOTHING,
  type: absentOr('ClusterIP'),
};

/**
 * What of a cluster's platform is spoken to from outside of the cluster: by the ports of the nodes that are doors, and by nothing else. A target
 * group knows a port of the nodes alone, so that whose pods are behind it is decided here; tenants and teams have no such port by their quotas.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/ (2026-11-26)
 */
export function proveNodePorts(environment: Environment, cluster: Cluster): readonly Finding[] {
  const doors = declaredDoors(environment, cluster.name);
  const found = (kind: string): readonly KubernetesObject[] => cluster.objects.filter((each) => each.kind === kind);
  const doorOf = ({ metadata: { name, namespace } }: KubernetesObject): DeclaredDoor | undefined =>
    doors.find((door) => door.name === name && door.namespace === namespace);
  const subject = (object: KubernetesObject): string => `${cluster.name}: ${nameOf(object)}`;
  return [
    ...found('Service').flatMap((service) => {
      const door = doorOf(service);
      return door === undefined
        ? withinFaults(service, subject(service))
        : comparedTo(serviceOf(door), service, subject(service), ABOUT);
    }),
    ...found('NetworkPolicy').flatMap((policy) => {
      const door = doorOf(policy);
      return door === undefined ? [] : comparedTo(policyOf(door), policy, subject(policy), ABOUT);
    }),
    ...doors.flatMap((door) =>
      ['Service', 'NetworkPolicy']
        .filter((kind) => !found(kind).some((each) => doorOf(each) === door))
        .map((kind) =>
          finding(
            'closed',
            `${cluster.name}: ${door.namespace}`,
            `${ABOUT}: got no ${kind} ${door.name}, expected one`,
          ),
        ),
    ),
    ...letInByAddress(cluster, doors, cluster.name === 'production' ? [clusterObjectNames.servingNamespace] : []),
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
        `${ABOUT}: got port ${String(at(port, 'nodePort'))} of the nodes, allowed none but doors`,
      ),
    ),
  ];
}
