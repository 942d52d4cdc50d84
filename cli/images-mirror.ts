/** `atoll images mirror`: a bash script that copies every image and chart into an environment's own registries. */
import { type Chart, type ChartId, CHARTS, chartReference } from '../schema/charts';
import { IMAGE_LOCK, type ImageLock } from '../schema/image-lock';
import { type Image, type ImageId, IMAGES, imageParts, lockedDigest, upstreamReference } from '../schema/images';
import type { Environment } from '../schema/model';
import { arn } from '../schema/arns';
import { registryNames, roleNames } from '../schema/names';
import { CLUSTERS, type ClusterName } from '../schema/vocabulary';
import { chartUpstreamReference } from './images-lock';
import { MIRROR_FUNCTIONS } from './images-mirror-shell';

export interface MirrorPlanArgs {
  readonly env: Environment;
  /** @default both clusters */
  readonly clusters?: readonly ClusterName[];
  /** @default the recorded lock */
  readonly lock?: ImageLock;
}

/** A digest is missing: the copy is of whatever the tag names on the day. */
const NOT_LOCKED = ' # not locked';

/** Ids of a list that a cluster runs, sorted. */
function idsOf<T extends string>(
  list: Readonly<Record<T, { readonly clusters: readonly ClusterName[] }>>,
  cluster: ClusterName,
): T[] {
  return (Object.keys(list) as T[]).filter((id) => list[id].clusters.includes(cluster)).sort();
}

const isBuilt = (id: ImageId): boolean => upstreamReference(IMAGES[id]) === undefined;

function imageTarget(env: Environment, cluster: ClusterName, id: ImageId, lock: ImageLock): string {
  const { registry, repository, tag } = imageParts(env, cluster, id, lock);
  return `${registry}/${repository}:${tag}`;
}

function imageCommand(env: Environment, cluster: ClusterName, id: ImageId, lock: ImageLock): string {
  const image: Image = IMAGES[id];
  const target = imageTarget(env, cluster, id, lock);
  const digest = lockedDigest(id, lock);
  return digest === undefined
    ? `copy ${image.upstream}:${image.tag} ${target}${NOT_LOCKED}`
    : `copy ${image.upstream}@${digest} ${target}`;
}

function chartCommand(env: Environment, cluster: ClusterName, id: ChartId, lock: ImageLock): string {
  const chart: Chart = CHARTS[id];
  const repository = chartReference(env, cluster, id);
  const upstream = chartUpstreamReference(id, chart);
  const locked = lock.charts[id];
  const digest = locked?.reference === upstream ? locked.digest : undefined;
  const note = digest === undefined ? NOT_LOCKED : '';
  if (chart.upstream.startsWith('oci://')) {
    const from = digest === undefined ? upstream : `${chart.upstream.slice('oci://'.length)}@${digest}`;
    return `copy ${from} ${repository.slice('oci://'.length)}:${chart.version}${note}`;
  }
  const sha256 = digest?.slice('sha256:'.length) ?? "''";
  const folder = repository.slice(0, repository.lastIndexOf('/'));
  return `chart ${chart.upstream} ${id} ${chart.version} ${sha256} ${folder}${note}`;
}

/** A subshell with the rights to push into one account's registry: what is exported in it ends with it. */
function part(env: Environment, cluster: ClusterName, signIn: string, commands: readonly string[]): string[] {
  const role = arn.role(env.accounts[cluster], roleNames.imageMirror(env, cluster));
  const lines = [
    `assume ${role} ${env.region}`,
    `${signIn} ${registryNames.host(env, cluster)} ${env.region}`,
    ...commands,
  ];
  return ['(', ...lines.map((line) => `  ${line}`), ')'];
}

function mirrored(env: Environment, cluster: ClusterName, lock: ImageLock): string[] {
  const images = idsOf<ImageId>(IMAGES, cluster).filter((id) => !isBuilt(id));
  return [
    `echo '== ${env.name}: mirrored into account ${env.accounts[cluster]} (${cluster})'`,
    ...part(env, cluster, 'sign_in', [
      ...images.map((id) => imageCommand(env, cluster, id, lock)),
      ...idsOf<ChartId>(CHARTS, cluster).map((id) => chartCommand(env, cluster, id, lock)),
    ]),
    '',
  ];
}

function built(env: Environment, cluster: ClusterName, id: ImageId, lock: ImageLock): string[] {
  const { source } = IMAGES[id];
  const target = imageTarget(env, cluster, id, lock);
  return [
    `if [ -d ${source} ]; then`,
    ...part(env, cluster, 'sign_in_docker', [`build ${source} ${target}`]).map((line) => `  ${line}`),
    'else',
    `  echo 'skip   ${target}: no folder ${source} here; run this again at the root of a repository that has it'`,
    'fi',
    '',
  ];
}

/**
 * The script as text: it copies each image and chart of the list into the environment's registries under its immutable tag and
 * passes over what is there. What this repository builds comes last, since no cluster needs it to come up. `crane copy` keeps
 * the digest, so the lock holds in the copy too.
 */
export function mirrorPlan({ env, clusters = CLUSTERS, lock = IMAGE_LOCK }: MirrorPlanArgs): string {
  return [
    '#!/usr/bin/env bash',
    `# Fills the registries of ${env.name}. Needs aws, crane and helm, docker and NODE_IMAGE for the last part, and credentials of`,
    `# ${env.imageMirrorPrincipal}.`,
    "# What is 'not locked' is copied by its tag: run `atoll images lock` first where the bytes matter.",
    MIRROR_FUNCTIONS,
    ...clusters.flatMap((cluster) => mirrored(env, cluster, lock)),
    `echo '== ${env.name}: built from this repository'`,
    ...clusters.flatMap((cluster) =>
      idsOf<ImageId>(IMAGES, cluster)
        .filter(isBuilt)
        .flatMap((id) => built(env, cluster, id, lock)),
    ),
  ].join('\n');
}
