import type { Environment } from '../../../schema/model';
import { controllerNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { labelSet } from '../label-set';
import type { IngressRule, NetworkPolicy } from '../network-policies/network-policy';
import { systemBlock } from '../../../schema/address-plan';

const { flux, karpenter, keda, kueue } = controllerNames;

/**
 * TCP ports of the containers that the API server calls: admission webhooks and aggregated APIs.
 * @see https://github.com/kubernetes-sigs/kueue/blob/v0.19.2/charts/kueue/templates/manager/manager.yaml (2026-11-25)
 * @see https://github.com/kedacore/charts/blob/v2.20.2/keda/values.yaml: webhooks 9443, `service.portHttpsTarget` (2026-11-25)
 */
const CALLED_BY_API_SERVER: Readonly<Record<string, readonly number[]>> = {
  [flux.namespace]: [],
  [karpenter.namespace]: [],
  [kueue.namespace]: [9443, 8082],
  [keda.namespace]: [9443, 6443],
};

/**
 * Who may speak to the controllers of a namespace: its own pods, and the control plane, whose interfaces lie in the system subnets.
 * Flux's source controller hands every tenant's objects to whoever asks it, so that nobody else may ask. Ways out are not narrowed:
 * they end at the VPC's endpoints, and a policy by address would have to name the API server's, which is not known here.
 */
export function platformDoors(env: Environment, cluster: ClusterName, namespace: string): readonly NetworkPolicy[] {
  const policy = (name: string, ingress?: readonly IngressRule[]): NetworkPolicy => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, labels: labelSet({ env, name: 'network', owner: 'platform' }) },
    spec: { podSelector: {}, policyTypes: ['Ingress'], ...(ingress === undefined ? {} : { ingress }) },
  });
  const called = CALLED_BY_API_SERVER[namespace];
  if (called === undefined) {
    throw new Error(
      `${namespace}: got no list of its doors, allowed ${Object.keys(CALLED_BY_API_SERVER).join(', ')}; add what the API server calls there`,
    );
  }
  const controlPlane: IngressRule = {
    from: [{ ipBlock: { cidr: systemBlock(env.network[cluster]) } }],
    ports: called.map((port) => ({ protocol: 'TCP', port })),
  };
  return [
    policy('default-deny'),
    policy('doors', [{ from: [{ podSelector: {} }] }, ...(called.length === 0 ? [] : [controlPlane])]),
  ];
}
