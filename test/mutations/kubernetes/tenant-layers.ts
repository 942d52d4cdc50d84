import { type Mutation, type Place } from './edits';
import { faults } from './make';

const { changed, removed, added } = faults('tenants');

const INDEX = 'index/acme.yaml';
const LAYER: Place = { cluster: 'production', kind: 'Kustomization', name: 'tenant-acme-workloads' };
const PLATFORM_LAYER: Place = { cluster: 'production', kind: 'Kustomization', name: 'tenant-acme-platform' };
const SOURCE: Place = { cluster: 'production', kind: 'Bucket', name: 'tenant-acme' };

/** Faults of how Flux applies a tenant. */
export const TENANT_LAYER_MUTATIONS: readonly Mutation[] = [
  changed(
    'layer-account-gone',
    "a tenant's layer without an account",
    LAYER,
    'spec.serviceAccountName',
    undefined,
    /one-lock-left production: Kustomization flux-system\/tenant-acme-workloads: the layer of tenant acme touches other namespaces: got 2 of 3 locks, expected all; lost the account of the layer: it names none/,
  ),
  changed(
    'layer-account-swapped',
    "a tenant's layer as another tenant's account",
    LAYER,
    'spec.serviceAccountName',
    'tenant-birch-reconciler',
    /lost the account of the layer: it is applied as tenant-birch-reconciler, expected tenant-acme-reconciler/,
  ),
  changed(
    'layer-account-flux',
    "a tenant's layer as Flux itself",
    LAYER,
    'spec.serviceAccountName',
    'kustomize-controller',
    /it is applied as kustomize-controller/,
  ),
  changed(
    'layer-target-gone',
    "a tenant's layer in whatever namespace it names",
    LAYER,
    'spec.targetNamespace',
    undefined,
    /lost the target namespace of the layer: got none, expected tenant-acme/,
  ),
  changed(
    'layer-target-swapped',
    "a tenant's layer in another tenant's namespace",
    LAYER,
    'spec.targetNamespace',
    'tenant-birch',
    /lost the target namespace of the layer: got tenant-birch, expected tenant-acme/,
  ),
  changed(
    'layer-path',
    "a tenant's layer of another tenant's files",
    LAYER,
    'spec.path',
    './tenants/birch/workloads',
    /open production: Kustomization flux-system\/tenant-acme-workloads: tenant acme: Flux applies another layer than the tenant's: path/,
  ),
  changed(
    'layer-source',
    "a tenant's layer from another tenant's source",
    LAYER,
    'spec.sourceRef.name',
    'tenant-birch',
    /Flux applies another layer than the tenant's: source: got "flux-system\/tenant-birch"/,
  ),
  changed(
    'layer-source-namespace',
    "a tenant's layer from a source of another namespace",
    LAYER,
    'spec.sourceRef.namespace',
    'tenant-acme',
    /source: got "tenant-acme\/tenant-acme"/,
  ),
  changed(
    'layer-kubeconfig',
    "a tenant's layer with credentials of its own",
    LAYER,
    'spec.kubeConfig',
    { secretRef: { name: 'key' } },
    /not-understood Kustomization flux-system\/tenant-acme-workloads: .*got the fields kubeConfig/,
  ),
  changed(
    'layer-patches',
    "a tenant's layer that is patched",
    LAYER,
    'spec.patches',
    [{ patch: '' }],
    /not-understood .*got the fields patches/,
  ),
  changed(
    'platform-layer-account',
    "the platform's layer as the tenant's account",
    PLATFORM_LAYER,
    'spec.serviceAccountName',
    'tenant-acme-reconciler',
    /Flux applies another layer than the tenant's: account/,
  ),
  changed(
    'platform-layer-path',
    "the platform's layer of the tenant's own files",
    PLATFORM_LAYER,
    'spec.path',
    './tenants/acme/workloads',
    /Flux applies another layer than the tenant's: path/,
  ),
  removed(
    'layer-gone',
    "a tenant's layer is not applied",
    LAYER,
    /closed production: Kustomization flux-system\/tenant-acme-workloads: Flux applies the layer of tenant acme: got closed/,
  ),
  changed(
    'source-prefix',
    "a tenant's files come from a prefix of another's",
    SOURCE,
    'spec.prefix',
    'tenants/',
    /open production: Bucket flux-system\/tenant-acme: tenant acme: its files come from elsewhere: prefix/,
  ),
  changed(
    'source-bucket',
    "a tenant's files come from another bucket",
    SOURCE,
    'spec.bucketName',
    'somewhere',
    /its files come from elsewhere: bucket: got "somewhere"/,
  ),
  changed(
    'source-secret',
    "a tenant's source has credentials of its own",
    SOURCE,
    'spec.secretRef',
    { name: 'key' },
    /not-understood Bucket flux-system\/tenant-acme: .*got the fields secretRef/,
  ),
  added(
    'index-more',
    'a tenant’s index has Flux apply more',
    INDEX,
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'more', namespace: 'flux-system' } },
    /open production: ServiceAccount flux-system\/more: tenant acme: its index has Flux apply what is not the tenant's/,
  ),
  added(
    'collision',
    'two tenants write one object',
    INDEX,
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'Bucket',
      metadata: { name: 'tenant-birch', namespace: 'flux-system' },
      spec: { provider: 'aws', bucketName: 'b', endpoint: 'e', interval: '1m' },
    },
    /open production: Bucket flux-system\/tenant-birch: got the same object from tenant acme and from tenant birch/,
  ),
];
