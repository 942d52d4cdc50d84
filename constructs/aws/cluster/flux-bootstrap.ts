import { RemovalPolicy } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { chartReference, CHARTS } from '../../../schema/charts';
import type { Environment } from '../../../schema/model';
import { controllerNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { type ControlPlane, HELM_TIMEOUT } from './control-plane';
import { fluxValues } from './flux-values';

export interface FluxBootstrapProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
  readonly controlPlane: ControlPlane;
  /** Folder of a chart with the Buckets and the root Kustomizations. @default - Flux is installed and pulls nothing */
  readonly syncChart?: string;
}

/**
 * Installs Flux, once, and tells it what to pull. All else comes by Flux: the CDK's Kubernetes handler prunes no security
 * object, swallows failed deletes and has a 256 KB limit on what it is handed.
 */
export class FluxBootstrap extends Construct {
  constructor(scope: Construct, id: string, { env, cluster, controlPlane, syncChart }: FluxBootstrapProps) {
    super(scope, id);
    const flux = new eks.HelmChart(this, 'Flux', {
      cluster: controlPlane.cluster,
      // The handler pulls `oci://` by `repository`; it signs in to a private registry that it recognises by its host.
      chart: 'flux2',
      repository: chartReference(env, cluster, 'flux2'),
      version: CHARTS.flux2.version,
      release: 'flux2',
      namespace: controllerNames.flux.namespace,
      createNamespace: true,
      values: { ...fluxValues(env, cluster) },
      wait: true,
      timeout: HELM_TIMEOUT,
      removalPolicy: KEEP,
    });
    flux.node.addDependency(controlPlane.handler);
    if (syncChart === undefined) return;
    const asset = new Asset(this, 'SyncChart', { path: syncChart });
    const sync = new eks.HelmChart(this, 'Sync', {
      cluster: controlPlane.cluster,
      chartAsset: asset,
      release: 'flux-sync',
      namespace: controllerNames.flux.namespace,
      createNamespace: false,
      removalPolicy: KEEP,
    });
    sync.node.addDependency(flux);
  }
}

/**
 * Removing or replacing a release would uninstall it, and with the root Kustomizations goes all that they applied, tenants'
 * namespaces included.
 */
const KEEP = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
