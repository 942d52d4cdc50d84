import type { Environment } from '../../../schema/model';
import type { ClusterName } from '../../../schema/vocabulary';
import { labels } from '../../../schema/names';
import { labelSet } from '../label-set';
import type { NetworkPolicy } from '../network-policies/network-policy';
import { endpointBlock, systemBlock } from '../../../schema/address-plan';
import type { KubernetesObject } from '../object';

/** A port of a cluster's nodes by which a load balancer reaches pods. */
export interface NodePortDoor {
  readonly cluster: ClusterName;
  /** Name of its Service and of its network policy. */
  readonly name: string;
  readonly namespace: string;
  /** `app.kubernetes.io/name` of the pods. */
  readonly app: string;
  /** TCP port of the container and of the Service. */
  readonly port: number;
  readonly nodePort: number;
}

interface NodePortService extends KubernetesObject {
  readonly apiVersion: 'v1';
  readonly kind: 'Service';
  readonly spec: {
    readonly type: 'NodePort';
    readonly externalTrafficPolicy: 'Cluster';
    readonly selector: Readonly<Record<string, string>>;
    readonly ports: readonly {
      readonly name: string;
      readonly protocol: 'TCP';
      readonly port: number;
      readonly targetPort: number;
      readonly nodePort: number;
    }[];
  };
}

/**
 * The cluster's half of a door: a port of the nodes that leads to pods, and those pods' leave to be spoken to from there.
 * docs/decisions/0032-the-doors.md
 */
export function nodePortDoor(env: Environment, door: NodePortDoor): readonly KubernetesObject[] {
  const { cluster, name, namespace, app, port, nodePort } = door;
  const metadata = { name, namespace, labels: labelSet({ env, name, owner: 'platform' }) };
  const selector = { [labels.name]: app };
  const service: NodePortService = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      type: 'NodePort',
      // The load balancer knows the system nodes, and the pods may be on others.
      externalTrafficPolicy: 'Cluster',
      selector,
      ports: [{ name: 'calls', protocol: 'TCP', port, targetPort: port, nodePort }],
    },
  };
  // A node that hands a connection on puts its own address in place of the caller's, and the load balancer's targets are system nodes.
  const block = env.network[cluster];
  const policy: NetworkPolicy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      podSelector: { matchLabels: selector },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ ipBlock: { cidr: systemBlock(block), except: [endpointBlock(block)] } }],
          ports: [{ protocol: 'TCP', port }],
        },
      ],
    },
  };
  return [service, policy];
}
