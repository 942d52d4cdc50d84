/** `atoll images mirror`: the commands that copy every image and chart into an environment's own registries. */
import { type Chart, type ChartId, CHARTS, chartReference } from '../schema/charts';
import { IMAGE_LOCK, type ImageLock } from '../schema/image-lock';
import { type Image, type ImageId, IMAGES, imageParts, lockedDigest, upstreamReference } from '../schema/images';
import type { Environment } from '../schema/model';
import { arn, registryNames, roleNames } from '../schema/names';
import { CLUSTERS, type ClusterName } from '../schema/vocabulary';
import { chartUpstreamReference } from './images-lock';

export interface MirrorPlanArgs {
  readonly env: Environment;
  /** @default both clusters */
  readonly clusters?: readonly ClusterName[];
  /** @default the recorded lock */
  readonly lock?: ImageLock;
}

const NOT_LOCKED = '# not locked: copied by tag; run `atoll images lock` first where the bytes matter';

/** A tag in the registry is immutable, so a copy that is there already must be passed over, not pushed again. */
const unlessThere = (target: string, command: string): string => `crane digest ${target} >/dev/null 2>&1 || ${command}`;

function imageCommands(env: Environment, cluster: ClusterName, id: ImageId, lock: ImageLock): string[] {
  const image: Image = IMAGES[id];
  const { registry, repository, tag } = imageParts(env, cluster, id, lock);
  const target = `${registry}/${repository}:${tag}`;
  const upstream = upstreamReference(image);
  if (upstream === undefined) {
    const build = `docker buildx build --platform linux/amd64,linux/arm64 --tag ${target} --push ${image.source}`;
    return [unlessThere(target, build)];
  }
  const digest = lockedDigest(id, lock);
  return digest === undefined
    ? [NOT_LOCKED, unlessThere(target, `crane copy ${upstream} ${target}`)]
    : [unlessThere(target, `crane copy ${image.upstream}@${digest} ${target}`)];
}

function chartCommands(env: Environment, cluster: ClusterName, id: ChartId, lock: ImageLock): string[] {
  const chart: Chart = CHARTS[id];
  const repository = chartReference(env, cluster, id);
  const target = `${repository.slice('oci://'.length)}:${chart.version}`;
  const upstream = chartUpstreamReference(id, chart);
  const locked = lock.charts[id];
  const digest = locked?.reference === upstream ? locked.digest : undefined;
  const note = digest === undefined ? [NOT_LOCKED] : [];
  if (chart.upstream.startsWith('oci://')) {
    const from = digest === undefined ? upstream : `${chart.upstream.slice('oci://'.length)}@${digest}`;
    return [...note, unlessThere(target, `crane copy ${from} ${target}`)];
  }
  const archive = `${id}-${chart.version}.tgz`;
  const steps = [`helm pull ${id} --repo ${chart.upstream} --version ${chart.version}`];
  if (digest !== undefined) steps.push(`echo '${digest.slice('sha256:'.length)}  ${archive}' | sha256sum --check`);
  // Helm appends the chart's own name to the address that it pushes to.
  steps.push(`helm push ${archive} ${repository.slice(0, repository.lastIndexOf('/'))}`);
  return [...note, unlessThere(target, `{ ${steps.join(' && ')}; }`)];
}

/** A role's credentials, for the subshell that they are exported in; they are in no argument and no output. */
function become(roleArn: string, region: string): string[] {
  return [
    `assumed=$(aws sts assume-role --region ${region} --role-arn ${roleArn} --role-session-name atoll-images-mirror \\`,
    "  --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text)",
    'read -r AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN <<<"$assumed"',
    'export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN',
  ];
}

function clusterCommands(env: Environment, cluster: ClusterName, lock: ImageLock): string[] {
  const host = registryNames.host(env, cluster);
  const password = `aws ecr get-login-password --region ${env.region}`;
  const ids = <T extends string>(list: Readonly<Record<T, { readonly clusters: readonly ClusterName[] }>>): T[] =>
    (Object.keys(list) as T[]).filter((id) => list[id].clusters.includes(cluster)).sort();
  return [
    `# ${env.name}/${cluster}: as the role that may push into the registry of account ${env.accounts[cluster]}`,
    '(',
    ...become(arn.role(env.accounts[cluster], roleNames.imageMirror(env, cluster)), env.region),
    `${password} | crane auth login ${host} --username AWS --password-stdin`,
    `${password} | helm registry login ${host} --username AWS --password-stdin`,
    ...ids<ImageId>(IMAGES).flatMap((id) => imageCommands(env, cluster, id, lock)),
    ...ids<ChartId>(CHARTS).flatMap((id) => chartCommands(env, cluster, id, lock)),
    ')',
    '',
  ];
}

/**
 * A shell script as text: it copies each image and chart of the list into the environment's registries under its immutable
 * tag, all architectures, and passes over what is there. `crane copy` keeps the digest, so the lock holds in the copy too.
 */
export function mirrorPlan(args: MirrorPlanArgs): string {
  const lock = args.lock ?? IMAGE_LOCK;
  const clusters = args.clusters ?? CLUSTERS;
  return ['set -euo pipefail', '', ...clusters.flatMap((cluster) => clusterCommands(args.env, cluster, lock))].join(
    '\n',
  );
}
