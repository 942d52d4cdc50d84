import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../constructs/k8s/object';
import { tenantNamespace } from '../../../constructs/k8s/tenant/tenant-namespace';
import { labels, tenantNames } from '../../../schema/names';
import type { Tenant } from '../../../schema/tenant';
import { sampleEnvironment } from '../../support/sample-environment';
import { objectsOf, only, tenantOf, valueAt } from './chart-samples';

const env = sampleEnvironment();
const platformOf = (tenant: Tenant): KubernetesObject[] =>
  objectsOf((chart) => {
    tenantNamespace(chart, env, tenant);
  });

describe("the platform's layer", () => {
  const objects = platformOf(tenantOf('acme'));

  test('is a namespace under Pod Security restricted as of the version of the cluster', () => {
    expect(only(objects, 'Namespace').metadata).toEqual({
      name: 'tenant-acme',
      labels: expect.objectContaining({
        [labels.tenant]: 'acme',
        [labels.isolation]: 'dedicated',
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/enforce-version': 'v1.36',
        'pod-security.kubernetes.io/audit': 'restricted',
        'pod-security.kubernetes.io/audit-version': 'v1.36',
        'pod-security.kubernetes.io/warn': 'restricted',
        'pod-security.kubernetes.io/warn-version': 'v1.36',
      }),
    });
  });

  test('has the three service accounts, and no pod of any gets a token of the API server', () => {
    const accounts = objects.filter(({ kind }) => kind === 'ServiceAccount');
    expect(accounts.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`).sort()).toEqual([
      'flux-system/tenant-acme-reconciler',
      'tenant-acme/inference',
      'tenant-acme/pipeline',
      'tenant-acme/training',
    ]);
    for (const account of accounts) expect(valueAt(account, 'automountServiceAccountToken')).toBe(false);
  });

  test('derives the quota from the limits of the tenant', () => {
    expect(valueAt(only(objects, 'ResourceQuota'), 'spec.hard')).toEqual({
      pods: '5',
      'count/jobs.batch': '18',
      'count/scaledjobs.keda.sh': '3',
      'requests.cpu': '64',
      'limits.cpu': '64',
      'requests.memory': '256Gi',
      'limits.memory': '256Gi',
      'requests.nvidia.com/gpu': '2',
      services: '0',
      'services.loadbalancers': '0',
      'services.nodeports': '0',
      persistentvolumeclaims: '0',
      secrets: '5',
      configmaps: '20',
    });
    const more = platformOf(tenantOf('acme', { limits: { concurrentJobs: 9, gpus: 0, cpu: 100, memoryGiB: 300 } }));
    expect(valueAt(only(more, 'ResourceQuota'), 'spec.hard')).toMatchObject({
      pods: '10',
      'requests.cpu': '100',
      'limits.memory': '300Gi',
      'requests.nvidia.com/gpu': '0',
    });
  });

  test('bounds a container by cpu and memory, and leaves GPUs out: a maximum without a default becomes the default', () => {
    const limit = valueAt(only(objects, 'LimitRange'), 'spec.limits.0');
    expect(valueAt(limit, 'max')).toEqual({ cpu: '64', memory: '256Gi' });
    expect(JSON.stringify(limit)).not.toContain('nvidia');
    expect(valueAt(limit, 'default')).toEqual({ cpu: '500m', memory: '512Mi' });
    expect(valueAt(limit, 'defaultRequest')).toEqual(valueAt(limit, 'default'));
  });

  test('lets the reconciler touch ScaledJobs, Jobs and ConfigMaps of this namespace and nothing else', () => {
    const [role, binding] = [only(objects, 'Role'), only(objects, 'RoleBinding')];
    const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];
    expect(valueAt(role, 'rules')).toEqual([
      { apiGroups: ['keda.sh'], resources: ['scaledjobs'], verbs },
      { apiGroups: ['batch'], resources: ['jobs'], verbs },
      { apiGroups: [''], resources: ['configmaps'], verbs },
    ]);
    expect(valueAt(binding, 'subjects')).toEqual([
      { kind: 'ServiceAccount', name: tenantNames.reconciler('acme'), namespace: 'flux-system' },
    ]);
    expect(valueAt(binding, 'roleRef')).toEqual({
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'Role',
      name: role.metadata.name,
    });
    expect([role.metadata.namespace, binding.metadata.namespace]).toEqual(['tenant-acme', 'tenant-acme']);
  });

  test('gives no person a right', () => {
    const bindings = objects.filter(({ kind }) => kind === 'RoleBinding');
    expect(bindings.map((binding) => valueAt(binding, 'subjects.0.kind'))).toEqual(['ServiceAccount']);
    expect(bindings.map((binding) => valueAt(binding, 'subjects.length'))).toEqual([1]);
    expect(objects.some(({ kind }) => kind.startsWith('Cluster'))).toBe(false);
  });

  test('has KEDA ask as itself, and the training queue point at the queue of all tenants', () => {
    expect(valueAt(only(objects, 'TriggerAuthentication', 'sqs'), 'spec')).toEqual({
      podIdentity: { provider: 'aws' },
    });
    expect(valueAt(only(objects, 'LocalQueue', 'training'), 'spec')).toEqual({ clusterQueue: 'tenant-training' });
  });
});

describe.each(['suspended', 'erasing'] as const)('a tenant that is %s', (state) => {
  const tenant = tenantOf('acme', { state });
  test('keeps its namespace and may run no pod', () => {
    const objects = platformOf(tenant);
    expect(only(objects, 'Namespace').metadata.name).toBe('tenant-acme');
    expect(valueAt(only(objects, 'ResourceQuota'), 'spec.hard')).toMatchObject({
      pods: '0',
      'count/jobs.batch': '0',
      'count/scaledjobs.keda.sh': '0',
      'requests.nvidia.com/gpu': '0',
    });
    expect(valueAt(only(objects, 'LocalQueue'), 'spec.stopPolicy')).toBe('HoldAndDrain');
  });
});
