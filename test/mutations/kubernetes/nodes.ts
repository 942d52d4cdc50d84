import { at, changeObject, set, type Mutation, type Place } from './edits';
import { faults } from './make';

const { changed, removed } = faults('platform');

const pool = (name: string): Place => ({ cluster: 'production', kind: 'NodePool', name });
const nodeClass = (name: string): Place => ({ cluster: 'production', kind: 'EC2NodeClass', name });
const GPU = 'pipeline-gpu';

/** Faults of pools and of nodes. */
export const NODE_MUTATIONS: readonly Mutation[] = [
  {
    id: 'platform-pool-exists',
    description: "nodes of a pool are nobody's",
    apply: (output) =>
      changeObject(output, pool(GPU), (object) => {
        const path = 'spec.template.spec.requirements';
        set(
          object,
          path,
          (at(object, path) as readonly { readonly operator: string }[]).filter(
            ({ operator }) => operator !== 'Exists',
          ),
        );
      }),
    expects: /closed production: NodePool pipeline-gpu: pool pipeline-gpu: no pod of a tenant finds a node/,
  },
  {
    id: 'platform-pool-one-tenant',
    description: "nodes of a pool are one tenant's by name",
    apply: (output) =>
      changeObject(output, pool(GPU), (object) => {
        set(object, 'spec.template.metadata.labels.atoll\\.node-restriction\\.kubernetes\\.io/tenant', 'acme');
      }),
    expects: /open production: NodePool pipeline-gpu: pool pipeline-gpu: its nodes are of acme by name/,
  },
  changed(
    'pool-taint-gone',
    'nodes of a pool take every pod',
    pool(GPU),
    'spec.template.spec.taints',
    undefined,
    /one-lock-left production: NodePool pipeline-gpu: .*got no taint of its own/,
  ),
  changed(
    'pool-taint-swapped',
    "nodes of a pool have another pool's taint",
    pool(GPU),
    'spec.template.spec.taints.0.value',
    'pipeline-shared',
    /got no taint of its own/,
  ),
  changed(
    'pool-taint-soft',
    'nodes of a pool would rather not take every pod',
    pool(GPU),
    'spec.template.spec.taints.0.effect',
    'PreferNoSchedule',
    /got no taint of its own/,
  ),
  changed(
    'pool-label-swapped',
    "nodes of a pool carry another pool's label",
    pool('pipeline-shared'),
    'spec.template.metadata.labels.atoll\\.dev/pool',
    GPU,
    /closed production: NodePool pipeline-shared: .*label atoll\.dev\/pool is pipeline-gpu/,
  ),
  removed(
    'pool-gone',
    'a pool is gone',
    pool(GPU),
    /closed production: NodePool pipeline-gpu: pool pipeline-gpu: the cluster has no such NodePool/,
  ),
  {
    id: 'platform-pool-more',
    description: 'a pool that nobody declared',
    apply: (output) =>
      changeObject(output, pool(GPU), (object) => {
        set(object, 'metadata.name', 'more');
      }),
    expects: /open production: NodePool more: pool more: a pool that the environment does not have/,
  },
  changed(
    'pool-operator',
    'an operator that there is not',
    pool(GPU),
    'spec.template.spec.requirements.0.operator',
    'Near',
    /not-understood NodePool pipeline-gpu: .*operator: got "Near"/,
  ),
  changed(
    'pool-class',
    'a node class that there is not',
    pool(GPU),
    'spec.template.spec.nodeClassRef.name',
    'gone',
    /closed production: NodePool pipeline-gpu: .*got the node class gone/,
  ),
  changed(
    'hop-limit',
    'an answer of instance metadata reaches pods',
    nodeClass(GPU),
    'spec.metadataOptions.httpPutResponseHopLimit',
    2,
    /pods of tenant acme reach instance metadata: got 1 of 2 locks, expected all; lost metadata options of the nodes: EC2NodeClass pipeline-gpu: httpPutResponseHopLimit: got 2/,
  ),
  changed(
    'tokens',
    'instance metadata without a token',
    nodeClass(GPU),
    'spec.metadataOptions.httpTokens',
    'optional',
    /httpTokens: got optional, allowed required/,
  ),
  changed(
    'metadata-default',
    'metadata options as they come',
    nodeClass(GPU),
    'spec.metadataOptions',
    undefined,
    /httpPutResponseHopLimit: got undefined/,
  ),
  changed(
    'subnets',
    "nodes in the controllers' subnets",
    nodeClass(GPU),
    'spec.subnetSelectorTerms',
    [{ tags: { 'atoll:subnets': 'system' } }],
    /open production: EC2NodeClass pipeline-gpu: nodes: its nodes are in subnets/,
  ),
  changed(
    'public-address',
    'nodes with public addresses',
    nodeClass(GPU),
    'spec.associatePublicIPAddress',
    true,
    /open production: EC2NodeClass pipeline-gpu: nodes: associatePublicIPAddress: got true, allowed false/,
  ),
  changed(
    'admin-container',
    'root on a node',
    nodeClass(GPU),
    'spec.userData',
    '',
    /Bottlerocket's admin container is not disabled/,
  ),
];
