import type { Environment } from '../../../schema/model';
import {
  clusterNames,
  labels,
  networkNames,
  reservationReasonAnnotation,
  roleNames,
  tags,
} from '../../../schema/names';
import { DATA_VOLUME_MIB_PER_SECOND, type NodePool as PoolSpec } from '../../../schema/node-pool';
import { nodePool, type NodePool, type Requirement } from '../api/karpenter';
import { ec2NodeClass, type EC2NodeClass } from '../api/karpenter-aws';
import { labelSet } from '../label-set';
import { BOTTLEROCKET_ALIAS, bottlerocketUserData } from './bottlerocket';

type Workload = PoolSpec['workload'];

/** Longest wait for a leaving node's pods: the longest run that the workload may have (a pipeline's job 24 h, a training 7 days). */
const TERMINATION_GRACE: Readonly<Record<Workload, string>> = {
  pipeline: '24h',
  training: '168h',
  workbench: '24h',
  serving: '1h',
};

/** Karpenter tries the pool with the higher weight first, and reserved capacity is paid whether it is used or not. */
const RESERVED_WEIGHT = 50;

/**
 * Jobs end by themselves, and consolidation of a node that is not empty would end them half way; a server is replaced elsewhere.
 * An empty node goes at once with all other empty ones: the upstream budget of 10 % would pay for idle GPUs for minutes.
 */
function disruption(pool: PoolSpec): NodePool['spec']['disruption'] {
  return {
    consolidationPolicy: pool.workload === 'serving' ? 'WhenEmptyOrUnderutilized' : 'WhenEmpty',
    consolidateAfter: `${pool.idleSeconds}s`,
    budgets: [
      { nodes: '100%', reasons: ['Empty'] },
      { nodes: '10%', reasons: ['Drifted', 'Underutilized'] },
    ],
  };
}

function requirements(pool: PoolSpec): Requirement[] {
  return [
    { key: 'kubernetes.io/arch', operator: 'In', values: [pool.architecture] },
    { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] },
    { key: 'karpenter.k8s.aws/instance-family', operator: 'In', values: pool.families },
    { key: 'karpenter.sh/capacity-type', operator: 'In', values: pool.capacityTypes },
    // A node takes the value of the pod that it is bought for, so every tenant has nodes of its own in one pool.
    ...(pool.segregation === 'tenant' ? [{ key: labels.nodeTenant, operator: 'Exists' } as const] : []),
  ];
}

/** The NodePool: no floor (`replicas` is no field here) and always a ceiling in GPUs, CPUs and memory. */
export function poolNodePool(env: Environment, pool: PoolSpec): NodePool {
  return nodePool(
    { name: pool.name, labels: labelSet({ env, name: pool.name, owner: 'platform' }) },
    {
      template: {
        metadata: { labels: { [labels.pool]: pool.name, [labels.environment]: env.name } },
        spec: {
          nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: pool.name },
          requirements: requirements(pool),
          taints: [{ key: labels.pool, value: pool.name, effect: 'NoSchedule' }],
          // A week: no node outlives a patch release for long, and no run is cut before the grace period.
          expireAfter: '168h',
          terminationGracePeriod: TERMINATION_GRACE[pool.workload],
        },
      },
      disruption: disruption(pool),
      limits: {
        cpu: String(pool.cpuLimit),
        memory: `${pool.memoryLimitGiB}Gi`,
        'nvidia.com/gpu': String(pool.gpuLimit),
      },
      ...(pool.capacityTypes.includes('reserved') ? { weight: RESERVED_WEIGHT } : {}),
    },
  );
}

/**
 * The cluster's own security group, in which every node may speak to every other: EKS tags it so, and CDK cannot tag it otherwise. Nodes of model
 * servers have one of their own, which lets in the router alone.
 */
const securityGroup = (env: Environment, { cluster, workload }: PoolSpec): Readonly<Record<string, string>> =>
  workload === 'serving'
    ? { [networkNames.nodesTag]: networkNames.servingNodes, [tags.environment]: env.name }
    : { 'aws:eks:cluster-name': clusterNames.cluster(env, cluster) };

/** What the pool's machines are made of. */
export function poolNodeClass(env: Environment, pool: PoolSpec): EC2NodeClass {
  const volume = {
    volumeType: 'gp3',
    encrypted: true,
    kmsKeyID: clusterNames.volumeKeyAlias(env, pool.cluster),
    deleteOnTermination: true,
  } as const;
  return ec2NodeClass(
    {
      name: pool.name,
      labels: labelSet({ env, name: pool.name, owner: 'platform' }),
      ...(pool.reservationReason === undefined
        ? {}
        : { annotations: { [reservationReasonAnnotation]: pool.reservationReason } }),
    },
    {
      amiSelectorTerms: [{ alias: BOTTLEROCKET_ALIAS }],
      instanceProfile: roleNames.nodeInstanceProfile(env, pool.cluster),
      subnetSelectorTerms: [{ tags: { [networkNames.subnetTag]: networkNames.isolatedSubnets } }],
      securityGroupSelectorTerms: [{ tags: securityGroup(env, pool) }],
      ...(pool.capacityReservations.length === 0
        ? {}
        : { capacityReservationSelectorTerms: pool.capacityReservations.map((id) => ({ id })) }),
      associatePublicIPAddress: false,
      metadataOptions: {
        httpEndpoint: 'enabled',
        httpProtocolIPv6: 'disabled',
        httpPutResponseHopLimit: 1,
        httpTokens: 'required',
      },
      blockDeviceMappings: [
        { deviceName: '/dev/xvda', ebs: { ...volume, volumeSize: '4Gi' } },
        {
          deviceName: '/dev/xvdb',
          ebs: {
            ...volume,
            volumeSize: `${pool.dataVolumeGiB}Gi`,
            throughput: DATA_VOLUME_MIB_PER_SECOND,
            ...(pool.dataVolumeSnapshot === undefined ? {} : { snapshotID: pool.dataVolumeSnapshot }),
          },
        },
      ],
      userData: bottlerocketUserData(pool.dataVolumeSnapshot !== undefined),
      tags: { [tags.environment]: env.name, [tags.owner]: 'platform', [tags.room]: `pool-${pool.name}` },
    },
  );
}
