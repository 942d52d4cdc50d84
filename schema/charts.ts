import type { Environment } from './model';
import { registryNames } from './names';
import type { ClusterName } from './vocabulary';

/** A Helm chart that a cluster installs; mirrored into the environment's own registry under an immutable tag. */
export interface Chart {
  /**
   * Where the chart is published: `oci://host/repository` (the last part is the chart's name), or the `https://` address of
   * a chart repository in which the chart is named like its id here.
   */
  readonly upstream: `oci://${string}` | `https://${string}`;
  /** Version of the chart itself: the mirrored tag. */
  readonly version: string;
  /** Version of what the chart installs, in the spelling of its Chart.yaml. */
  readonly appVersion: string;
  /** SPDX identifier. */
  readonly licence: string;
  /** Where version and location were looked up; the date in brackets is that of the newest change seen there. */
  readonly source: string;
  /** Day of the look-up, ISO 8601. */
  readonly checked: string;
  /** Clusters that install it. */
  readonly clusters: readonly ClusterName[];
}

const CHECKED = '2026-11-24';

export const CHARTS = {
  flux2: {
    upstream: 'oci://ghcr.io/fluxcd-community/charts/flux2',
    version: '2.18.3',
    appVersion: '2.8.5',
    licence: 'Apache-2.0',
    source: 'https://github.com/fluxcd-community/helm-charts/blob/main/charts/flux2/Chart.yaml (2026-04-14)',
    checked: CHECKED,
    clusters: ['production', 'research'],
  },
  karpenter: {
    upstream: 'oci://public.ecr.aws/karpenter/karpenter',
    version: '1.14.1',
    appVersion: '1.14.1',
    licence: 'Apache-2.0',
    source: 'https://github.com/aws/karpenter-provider-aws/blob/main/charts/karpenter/Chart.yaml (2026-08-21)',
    checked: CHECKED,
    clusters: ['production', 'research'],
  },
  // Apart from `karpenter`, since Helm never upgrades the CRDs that lie in a chart's own crds folder.
  'karpenter-crd': {
    upstream: 'oci://public.ecr.aws/karpenter/karpenter-crd',
    version: '1.14.1',
    appVersion: '1.14.1',
    licence: 'Apache-2.0',
    source: 'https://github.com/aws/karpenter-provider-aws/blob/main/charts/karpenter-crd/Chart.yaml (2026-08-21)',
    checked: CHECKED,
    clusters: ['production', 'research'],
  },
  // Its maintainers push no OCI artefact: the chart repository over https is the only source that they document.
  keda: {
    upstream: 'https://kedacore.github.io/charts',
    version: '2.20.2',
    appVersion: '2.20.2',
    licence: 'Apache-2.0',
    source: 'https://github.com/kedacore/charts/blob/v2.20.2/keda/Chart.yaml (2026-07-31)',
    checked: CHECKED,
    clusters: ['production'],
  },
  kueue: {
    upstream: 'oci://registry.k8s.io/kueue/charts/kueue',
    version: '0.19.2',
    appVersion: 'v0.19.2',
    licence: 'Apache-2.0',
    source: 'https://github.com/kubernetes-sigs/kueue/blob/v0.19.2/charts/kueue/README.md (2026-08-20)',
    checked: CHECKED,
    clusters: ['production', 'research'],
  },
} as const satisfies Record<string, Chart>;

export type ChartId = keyof typeof CHARTS;

/** Where a cluster pulls a chart from: the environment's own registry, without a tag. The tag is `CHARTS[id].version`. */
export function chartReference(env: Environment, cluster: ClusterName, id: ChartId): `oci://${string}` {
  return `oci://${registryNames.host(env, cluster)}/${registryNames.chartRepository(env, id)}`;
}
