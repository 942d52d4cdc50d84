import type { Environment } from '../../../schema/model';
import { clusterObjectNames, controllerNames, labels } from '../../../schema/names';
import { ROUTER_OPERATIONS_PORT } from '../../../schema/router-config';
import { MODEL_SERVER_PORT } from '../../../schema/server-pod';
import { servingNames } from '../../../schema/serving-names';
import { labelSet } from '../label-set';
import { exits } from '../network-policies/exits';
import type { EgressRule, IngressRule, LabelSelector, NetworkPolicy } from '../network-policies/network-policy';
import { systemBlock } from '../../../schema/address-plan';
import type { KubernetesObject } from '../object';
import { platformNamespace } from '../platform/platform-namespace';

const NAMESPACE_NAME = 'kubernetes.io/metadata.name';
const namespace = clusterObjectNames.servingNamespace;

/** Pods of the router. */
const ROUTER: LabelSelector = { matchLabels: { [labels.name]: clusterObjectNames.router } };
/** Pods of every model server. */
const SERVERS: LabelSelector = { matchLabels: { [labels.name]: servingNames.modelServer } };

const tcp = (...ports: readonly number[]): { protocol: 'TCP'; port: number }[] =>
  ports.map((port) => ({ protocol: 'TCP', port }));

/**
 * The API server, whose keys the router asks for. A policy sees the address that the pod spoke to, and that is the Service's: the first of the block
 * that EKS chooses, which is one of two. Behind it are the control plane's interfaces, in the system subnets.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html: serviceIpv4Cidr (2026-11-26)
 */
const apiServer = (env: Environment): EgressRule => ({
  to: ['10.100.0.1/32', '172.20.0.1/32', systemBlock(env.network.production)].map((cidr) => ({ ipBlock: { cidr } })),
  ports: tcp(443),
});

/**
 * The namespace of the router and of the model servers. Tenants' pods and KEDA come to the router, the router alone to a server, and a server goes to
 * S3 and nowhere else.
 */
export function servingNamespace(env: Environment): readonly KubernetesObject[] {
  const set = labelSet({ env, name: 'serving', owner: 'platform' });
  const policy = (
    name: string,
    podSelector: LabelSelector,
    rules: { readonly ingress?: readonly IngressRule[]; readonly egress?: readonly EgressRule[] },
  ): NetworkPolicy => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, labels: set },
    spec: { podSelector, policyTypes: ['Ingress', 'Egress'], ...rules },
  });
  return [
    platformNamespace(namespace, env.clusters.production.kubernetesVersion, set),
    policy('default-deny', {}, {}),
    policy('router', ROUTER, {
      ingress: [
        {
          from: [{ namespaceSelector: { matchExpressions: [{ key: labels.tenant, operator: 'Exists' }] } }],
          ports: tcp(clusterObjectNames.routerPort),
        },
        {
          from: [{ namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: controllerNames.keda.namespace } } }],
          ports: tcp(ROUTER_OPERATIONS_PORT),
        },
      ],
      egress: [exits.dns, { to: [{ podSelector: SERVERS }], ports: tcp(MODEL_SERVER_PORT) }, apiServer(env)],
    }),
    policy('model-servers', SERVERS, {
      ingress: [{ from: [{ podSelector: ROUTER }], ports: tcp(MODEL_SERVER_PORT) }],
      egress: [exits.dns, exits.podIdentity, exits.publicHttps],
    }),
  ];
}
