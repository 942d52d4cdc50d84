import { describe, expect, test } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import { fluxSyncChart, fluxSyncObjects, tenantIndexObjects } from '../../infra/k8s/flux-sync';
import { platformFiles } from '../../infra/k8s/platform-chart';
import type { HelmRelease } from '../../constructs/k8s/api/flux-helm';
import type { Kustomization } from '../../constructs/k8s/api/flux-kustomize';
import type { Bucket } from '../../constructs/k8s/api/flux-source';
import { findNull, type KubernetesObject } from '../../constructs/k8s/object';
import { CHARTS } from '../../schema/charts';
import { CLUSTERS } from '../../schema/vocabulary';
import { sampleEnvironment } from '../support/sample-environment';

const env = sampleEnvironment();
const documents = (text: string): KubernetesObject[] =>
  parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject);
const ofKind = <T extends KubernetesObject>(objects: readonly KubernetesObject[], kind: T['kind']): T[] =>
  objects.filter((o): o is T => o.kind === kind);
const layer = (cluster: (typeof CLUSTERS)[number], name: string): KubernetesObject[] =>
  documents(platformFiles(env, cluster).find(({ key }) => key.includes(name))?.text ?? '');

describe.each(CLUSTERS)('the platform of %s', (cluster) => {
  test('is a folder per layer, uploaded by the platform', () => {
    expect(platformFiles(env, cluster).map(({ key, owner }) => [key, owner.kind])).toEqual([
      ['platform/10-controllers/objects.yaml', 'platform'],
      ['platform/20-pools/objects.yaml', 'platform'],
      ['platform/30-admission/objects.yaml', 'platform'],
    ]);
  });

  test('is the same bytes each time, without a null', () => {
    expect(platformFiles(env, cluster)).toEqual(platformFiles(env, cluster));
    for (const { text } of platformFiles(env, cluster)) {
      for (const o of documents(text)) expect([o.metadata.name, findNull(o)]).toEqual([o.metadata.name, undefined]);
    }
  });

  test("pulls charts and images from the environment's own registry", () => {
    const objects = layer(cluster, 'controllers');
    const host = `${env.accounts[cluster]}.dkr.ecr.eu-central-1.amazonaws.com`;
    const text = JSON.stringify(objects);
    for (const foreign of ['public.ecr.aws', 'registry.k8s.io', 'ghcr.io']) expect(text).not.toContain(foreign);
    expect(ofKind(objects, 'OCIRepository').map((o) => (o as unknown as { spec: { url: string } }).spec.url)).toContain(
      `oci://${host}/atoll/sample/charts/karpenter`,
    );
    const [karpenter] = ofKind<HelmRelease>(objects, 'HelmRelease').filter(
      ({ metadata }) => metadata.name === 'karpenter',
    );
    expect(karpenter?.spec.values).toMatchObject({
      controller: { image: { repository: `${host}/atoll/sample/karpenter-controller` } },
      settings: {
        clusterName: `atoll-sample-${cluster}`,
        interruptionQueue: `atoll-sample-${cluster}-karpenter`,
        isolatedVPC: true,
        featureGates: { staticCapacity: false },
      },
    });
  });

  test('has requests and limits for every container of every release', () => {
    for (const release of ofKind<HelmRelease>(layer(cluster, 'controllers'), 'HelmRelease')) {
      if (release.metadata.name === 'karpenter-crd') continue;
      expect(JSON.stringify(release.spec.values)).toMatch(
        /"requests":\{"cpu":.+"limits":|"limits":\{"cpu":.+"requests":/,
      );
    }
  });

  test('applies its layers in order and drift-checks them rarely', () => {
    const layers = ofKind<Kustomization>(fluxSyncObjects(env, cluster), 'Kustomization');
    const last = cluster === 'production' ? 'tenants' : 'research';
    expect(layers.map(({ metadata, spec }) => [metadata.name, spec.path, spec.dependsOn?.[0]?.name])).toEqual([
      ['platform-controllers', './platform/10-controllers', undefined],
      ['platform-pools', './platform/20-pools', 'platform-controllers'],
      ['platform-admission', './platform/30-admission', 'platform-pools'],
      [last, last === 'tenants' ? './index' : './research', 'platform-admission'],
    ]);
    for (const { spec } of layers) expect(spec).toMatchObject({ prune: true, force: false, interval: '6h' });
  });

  test('reads one prefix of the delivery bucket per source', () => {
    const sources = ofKind<Bucket>(fluxSyncObjects(env, cluster), 'Bucket');
    expect(sources.map(({ spec }) => spec.prefix)).toEqual([
      'platform/',
      cluster === 'production' ? 'index/' : 'research/',
    ]);
    for (const { spec } of sources) {
      expect(spec).toMatchObject({
        provider: 'aws',
        bucketName: `atoll-sample-delivery-${cluster}-${env.accounts[cluster]}`,
      });
    }
  });

  test('hands Flux a chart whose objects Helm does not interpret', () => {
    const chart = fluxSyncChart(env, cluster);
    expect(parse(chart['Chart.yaml'] ?? '')).toMatchObject({ apiVersion: 'v2', name: 'atoll-sync' });
    const printed = (chart['templates/objects.yaml'] ?? '').replaceAll('{{ "{{" }}', '');
    expect(printed).not.toContain('{{');
    expect(documents(printed)).toHaveLength(fluxSyncObjects(env, cluster).length);
  });
});

test('releases have the versions of the chart list, and KEDA is in production only', () => {
  const tags = (cluster: (typeof CLUSTERS)[number]): Record<string, unknown> =>
    Object.fromEntries(
      ofKind(layer(cluster, 'controllers'), 'OCIRepository').map((o) => [
        o.metadata.name,
        (o as unknown as { spec: { ref: { tag: string } } }).spec.ref.tag,
      ]),
    );
  const { karpenter, kueue, keda } = CHARTS;
  const both = { karpenter: karpenter.version, 'karpenter-crd': CHARTS['karpenter-crd'].version, kueue: kueue.version };
  expect(tags('production')).toEqual({ ...both, keda: keda.version });
  expect(tags('research')).toEqual(both);
});

test('Kueue manages every Job of a team and waits longer than a cold start', () => {
  const [kueue] = ofKind<HelmRelease>(layer('research', 'controllers'), 'HelmRelease').filter(
    ({ metadata }) => metadata.name === 'kueue',
  );
  const { managerConfig } = kueue?.spec.values as { managerConfig: { controllerManagerConfigYaml: string } };
  expect(parse(managerConfig.controllerManagerConfigYaml)).toMatchObject({
    kind: 'Configuration',
    manageJobsWithoutQueueName: true,
    managedJobsNamespaceSelector: { matchExpressions: [{ key: 'atoll.dev/team', operator: 'Exists' }] },
    waitForPodsReady: { timeout: '30m', blockAdmission: false },
    integrations: { frameworks: ['batch/job'] },
  });
});

describe("a tenant's entry in the index", () => {
  const objects = env.tenants.slice(0, 1).flatMap((tenant) => tenantIndexObjects(env, tenant));
  const [platform, workloads] = ofKind<Kustomization>(objects, 'Kustomization');

  test('is one source of its own prefix, ended by a slash, and its two layers in order', () => {
    expect(ofKind<Bucket>(objects, 'Bucket').map(({ metadata, spec }) => [metadata.name, spec.prefix])).toEqual([
      ['tenant-acme', 'tenants/acme/'],
    ]);
    expect(platform?.spec.path).toBe('./tenants/acme/platform');
    expect(workloads?.spec).toMatchObject({
      path: './tenants/acme/workloads',
      dependsOn: [{ name: 'tenant-acme-platform' }],
    });
  });

  test("applies the tenant's layer as an account that reaches its namespace only", () => {
    expect(workloads?.spec).toMatchObject({
      serviceAccountName: 'tenant-acme-reconciler',
      targetNamespace: 'tenant-acme',
    });
    expect(platform?.spec.serviceAccountName).toBe('kustomize-controller');
    expect(platform?.spec).not.toHaveProperty('targetNamespace');
  });

  test('refers to nothing in another namespace', () => {
    for (const { metadata } of objects) expect(metadata.namespace).toBe('flux-system');
    expect(JSON.stringify(objects.map((o) => (o as unknown as { spec: object }).spec))).not.toContain('"namespace"');
  });
});
