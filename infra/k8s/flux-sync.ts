import type { KubernetesObject } from '../../constructs/k8s/object';
import { kustomization, type Kustomization } from '../../constructs/k8s/api/flux-kustomize';
import { bucket, type Bucket } from '../../constructs/k8s/api/flux-source';
import { labelSet, type Owner } from '../../constructs/k8s/label-set';
import { renderObjects } from '../../constructs/k8s/render';
import type { Environment } from '../../schema/model';
import { controllerNames, deliveryNames, fluxNames, tenantNames } from '../../schema/names';
import type { Tenant } from '../../schema/tenant';
import type { ClusterName } from '../../schema/vocabulary';
import { PLATFORM_LAYERS } from './platform-layers';

const { namespace, kustomize } = controllerNames.flux;

/** A listing of a prefix costs a fraction of a cent; this is how long a deploy waits for its objects. */
const PLATFORM_LOOK = '10m';
/** A thousand tenants' listings every 15 minutes are 15 dollars a month; an onboarding waits at most as long. */
const TENANT_LOOK = '15m';
/**
 * A new revision is applied at once; the interval is for drift only. Each round reads every object of the layer through the API server,
 * and at 10 minutes the audit log of a thousand tenants would cost 108 dollars a month.
 */
const DRIFT_CHECK = '6h';

function metadata(env: Environment, name: string, owner: Owner): Bucket['metadata'] {
  return { name, namespace, labels: labelSet({ env, name, owner }) };
}

function source(
  env: Environment,
  cluster: ClusterName,
  name: string,
  owner: Owner,
  prefix: string,
  interval: string,
): Bucket {
  return bucket(metadata(env, name, owner), {
    provider: 'aws',
    bucketName: deliveryNames.bucket(env, cluster),
    endpoint: `s3.${env.region}.amazonaws.com`,
    region: env.region,
    prefix,
    interval,
  });
}

type Layer = Pick<Kustomization['spec'], 'path' | 'wait'> &
  Partial<Pick<Kustomization['spec'], 'dependsOn' | 'serviceAccountName' | 'targetNamespace' | 'timeout'>>;

function layer(env: Environment, name: string, owner: Owner, from: string, spec: Layer): Kustomization {
  return kustomization(metadata(env, name, owner), {
    sourceRef: { kind: 'Bucket', name: from },
    // The platform's layers are applied by the controller as itself, named so that a default for tenants cannot take its place.
    serviceAccountName: kustomize,
    prune: true,
    force: false,
    interval: DRIFT_CHECK,
    retryInterval: '5m',
    timeout: '10m',
    ...spec,
  });
}

const platformLayer = (id: string): string => fluxNames.platformLayer(id.replace(/^\d+-/, ''));
const LAST_LAYER = platformLayer(PLATFORM_LAYERS[PLATFORM_LAYERS.length - 1] ?? '');

/**
 * What Flux is told once, at its bootstrap: where the cluster's objects lie, and their order: controllers and their CRDs, pools and
 * queues, admission, then teams or tenants. A namespace is never without the policies that judge it.
 */
export function fluxSyncObjects(env: Environment, cluster: ClusterName): readonly KubernetesObject[] {
  const layers = PLATFORM_LAYERS.map((id, i) => {
    const before = PLATFORM_LAYERS[i - 1];
    return layer(env, platformLayer(id), 'platform', 'platform', {
      path: `./${deliveryNames.platformKey(id).replace(/\/[^/]+$/, '')}`,
      wait: true,
      // The first one waits for the images of every controller.
      timeout: '20m',
      ...(before === undefined ? {} : { dependsOn: [{ name: platformLayer(before) }] }),
    });
  });
  const serving =
    cluster === 'production' && env.servingPools.length > 0
      ? [
          source(env, cluster, SERVING.name, 'platform', SERVING.prefix, PLATFORM_LOOK),
          layer(env, SERVING.name, 'platform', SERVING.name, {
            path: `./${SERVING.prefix.slice(0, -1)}`,
            // A server that nobody asks for is at none, and one that cannot come up must not hold the router back.
            wait: false,
            dependsOn: [{ name: LAST_LAYER }],
          }),
        ]
      : [];
  const last = cluster === 'production' ? ({ name: 'tenants', prefix: 'index/' } as const) : RESEARCH;
  return [
    source(env, cluster, 'platform', 'platform', 'platform/', PLATFORM_LOOK),
    ...layers,
    ...serving,
    source(env, cluster, last.name, 'platform', last.prefix, PLATFORM_LOOK),
    layer(env, last.name, 'platform', last.name, {
      path: `./${last.prefix.slice(0, -1)}`,
      // One tenant's failure must not hold the list of all tenants back.
      wait: false,
      dependsOn: [{ name: LAST_LAYER }],
    }),
  ];
}

const SERVING = { name: 'serving', prefix: 'serving/' } as const;
const RESEARCH = { name: 'research', prefix: 'research/' } as const;

/** A tenant that is not `active` keeps its namespace and its locks, and runs nothing: its workloads are pruned by the empty layer. */
export function tenantIndexObjects(env: Environment, tenant: Tenant): readonly KubernetesObject[] {
  const owner: Owner = `tenant/${tenant.id}`;
  const name = fluxNames.tenant(tenant.id);
  const folder = (key: string): string => `./${key.replace(/\/[^/]+$/, '')}`;
  const prefix = deliveryNames.tenantPlatformKey(tenant.id).replace(/platform\/[^/]+$/, '');
  return [
    source(env, 'production', name, owner, prefix, TENANT_LOOK),
    layer(env, fluxNames.tenantPlatform(tenant.id), owner, name, {
      path: folder(deliveryNames.tenantPlatformKey(tenant.id)),
      wait: true,
    }),
    layer(env, fluxNames.tenantWorkloads(tenant.id), owner, name, {
      path: folder(deliveryNames.tenantWorkloadsKey(tenant.id)),
      // A ScaledJob is not ready while its queue cannot be asked: that is an alarm of the pipeline, not a failed apply.
      wait: false,
      serviceAccountName: tenantNames.reconciler(tenant.id),
      targetNamespace: tenantNames.namespace(tenant.id),
      dependsOn: [{ name: fluxNames.tenantPlatform(tenant.id) }],
    }),
  ];
}

/** Helm reads `{{` as a template: the pair is written as a template that prints it. */
const escaped = (text: string): string => text.replaceAll('{{', '{{ "{{" }}');

/** The files, by path, of the small chart by which the cluster's stack hands `fluxSyncObjects` over; the CRDs come with Flux's own chart. */
export function fluxSyncChart(env: Environment, cluster: ClusterName): Readonly<Record<string, string>> {
  return {
    'Chart.yaml': `apiVersion: v2\nname: ${fluxNames.syncChart}\nversion: 1.0.0\ndescription: What Flux pulls\n`,
    'templates/objects.yaml': escaped(renderObjects(fluxSyncObjects(env, cluster))),
  };
}
