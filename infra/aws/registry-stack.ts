import { type CfnTag, type Environment as StackEnvironment, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { imageMirrorRole } from '../../constructs/aws/registry/image-mirror-role';
import { immutableRepository } from '../../constructs/aws/registry/immutable-repository';
import { RegistryKey } from '../../constructs/aws/registry/registry-key';
import { type Chart, CHARTS } from '../../schema/charts';
import { type Image, IMAGES } from '../../schema/images';
import type { Environment } from '../../schema/model';
import { arn } from '../../schema/arns';
import { registryNames, roleNames, stackNames, tags } from '../../schema/names';
import type { ClusterName } from '../../schema/vocabulary';

export interface RegistryStackProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  readonly stackEnv: Required<StackEnvironment>;
}

/** The registry of one account: a repository per image and chart that its cluster runs, so that private nodes need no way out. */
export class RegistryStack extends Stack {
  constructor(scope: Construct, id: string, props: RegistryStackProps) {
    const { env, cluster } = props;
    super(scope, id, {
      env: props.stackEnv,
      stackName: stackNames.deployed(env, stackNames.platform(cluster, 'registry')),
      description: `Images and charts of the ${cluster} cluster of ${env.name}`,
    });
    const account = env.accounts[cluster];
    const role = (name: string): string => arn.role(account, name);
    const mirror = roleNames.imageMirror(env, cluster);
    const ownTags: CfnTag[] = [
      { key: tags.environment, value: env.name },
      { key: tags.owner, value: 'platform' },
      { key: tags.room, value: 'registry' },
    ];
    const { keyArn } = new RegistryKey(this, 'RegistryKey', {
      alias: registryNames.keyAlias(env, cluster),
      account,
      region: env.region,
      tags: ownTags,
    });
    const common = { keyArn, mirrorArn: role(mirror), tags: ownTags };
    const nodes = [role(roleNames.node(env, cluster)), role(roleNames.systemNode(env, cluster))];
    const images = idsOf(IMAGES, cluster).map((image) => {
      const repositoryName = registryNames.repository(env, image);
      immutableRepository(this, `Image-${image}`, { ...common, repositoryName, pullerArns: nodes });
      return repositoryName;
    });
    const flux = role(roleNames.fluxSource(env, cluster));
    // Flux cannot pull the chart that installs Flux: the deploy does.
    const installer = role(roleNames.kubernetesHandler(env, cluster));
    const charts = idsOf(CHARTS, cluster).map((chart) => {
      const repositoryName = registryNames.chartRepository(env, chart);
      const pullerArns = chart === 'flux2' ? [flux, installer] : [flux];
      immutableRepository(this, `Chart-${chart}`, { ...common, repositoryName, pullerArns });
      return repositoryName;
    });
    imageMirrorRole(this, 'ImageMirror', {
      roleName: mirror,
      organizationId: env.organizationId,
      principalArn: env.imageMirrorPrincipal,
      repositoryArns: [...images, ...charts].map((name) => arn.repository(env, cluster, name)),
      tags: ownTags,
    });
  }
}

/** Ids of the images or charts of a cluster, sorted. */
function idsOf(list: Readonly<Record<string, Image | Chart>>, cluster: ClusterName): string[] {
  return Object.entries(list)
    .filter(([, entry]) => entry.clusters.includes(cluster))
    .map(([id]) => id)
    .sort();
}
