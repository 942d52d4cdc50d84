import type { Environment } from '../../schema/model';
import type { ClusterName } from '../../schema/vocabulary';
import type { Output } from '../output/output';
import { Court, type Namespace } from './admission/court';
import { identities } from './admission/identities';
import { admissionPolicies, type AdmissionPolicy } from './admission/policy';
import { shapes } from './admission/shapes';
import { COMMON_VARIATIONS } from './admission/variations';
import { fluxLock, fluxValues } from './controllers/flux-bootstrap';
import { type NetworkPolicy, networkPolicies } from './network/policies';
import { servingNodesLock } from './eks/serving-nodes';
import { type Vpc, vpcOf } from './network/vpc';
import { replicasOf } from './network/replicas';
import { type Zone, zonesOf } from './network/zones';
import { metadataLock, type Pool, poolsOf } from './nodes/pools';
import type { Inventory } from './objects/inventory';
import type { Fields, KubernetesObject, Labels } from './objects/kubernetes-object';
import { platformLabels, secretsLock } from './objects/platform-objects';
import { type Grant, grantsOf } from './rbac/grants';
import { type Lock, lock } from './way';

/** What a cluster has in common for all of its tenants and teams. */
export interface Cluster {
  readonly name: ClusterName;
  readonly objects: readonly KubernetesObject[];
  readonly policies: readonly AdmissionPolicy[];
  readonly court: Court;
  /** Rights that the platform's bindings give. */
  readonly grants: readonly Grant[];
  readonly pools: readonly Pool[];
  readonly vpc: Vpc;
  readonly zones: readonly Zone[];
  readonly network: readonly NetworkPolicy[];
  readonly namespaces: ReadonlyMap<string, Labels>;
  readonly metadata: Lock;
  readonly flux: Lock;
  readonly secrets: Lock;
  /** What keeps pods from model servers, which ask nobody who he is. @default - it has no nodes of model servers */
  readonly servers?: Lock;
}

/** @throws NotUnderstood on the first thing that cannot be read: without it nothing of the cluster can be proven */
export function clusterOf(environment: Environment, output: Output, found: Inventory, name: ClusterName): Cluster {
  const objects = [...found.platform[name], ...found.sync[name]];
  const policies = admissionPolicies(objects);
  const vpc = vpcOf(environment, output, name);
  return {
    name,
    objects,
    policies,
    court: new Court(name, policies),
    grants: grantsOf(objects),
    pools: poolsOf(objects),
    vpc,
    zones: zonesOf(environment, name, vpc, replicasOf(environment, output, name)),
    network: networkPolicies(objects),
    namespaces: platformLabels(objects),
    metadata: metadataLock(objects),
    flux: fluxLock(fluxValues(output, name)),
    ...(name === 'production' ? { servers: servingNodesLock(environment, output) } : {}),
    secrets: secretsLock([...objects, ...(name === 'research' ? [...found.teams.values()].flat() : [])]),
  };
}

/**
 * What a pod of a namespace can be is itself: no pod with a token for the API server is admitted there, and its accounts have no right.
 * What it may read in AWS goes by the same account, which the proof of IAM judges.
 */
export function identityLock(
  { court, grants }: Cluster,
  namespace: Namespace,
  honest: Fields | undefined,
  more: readonly Grant[],
): Lock {
  const name = 'the identity of the pod';
  const groups = ['system:authenticated', 'system:serviceaccounts', `system:serviceaccounts:${namespace.name}`];
  const right = [...grants, ...more].find(
    ({ subject }) =>
      subject.startsWith(`ServiceAccount ${namespace.name}/`) || groups.some((group) => subject === `Group ${group}`),
  );
  if (right !== undefined) return lock(name, `${right.binding} gives its accounts rights`);
  if (honest === undefined) return lock(name, undefined);
  const admitted = COMMON_VARIATIONS.filter(({ what }) => what.includes('token for the API server')).find(
    ({ change }) =>
      court.refused({
        by: identities.jobController,
        operation: 'CREATE',
        group: '',
        version: 'v1',
        resource: 'pods',
        namespace,
        object: shapes.pod.around(change(honest), {}),
      }) === undefined,
  );
  return lock(name, admitted === undefined ? undefined : `a pod that ${admitted.what} is admitted`);
}
