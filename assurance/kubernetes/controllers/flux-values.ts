import type { ImageId } from '../../../schema/images';
import type { Environment } from '../../../schema/model';
import { labels } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { SYSTEM_POOL } from '../admission/pods';
import { type Allowed, free, listOfSome, like, rule } from '../allowed';
import { AMOUNTS, chartImage, KEPT } from './chart-images';

const ABSENT: Allowed = { create: false };
const PLACE: Allowed = { [labels.pool]: SYSTEM_POOL };

/** Arguments that decide how much is done at once, and the one that refuses bases from elsewhere. */
const ARGUMENTS = listOfSome(
  like('--concurrent=<number>, --no-remote-bases=true', /^--(?:concurrent=\d+|no-remote-bases=true)$/),
);
const arguments_ = rule(
  `none or ${ARGUMENTS.what}`,
  (value) => ARGUMENTS.fits(value) || JSON.stringify(value) === '[]',
);

/**
 * Values of Flux's own chart: three controllers of the environment's images, and none of those that the platform does without.
 * @see https://github.com/fluxcd-community/helm-charts/blob/main/charts/flux2/values.yaml (chart 2.18.3, 2026-11-24)
 */
export function allowedFluxValues(environment: Environment, cluster: ClusterName): Allowed {
  const image = (id: ImageId): Readonly<Record<string, Allowed>> => {
    const { path, pinned } = chartImage(environment, cluster, id);
    return { image: path, tag: pinned, nodeSelector: PLACE };
  };
  const controller = (id: ImageId): Allowed => ({
    ...image(id),
    create: true,
    priorityClassName: 'system-cluster-critical',
    container: { additionalArgs: arguments_ },
    resources: AMOUNTS,
  });
  return {
    installCRDs: true,
    crds: { annotations: KEPT },
    multitenancy: {
      enabled: free('judged as a lock'),
      defaultServiceAccount: free('judged as a lock'),
      // The controllers themselves run with the chart's rights; layers name an account each.
      privileged: true,
    },
    cli: image('flux-cli'),
    sourceController: controller('flux-source-controller'),
    kustomizeController: controller('flux-kustomize-controller'),
    helmController: controller('flux-helm-controller'),
    sourceWatcher: ABSENT,
    notificationController: ABSENT,
    imageAutomationController: ABSENT,
    imageReflectionController: ABSENT,
    policies: ABSENT,
    rbac: { create: true, createAggregation: free('judged in words of its own') },
    watchAllNamespaces: true,
  };
}
