import { arn } from '../../schema/arns';
import { CHARTS } from '../../schema/charts';
import { IMAGES } from '../../schema/images';
import type { Environment } from '../../schema/model';
import { registryNames, roleNames } from '../../schema/names';
import { CLUSTERS, type ClusterName } from '../../schema/vocabulary';
import type { DeclaredWay, Place } from './declared-way';

const PULL = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const LOOK = 'ecr:BatchCheckLayerAvailability';
const PUSH = ['ecr:CompleteLayerUpload', 'ecr:InitiateLayerUpload', 'ecr:PutImage', 'ecr:UploadLayerPart'];
/** In AWS's policy for nodes beside what pulls: it brings an upstream's image where a rule says so, and the powers say that nobody makes one. */
const IMPORT = 'ecr:BatchImportUpstreamImage';

/** A repository with who reads it. */
export interface DeclaredRepository {
  readonly on: Place;
  readonly cluster: ClusterName;
  readonly holds: 'image' | 'chart';
  readonly id: string;
}

/** What a cluster runs comes out of these, and of no other registry of ours. */
export const repositoriesOf = (env: Environment): DeclaredRepository[] =>
  CLUSTERS.flatMap((cluster) => {
    const idsIn = (all: Readonly<Record<string, { readonly clusters: readonly ClusterName[] }>>): string[] =>
      Object.keys(all).filter((id) => all[id]?.clusters.includes(cluster));
    const repository = (holds: DeclaredRepository['holds'], id: string, name: string): DeclaredRepository => ({
      on: { kind: 'ecr:repository', name: arn.repository(env, cluster, name), type: 'repository' },
      cluster,
      holds,
      id,
    });
    return [
      ...idsIn(IMAGES).map((id) => repository('image', id, registryNames.repository(env, id))),
      ...idsIn(CHARTS).map((id) => repository('chart', id, registryNames.chartRepository(env, id))),
    ];
  });

/**
 * Who does what with an image or a chart: the mirror writes and compares it; machines pull images, Flux charts, and the deploy the chart that
 * installs Flux.
 */
export function repositoryWays(env: Environment, { on, cluster, holds, id }: DeclaredRepository): DeclaredWay[] {
  const of = (who: string, name: string): Pick<DeclaredWay, 'who' | 'holder' | 'on'> => ({
    who,
    holder: { roleArn: arn.role(env.accounts[cluster], name) },
    on,
  });
  const pulls = (who: string, name: string): DeclaredWay => ({
    ...of(who, name),
    actions: [LOOK, ...PULL],
    right: 'reads',
    inside: cluster,
  });
  const mirror = of('mirror of images', roleNames.imageMirror(env, cluster));
  return [
    { ...mirror, actions: PUSH, right: 'writes' },
    { ...mirror, actions: [LOOK, ...PULL, 'ecr:DescribeImages'], right: 'reads' },
    ...CLUSTERS.flatMap((other) => nodeWays(env, other, on, holds === 'image' && other === cluster)),
    ...nodeImports(env, cluster, on),
    ...(holds === 'chart' ? [pulls('Flux', roleNames.fluxSource(env, cluster))] : []),
    // Flux cannot pull the chart that installs Flux.
    ...(holds === 'chart' && id === 'flux2'
      ? [pulls('Kubernetes handler', roleNames.kubernetesHandler(env, cluster))]
      : []),
  ];
}

/** AWS's policy for machines is about every repository; each refuses those that it is not for. */
function nodeWays(env: Environment, cluster: ClusterName, on: Place, pulls: boolean): DeclaredWay[] {
  return nodesOf(env, cluster).map((roleArn) => ({
    who: 'machines',
    holder: { roleArn },
    on,
    right: 'reads',
    ...(pulls ? { actions: PULL, inside: cluster } : { actions: [...PULL, IMPORT], by: 'identity' }),
  }));
}

const nodeImports = (env: Environment, cluster: ClusterName, on: Place): DeclaredWay[] =>
  nodesOf(env, cluster).map((roleArn) => ({
    who: 'machines',
    holder: { roleArn },
    on,
    right: 'reads',
    actions: [IMPORT],
  }));

const nodesOf = (env: Environment, cluster: ClusterName): string[] =>
  [roleNames.node(env, cluster), roleNames.systemNode(env, cluster)].map((name) =>
    arn.role(env.accounts[cluster], name),
  );

/** What the same roles could do with any other repository, by their own policies: pull what AWS hands out, such as the images of add-ons. */
export function elsewhereWays(env: Environment, any: Place): DeclaredWay[] {
  return CLUSTERS.flatMap((cluster): DeclaredWay[] => [
    ...nodeWays(env, cluster, any, false),
    {
      who: 'Flux',
      holder: { roleArn: arn.role(env.accounts[cluster], roleNames.fluxSource(env, cluster)) },
      on: {
        ...any,
        path: arn.repository(env, cluster, registryNames.chartRepository(env, '*')).slice(any.name.length),
      },
      actions: [LOOK, ...PULL],
      right: 'reads',
      by: 'identity',
    },
  ]);
}
