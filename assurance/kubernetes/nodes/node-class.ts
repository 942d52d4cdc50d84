import type { Environment } from '../../../schema/model';
import { clusterNames, networkNames, roleNames, tags } from '../../../schema/names';
import type { NodePool } from '../../../schema/node-pool';
import type { ClusterName } from '../../../schema/vocabulary';
import type { Finding } from '../../finding';
import { absentOr, type Allowed, comparedTo, free, like, NOTHING } from '../allowed';
import { type KubernetesObject, nameOf } from '../objects/kubernetes-object';
import { finding } from '../way';
import { userDataFaults } from './user-data';

/** A gp3 volume of a node under the environment's key; a snapshot is what the pool declares, since a node boots with what is in it. */
function volume(environment: Environment, cluster: ClusterName, snapshot: string | undefined): Allowed {
  return {
    deleteOnTermination: true,
    encrypted: true,
    kmsKeyID: clusterNames.volumeKeyAlias(environment, cluster),
    snapshotID: snapshot ?? NOTHING,
    throughput: absentOr(free('speed and price')),
    volumeSize: free('size and price'),
    volumeType: 'gp3',
  };
}

/** What the machines of a pool are made of. */
function allowed(environment: Environment, cluster: ClusterName, pool: NodePool): Allowed {
  return {
    // An alias finds images of AWS's own account only, by AWS's public parameter; another term finds whoever's.
    amiSelectorTerms: [
      {
        alias: like(
          'a release of Bottlerocket by its alias, such as bottlerocket@v1.66.0',
          /^bottlerocket@v\d+(?:\.\d+){2}$/,
        ),
      },
    ],
    associatePublicIPAddress: false,
    blockDeviceMappings: [
      { deviceName: '/dev/xvda', ebs: volume(environment, cluster, undefined) },
      { deviceName: '/dev/xvdb', ebs: volume(environment, cluster, pool.dataVolumeSnapshot) },
    ],
    capacityReservationSelectorTerms:
      pool.capacityReservations.length === 0 ? NOTHING : pool.capacityReservations.map((id) => ({ id })),
    instanceProfile: roleNames.nodeInstanceProfile(environment, cluster),
    metadataOptions: {
      httpEndpoint: 'enabled',
      httpProtocolIPv6: 'disabled',
      httpPutResponseHopLimit: free('judged with the way to instance metadata'),
      httpTokens: free('judged with the way to instance metadata'),
    },
    securityGroupSelectorTerms: [
      {
        tags:
          pool.workload === 'serving'
            ? { [networkNames.nodesTag]: networkNames.servingNodes, [tags.environment]: environment.name }
            : { 'aws:eks:cluster-name': clusterNames.cluster(environment, cluster) },
      },
    ],
    subnetSelectorTerms: free('judged below, in words of its own'),
    tags: { [tags.environment]: environment.name, [tags.owner]: 'platform', [tags.room]: `pool-${pool.name}` },
    userData: free('judged by each of its settings'),
  };
}

/**
 * Node classes: one for each pool of the environment, every field known. A `role` in place of the profile, an image of another account, a disk
 * without encryption or a security group of somebody's makes the machine another one than the proof speaks of.
 * @see https://karpenter.sh/docs/concepts/nodeclasses/ (1.14, 2026-11-26)
 */
export function proveNodeClasses(
  environment: Environment,
  cluster: ClusterName,
  objects: readonly KubernetesObject[],
): readonly Finding[] {
  return objects
    .filter(({ kind }) => kind === 'EC2NodeClass')
    .flatMap((object): readonly Finding[] => {
      const subject = `${cluster}: ${nameOf(object)}`;
      const pool = environment.nodePools.find((each) => each.cluster === cluster && each.name === object.metadata.name);
      if (pool === undefined)
        return [finding('open', subject, 'nodes: got a class of no pool, expected those of the environment only')];
      const spec = object['spec'] as Readonly<Record<string, unknown>> | undefined;
      return [
        ...comparedTo(allowed(environment, cluster, pool), spec, subject, 'nodes'),
        ...[...subnetFaults(spec?.['subnetSelectorTerms']), ...userDataFaults(textOf(spec?.['userData']))].map((what) =>
          finding('open', subject, `nodes: ${what}`),
        ),
      ];
    });
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Where the nodes are: in subnets without a way out. */
function subnetFaults(terms: unknown): readonly string[] {
  const isolated = JSON.stringify([{ tags: { [networkNames.subnetTag]: networkNames.isolatedSubnets } }]);
  const got = terms === undefined ? 'that nobody chose' : JSON.stringify(terms);
  return got === isolated ? [] : [`its nodes are in subnets ${got}, expected ${isolated}`];
}
