import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Asset } from '../../../assurance/output/assets';
import { editAssets } from '../edits';
import { resource, set, type Draft, type Mutation } from './edits';
import { faults } from './make';

const { stack } = faults('chart');

const isChart = ({ path }: Asset): boolean => existsSync(join(path, 'Chart.yaml'));

const release = (
  id: string,
  description: string,
  name: 'flux2' | 'flux-sync',
  change: (properties: Draft) => void,
  expects: RegExp,
): Mutation =>
  stack(
    id,
    description,
    'production-cluster',
    (resources) => {
      change(resource(resources, 'Custom::AWSCDK-EKS-HelmChart', ({ Release }) => Release === name));
    },
    expects,
  );
const field = (
  id: string,
  description: string,
  name: 'flux2' | 'flux-sync',
  path: string,
  value: unknown,
  expects: RegExp,
) =>
  release(
    id,
    description,
    name,
    (properties) => {
      set(properties, path, value);
    },
    expects,
  );
/** A value of Flux's own chart. */
const value = (id: string, description: string, path: string, to: unknown, expects: RegExp): Mutation =>
  release(
    `flux-${id}`,
    description,
    'flux2',
    (properties) => {
      const values = JSON.parse(String(properties['Values'])) as Draft;
      set(values, path, to);
      properties['Values'] = JSON.stringify(values);
    },
    expects,
  );

/** Faults of the charts that a cluster's stack hands to Helm. */
export const CHART_MUTATIONS: readonly Mutation[] = [
  ...['production-cluster', 'production-delivery', 'tenant-acme'].map((place) =>
    stack(
      `more-${place}`,
      'one more chart',
      place,
      (resources) => {
        resources['Added'] = {
          Type: 'Custom::AWSCDK-EKS-HelmChart',
          Properties: {
            ClusterName: 'atoll-sample-production',
            Release: 'more',
            Chart: 'more',
            Repository: 'oci://evil.example/charts/more',
          },
        };
      },
      place === 'production-cluster'
        ? /open production-cluster: Added: a chart .*Release: got more, allowed flux2, flux-sync/
        : new RegExp(`open ${place}: Added: it makes a way`),
    ),
  ),
  stack(
    'twice',
    'a release by two resources',
    'production-cluster',
    (resources) => {
      const sync = resource(resources, 'Custom::AWSCDK-EKS-HelmChart', ({ Release }) => Release === 'flux-sync');
      resources['Added'] = { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ...sync } };
    },
    /open production-cluster: the release flux-sync: got 2 of it/,
  ),
  field(
    'repository',
    'Flux from elsewhere',
    'flux2',
    'Repository',
    'oci://ghcr.io/fluxcd-community/charts/flux2',
    /Repository: got "oci:\/\/ghcr\.io.*allowed "oci:\/\/222222222222/,
  ),
  field('version', 'Flux in another version', 'flux2', 'Version', '2.0.0', /Version: got "2\.0\.0"/),
  field(
    'namespace',
    "Flux in a tenant's namespace",
    'flux2',
    'Namespace',
    'tenant-acme',
    /Namespace: got "tenant-acme"/,
  ),
  field('cluster', 'Flux on another cluster', 'flux2', 'ClusterName', 'other', /ClusterName: got "other"/),
  field('name', 'another chart by the name of Flux', 'flux2', 'Chart', 'more', /Chart: got "more"/),
  field(
    'asset-too',
    'Flux from an asset',
    'flux2',
    'ChartAssetURL',
    's3://other/x.zip',
    /not-understood .*ChartAssetURL/,
  ),
  field('skip-crds', 'Flux without its definitions', 'flux2', 'SkipCrds', true, /not-understood .*SkipCrds/),
  field(
    'token',
    "somebody's function installs it",
    'flux2',
    'ServiceToken',
    'arn:aws:lambda:eu-central-1:999999999999:function:x',
    /ServiceToken: got "arn:aws:lambda/,
  ),
  field(
    'sync-bucket',
    "what Flux is told comes from somebody's bucket",
    'flux-sync',
    'ChartAssetURL',
    's3://somebodys/0000000000000000000000000000000000000000000000000000000000000000.zip',
    /ChartAssetURL: got "s3:\/\/somebodys.*allowed the asset in cdk-/,
  ),
  release(
    'sync-asset',
    'what Flux is told is another asset',
    'flux-sync',
    (properties) => {
      properties['ChartAssetURL'] = String(properties['ChartAssetURL']).replace(/[0-9a-f]{64}/, '0'.repeat(64));
    },
    /ChartAssetURL: got ".*allowed the asset in cdk-/,
  ),
  ...(
    [
      ['moved', 'from another folder', (asset) => ({ ...asset, path: `${asset.path}x` })],
      ['lost', 'from nowhere', () => undefined],
      ['file', 'as a file', (asset) => ({ ...asset, packaging: 'file' })],
      [
        'elsewhere',
        'to another place',
        (asset) => ({ ...asset, destinations: [{ bucket: 'somebodys', key: 'x.zip' }] }),
      ],
    ] as const satisfies readonly (readonly [string, string, (asset: Asset) => Asset | undefined])[]
  ).map(([id, what, change]): Mutation => ({
    id: `chart-sync-published-${id}`,
    description: `what Flux is told is published ${what}`,
    apply: (output) => editAssets(output, 'research-cluster', (asset) => (isChart(asset) ? change(asset) : asset)),
    expects: /ChartAssetURL: got ".*allowed the asset in cdk-/,
  })),
  field('sync-values', 'what Flux is told has values', 'flux-sync', 'Values', '{}', /not-understood .*Values/),
  field(
    'sync-repository',
    'what Flux is told is a chart of a registry',
    'flux-sync',
    'Repository',
    'oci://x',
    /not-understood .*Repository/,
  ),
  value(
    'image',
    'a controller of another image',
    'kustomizeController.image',
    'evil.example/x',
    /Values: kustomizeController\.image: got "evil\.example\/x"/,
  ),
  value(
    'tag',
    'a controller of another tag',
    'helmController.tag',
    'latest',
    /Values: helmController\.tag: got "latest"/,
  ),
  value(
    'more',
    'a controller that the platform does without',
    'imageAutomationController.create',
    true,
    /imageAutomationController\.create: got true/,
  ),
  value(
    'argument',
    'a controller that refuses nothing',
    'kustomizeController.container.additionalArgs.2',
    '--no-cross-namespace-refs=false',
    /additionalArgs: got/,
  ),
  value(
    'place',
    "a controller on a tenant's nodes",
    'helmController.nodeSelector',
    { 'atoll.dev/pool': 'pipeline-gpu' },
    /nodeSelector\.atoll\.dev\/pool: got "pipeline-gpu"/,
  ),
  value(
    'env',
    'a controller behind a proxy',
    'extraObjects',
    [{ kind: 'Pod' }],
    /not-understood .*Values: extraObjects/,
  ),
];
