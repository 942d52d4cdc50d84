import type { Environment } from '../../../schema/model';
import { clusterObjectNames, labels } from '../../../schema/names';
import { labelSet } from '../label-set';
import type { NetworkPolicy } from '../network-policies/network-policy';
import { endpointBlock, systemBlock } from '../network-policies/vpc-blocks';
import type { KubernetesObject } from '../object';

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

const { router, routerDoor, routerNodePort, routerPort, servingNamespace: namespace } = clusterObjectNames;
const SELECTOR = { [labels.name]: router } as const;

/**
 * The cluster's half of the product's door: a port of the nodes that leads to the router's pods, and their leave to be spoken to from there.
 * Nothing where the product has no door. docs/decisions/0032-the-doors.md
 */
export function routerDoorObjects(env: Environment): readonly KubernetesObject[] {
  const product = env.doors?.product;
  if (product === undefined) return [];
  const metadata = {
    name: routerDoor,
    namespace,
    labels: labelSet({ env, name: routerDoor, owner: 'platform' }),
  };
  const service: NodePortService = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      type: 'NodePort',
      // The load balancer knows the system nodes, and the router's pods may be on others.
      externalTrafficPolicy: 'Cluster',
      selector: SELECTOR,
      ports: [{ name: 'calls', protocol: 'TCP', port: routerPort, targetPort: routerPort, nodePort: routerNodePort }],
    },
  };
  // A node that hands a connection on puts its own address in place of the caller's, and the load balancer's targets are system nodes.
  const block = env.network.production;
  const policy: NetworkPolicy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      podSelector: { matchLabels: SELECTOR },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ ipBlock: { cidr: systemBlock(block), except: [endpointBlock(block)] } }],
          ports: [{ protocol: 'TCP', port: routerPort }],
        },
      ],
    },
  };
  return [service, policy];
}
