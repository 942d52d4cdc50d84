import type { Environment } from '../../../schema/model';
import { imageParts, type ImageId } from '../../../schema/images';
import { labels } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { CONTROLLERS, type PodSize } from '../../../schema/system-load';
import { type Resources, resourcesOf } from '../../k8s/platform/resources-of';
import { SYSTEM_POOL } from './system-nodes';

/**
 * Values of the flux2 chart, the part that is set here
 * (https://github.com/fluxcd-community/helm-charts/blob/main/charts/flux2/values.yaml, chart 2.18.3, read 2026-11-24).
 */
export interface FluxValues {
  readonly installCRDs: true;
  readonly crds: { readonly annotations: Record<string, string> };
  /** Also sets `--no-cross-namespace-refs=true` on the controllers that know it. */
  readonly multitenancy: {
    readonly enabled: true;
    /** Impersonated by a Kustomization or HelmRelease that names none: an account without rights. */
    readonly defaultServiceAccount: string;
    readonly privileged: true;
  };
  /** Runs the chart's check before the first installation. */
  readonly cli: FluxImage & FluxPlacement;
  readonly sourceController: FluxController;
  readonly kustomizeController: FluxController;
  readonly helmController: FluxController;
  readonly sourceWatcher: FluxAbsent;
  readonly notificationController: FluxAbsent;
  readonly imageAutomationController: FluxAbsent;
  readonly imageReflectionController: FluxAbsent;
  readonly policies: { readonly create: boolean };
  readonly rbac: { readonly create: true; readonly createAggregation: boolean };
  readonly watchAllNamespaces: true;
}

interface FluxImage {
  readonly image: string;
  readonly tag: string;
}

interface FluxPlacement {
  readonly nodeSelector: Record<string, string>;
}

interface FluxAbsent {
  readonly create: false;
}

interface FluxController extends FluxImage, FluxPlacement {
  readonly create: true;
  readonly priorityClassName: string;
  readonly container: { readonly additionalArgs: readonly string[] };
  readonly resources: Resources;
}

const ABSENT: FluxAbsent = { create: false };
const PLACEMENT: FluxPlacement = { nodeSelector: { [labels.pool]: SYSTEM_POOL } };

/** Flux as the clusters run it: from the environment's own registry, locked down, nothing that watches registries or notifies. */
export function fluxValues(env: Environment, cluster: ClusterName): FluxValues {
  const image = (id: ImageId): FluxImage => {
    const { registry, repository, tag, digest } = imageParts(env, cluster, id);
    return { image: `${registry}/${repository}`, tag: digest === undefined ? tag : `${tag}@${digest}` };
  };
  const controller = (id: ImageId, size: PodSize, additionalArgs: readonly string[] = []): FluxController => ({
    create: true,
    ...image(id),
    ...PLACEMENT,
    // Nothing is delivered or put right while Flux is evicted.
    priorityClassName: 'system-cluster-critical',
    container: { additionalArgs },
    resources: resourcesOf(size),
  });
  return {
    installCRDs: true,
    // Without it, removing the release would remove every Kustomization, and with it everything that it applied.
    crds: { annotations: { 'helm.sh/resource-policy': 'keep' } },
    multitenancy: { enabled: true, defaultServiceAccount: 'default', privileged: true },
    cli: { ...image('flux-cli'), ...PLACEMENT },
    sourceController: controller('flux-source-controller', CONTROLLERS.fluxSource, ['--concurrent=10']),
    kustomizeController: controller('flux-kustomize-controller', CONTROLLERS.fluxKustomize, [
      // Two layers per tenant and a long interval: a platform change has up to 2,000 Kustomizations to go through.
      '--concurrent=20',
      // A Kustomization may not read a remote base: what was reviewed is all that is applied.
      '--no-remote-bases=true',
    ]),
    helmController: controller('flux-helm-controller', CONTROLLERS.fluxHelm),
    // A Bucket per tenant already lets one tenant's change reconcile that tenant alone.
    sourceWatcher: ABSENT,
    notificationController: ABSENT,
    imageAutomationController: ABSENT,
    imageReflectionController: ABSENT,
    // The chart's policies open flux-system to every namespace for metrics and webhooks; the platform's objects have narrower ones.
    policies: { create: false },
    // Aggregated, a namespace's editor could write Kustomizations, a way around what its role lists.
    rbac: { create: true, createAggregation: false },
    watchAllNamespaces: true,
  };
}
