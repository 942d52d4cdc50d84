import { basename } from 'node:path';
import { chartReference, CHARTS } from '../../../schema/charts';
import type { Environment } from '../../../schema/model';
import { bootstrapNames, controllerNames, stackNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import type { Finding } from '../../finding';
import { assetAt } from '../../output/assets';
import type { Output } from '../../output/output';
import { jsonIn } from '../../output/values';
import { type Allowed, comparedTo, free, rule } from '../allowed';
import { ClusterStack } from '../eks/cluster-stack';
import { finding } from '../way';
import { allowedFluxValues } from './flux-values';

const FLUX = controllerNames.flux.namespace;
const ABOUT = 'a chart that the cluster’s handler installs with all rights';

/**
 * The two charts that a cluster's stack hands to Helm: Flux from the environment's own registry, and what Flux is told from the very asset
 * that was proven. Helm runs with all rights, so that there is no third.
 */
export function proveClusterCharts(environment: Environment, output: Output, cluster: ClusterName): readonly Finding[] {
  const stack = ClusterStack.of(output, cluster, 'cluster');
  const common = {
    ServiceToken: stack.own('a function', 'AWS::Lambda::Function', 'Arn'),
    ClusterName: stack.cluster(environment, cluster),
    Namespace: FLUX,
  };
  const releases: Readonly<Record<string, Allowed>> = {
    flux2: {
      ...common,
      Release: 'flux2',
      Chart: 'flux2',
      Version: CHARTS.flux2.version,
      Repository: chartReference(environment, cluster, 'flux2'),
      CreateNamespace: true,
      Wait: free('when the deploy goes on'),
      Timeout: free('when the deploy gives up'),
      Values: free('compared below, each of them'),
    },
    'flux-sync': { ...common, Release: 'flux-sync', ChartAssetURL: syncAsset(environment, output, cluster) },
  };
  const found = stack.all('Custom::AWSCDK-EKS-HelmChart');
  return [
    ...found.flatMap(({ id, properties }) => {
      const release = String(properties['Release']);
      const allowed = releases[release];
      const subject = stack.subject(id);
      if (allowed === undefined)
        return [
          finding('open', subject, `${ABOUT}: Release: got ${release}, allowed ${Object.keys(releases).join(', ')}`),
        ];
      return [
        ...comparedTo(allowed, properties, subject, ABOUT),
        ...(release === 'flux2'
          ? comparedTo(
              allowedFluxValues(environment, cluster),
              jsonIn(properties['Values']),
              subject,
              `${ABOUT}: Values`,
            )
          : []),
      ];
    }),
    ...Object.keys(releases).flatMap((release) => {
      const of = found.filter(({ properties }) => properties['Release'] === release);
      return of.length === 1
        ? []
        : [
            finding(
              of.length === 0 ? 'closed' : 'open',
              stack.id,
              `the release ${release}: got ${String(of.length)} of it, expected one`,
            ),
          ];
    }),
  ];
}

/** The chart that was read, as an asset that the stack's own manifest brings into the bucket of the account's bootstrap. */
function syncAsset(environment: Environment, output: Output, cluster: ClusterName): Allowed {
  const bucket = bootstrapNames.assetsBucket(environment.accounts[cluster], environment.region);
  const files = output.charts.filter((each) => each.cluster === cluster);
  const id = stackNames.platform(cluster, 'cluster');
  const published = output.stacks.find((each) => each.id === id)?.assets() ?? [];
  const isPublished = (hash: string): boolean => {
    const asset = assetAt(published, bucket, `${hash}.zip`);
    return asset?.packaging === 'zip' && basename(asset.path) === `asset.${hash}`;
  };
  return rule(`the asset in ${bucket} that is the chart of this assembly`, (value) =>
    files.every((file) => file.assets().some((hash) => value === `s3://${bucket}/${hash}.zip` && isPublished(hash))),
  );
}
