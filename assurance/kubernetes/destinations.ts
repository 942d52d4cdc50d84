import { clusterObjectNames, controllerNames, labels as labelNames } from '../../schema/names';
import { servingNames } from '../../schema/serving-names';
import type { Cluster } from './cluster';
import type { Ports } from './network/policies';
import type { Destination, Room } from './network/reach';
import { type Lock, lock } from './way';

const tcp = (port: number): Ports => ({ protocol: 'TCP', from: port, to: port });
const named = (name: string): Destination['namespace'] => ({ name, labels: { 'kubernetes.io/metadata.name': name } });

/** CoreDNS by its own label, and whatever else runs beside it. */
function dns(identity: Lock): readonly Destination[] {
  const namespace = named('kube-system');
  return [
    {
      name: 'DNS',
      namespace,
      labels: { 'k8s-app': 'kube-dns' },
      open: [tcp(53), { protocol: 'UDP', from: 53, to: 53 }],
      locks: [identity],
    },
    { name: 'other pods of kube-system', namespace, labels: {}, open: [], locks: [identity] },
  ];
}

/** The router, which asks every caller for its token, and the model servers behind it. */
function serving(cluster: Cluster, router: boolean, identity: Lock): readonly Destination[] {
  const name = clusterObjectNames.servingNamespace;
  const labels = cluster.namespaces.get(name);
  const policies = cluster.network.filter(({ namespace }) => namespace === name);
  const there = labels === undefined ? {} : { policies };
  const namespace = labels === undefined ? named(name) : { name, labels };
  return [
    {
      name: 'the router',
      namespace,
      labels: { [labelNames.name]: clusterObjectNames.router },
      // Nobody but the platform makes pods there, so that what a pod is called says what it is.
      pinned: { [labelNames.name]: clusterObjectNames.router },
      open: router ? [tcp(clusterObjectNames.routerPort)] : [],
      ...there,
      locks: [identity],
    },
    {
      name: 'model servers',
      namespace,
      labels: { [labelNames.name]: servingNames.modelServer },
      pinned: { [labelNames.name]: servingNames.modelServer },
      open: [],
      ...there,
      // They ask nobody who he is, so that it is their nodes that let in the router alone.
      locks: [labels === undefined ? lock('no model server is there', undefined) : (cluster.servers ?? identity)],
    },
  ];
}

/** Where pods of a tenant or a team may go beside others' rooms. */
export function commonDestinations(cluster: Cluster, room: Room, kind: 'tenant' | 'team'): readonly Destination[] {
  const { flux, karpenter, keda, kueue } = controllerNames;
  const controllers = [flux, karpenter, kueue, ...(cluster.name === 'production' ? [keda] : [])].map(
    ({ namespace }): Destination => ({
      name: `the controllers in ${namespace}`,
      namespace: { name: namespace, labels: cluster.namespaces.get(namespace) ?? named(namespace).labels },
      open: [],
      policies: cluster.network.filter((policy) => policy.namespace === namespace),
      locks: [cluster.secrets],
    }),
  );
  return [
    ...dns(room.identity),
    ...(cluster.name === 'production' ? serving(cluster, kind === 'tenant', room.identity) : []),
    ...controllers,
  ];
}
