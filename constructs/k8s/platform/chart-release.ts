import type { Environment } from '../../../schema/model';
import { CHARTS, type ChartId, chartReference } from '../../../schema/charts';
import { controllerNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { helmRelease } from '../api/flux-helm';
import { ociRepository } from '../api/flux-source';
import { labelSet } from '../label-set';
import type { KubernetesObject } from '../object';

export interface ChartReleaseProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  readonly chart: ChartId;
  /** Where the chart's objects go. */
  readonly namespace: string;
  readonly values: object;
  /** Releases that must be ready first. @default - none */
  readonly dependsOn?: readonly ChartId[];
  /** What Helm does with the chart's `crds` folder, which it never upgrades by itself. @default 'CreateReplace' */
  readonly crds?: 'CreateReplace' | 'Skip';
}

const namespace = controllerNames.flux.namespace;

/** A chart's source in the environment's own registry, by its immutable tag, and its release. */
export function chartRelease(props: ChartReleaseProps): readonly KubernetesObject[] {
  const { chart } = props;
  const metadata = { name: chart, namespace, labels: labelSet({ env: props.env, name: chart, owner: 'platform' }) };
  const crds = props.crds ?? 'CreateReplace';
  return [
    ociRepository(metadata, {
      url: chartReference(props.env, props.cluster, chart),
      provider: 'aws',
      ref: { tag: CHARTS[chart].version },
      // The tag never moves: a look a day finds a registry that lost it.
      interval: '24h',
      layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
    }),
    helmRelease(
      {
        ...metadata,
        // A release that is gone from the list would be uninstalled, its CRDs with it, and with a CRD every pool, queue or ScaledJob of the
        // cluster. Removing one takes a person's second key: the annotation.
        annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
      },
      {
        chartRef: { kind: 'OCIRepository', name: chart },
        serviceAccountName: controllerNames.flux.helm,
        releaseName: chart,
        targetNamespace: props.namespace,
        storageNamespace: namespace,
        interval: '6h',
        timeout: '10m',
        maxHistory: 3,
        ...(props.dependsOn === undefined ? {} : { dependsOn: props.dependsOn.map((name) => ({ name })) }),
        install: { crds, remediation: { retries: 5 } },
        upgrade: { crds, cleanupOnFail: true, remediation: { retries: 3, strategy: 'rollback' } },
        driftDetection: { mode: 'enabled' },
        values: props.values,
      },
    ),
  ];
}
