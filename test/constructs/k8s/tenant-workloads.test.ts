import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../constructs/k8s/object';
import { mostJobs } from '../../../constructs/k8s/tenant/pipeline-limits';
import { tenantHardLimits } from '../../../constructs/k8s/tenant/tenant-quota';
import { tenantWorkloads } from '../../../constructs/k8s/tenant/tenant-workloads';
import { labels } from '../../../schema/names';
import type { Tenant } from '../../../schema/tenant';
import { sampleEnvironment } from '../../support/sample-environment';
import { objectsOf, only, tenantOf, valueAt } from './chart-samples';

const env = sampleEnvironment();
const workloadsOf = (tenant: Tenant): KubernetesObject[] =>
  objectsOf((chart) => {
    tenantWorkloads(chart, env, tenant);
  });

describe("the tenant's own layer", () => {
  const objects = workloadsOf(tenantOf('acme'));
  const video = only(objects, 'ScaledJob', 'pipeline-video');
  const pod = valueAt(video, 'spec.jobTargetRef.template.spec');

  test('has a ScaledJob for each class that the tenant hands over', () => {
    expect(objects.filter(({ kind }) => kind === 'ScaledJob').map(({ metadata }) => metadata.name)).toEqual([
      'pipeline-audio',
      'pipeline-text',
      'pipeline-video',
    ]);
    const birch = workloadsOf(tenantOf('birch'));
    expect(birch.filter(({ kind }) => kind === 'ScaledJob').map(({ metadata }) => metadata.name)).toEqual([
      'pipeline-text',
    ]);
  });

  test('scales on its own queue, from none, and never on what is delayed or in flight', () => {
    expect(valueAt(video, 'spec.triggers')).toEqual([
      {
        type: 'aws-sqs-queue',
        metadata: {
          queueURL: 'https://sqs.eu-central-1.amazonaws.com/222222222222/atoll-sample-acme-video',
          awsRegion: 'eu-central-1',
          queueLength: '20',
          activationQueueLength: '0',
          scaleOnInFlight: 'false',
          scaleOnDelayed: 'false',
        },
        authenticationRef: { name: 'sqs' },
      },
    ]);
    expect(valueAt(video, 'spec')).not.toHaveProperty('minReplicaCount');
    expect(valueAt(video, 'spec')).toMatchObject({
      pollingInterval: 30,
      maxReplicaCount: 1,
      successfulJobsHistoryLimit: 2,
      failedJobsHistoryLimit: 2,
      rollout: { strategy: 'gradual' },
    });
  });

  test('runs as a Job that ends by itself, is not failed by a lost machine, and is not disrupted', () => {
    expect(valueAt(video, 'spec.jobTargetRef')).toMatchObject({
      parallelism: 1,
      completions: 1,
      backoffLimit: 0,
      activeDeadlineSeconds: 14_400,
      podFailurePolicy: {
        rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
      },
    });
    expect(valueAt(video, 'spec.jobTargetRef.template.metadata.annotations')).toEqual({
      'karpenter.sh/do-not-disrupt': 'true',
    });
    expect(pod).toMatchObject({
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 120,
      priorityClassName: 'atoll-pipeline',
      serviceAccountName: 'pipeline',
      automountServiceAccountToken: false,
    });
  });

  test('a dedicated tenant asks for nodes under its own label and tolerates its one pool', () => {
    expect(valueAt(pod, 'nodeSelector')).toEqual({ [labels.pool]: 'pipeline-gpu', [labels.nodeTenant]: 'acme' });
    expect(valueAt(pod, 'tolerations')).toEqual([
      { key: labels.pool, operator: 'Equal', value: 'pipeline-gpu', effect: 'NoSchedule' },
    ]);
  });

  test('a shared tenant goes to the shared pool and under no tenant label', () => {
    const shared = valueAt(only(workloadsOf(tenantOf('birch')), 'ScaledJob'), 'spec.jobTargetRef.template.spec');
    expect(valueAt(shared, 'nodeSelector')).toEqual({ [labels.pool]: 'pipeline-shared' });
    expect(valueAt(shared, 'tolerations.0.value')).toBe('pipeline-shared');
  });

  test('requests what it limits, GPUs as a string, and only where the pipeline has any', () => {
    const requests = valueAt(pod, 'containers.0.resources.requests');
    expect(valueAt(pod, 'containers.0.resources.limits')).toEqual(requests);
    expect(requests).toEqual({ cpu: '4000m', memory: '16384Mi', 'ephemeral-storage': '26Gi', 'nvidia.com/gpu': '1' });
    const text = valueAt(only(objects, 'ScaledJob', 'pipeline-text'), 'spec.jobTargetRef.template.spec');
    expect(valueAt(text, 'containers.0.resources.limits')).not.toHaveProperty('nvidia.com/gpu');
    expect(valueAt(pod, 'volumes')).toEqual([{ name: 'scratch', emptyDir: { sizeLimit: '25Gi' } }]);
  });

  test('tells the worker whose work it does', () => {
    expect(valueAt(pod, 'containers.0.env')).toEqual([
      { name: 'ATOLL_TENANT', value: 'acme' },
      { name: 'ATOLL_PIPELINE', value: 'video' },
      { name: 'ATOLL_QUEUE_URL', value: valueAt(video, 'spec.triggers.0.metadata.queueURL') },
      { name: 'ATOLL_BUCKET', value: 'atoll-sample-acme-222222222222' },
      { name: 'ATOLL_ACCOUNT', value: '222222222222' },
      { name: 'ATOLL_STAGES', value: '[{"name":"segment","command":["segment-video"],"timeoutSeconds":3600}]' },
      { name: 'AWS_REGION', value: 'eu-central-1' },
      { name: 'HOME', value: '/scratch' },
      { name: 'TMPDIR', value: '/scratch' },
    ]);
  });

  test('holds only kinds that its reconciler may touch, all in its namespace', () => {
    expect(new Set(objects.map(({ kind }) => kind))).toEqual(new Set(['ConfigMap', 'Job', 'ScaledJob']));
    expect(new Set(objects.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['tenant-acme']));
  });
});

describe.each(['suspended', 'erasing'] as const)('a tenant that is %s', (state) => {
  const tenant = tenantOf('acme', { state });
  test('has no ScaledJob, and a layer that still holds an object', () => {
    const objects = workloadsOf(tenant);
    expect(objects.map(({ kind }) => kind)).toEqual(['ConfigMap']);
    expect(valueAt(objects[0], 'data.state')).toBe(state);
  });
});

describe('the limits of a tenant', () => {
  const [video] = env.pipelines;
  if (video === undefined) throw new Error('the sample has no pipeline');
  test('bound the jobs of all pipelines together, and the quota has a pod for each', () => {
    const tenant = tenantOf('acme', { limits: { concurrentJobs: 7, gpus: 64, cpu: 2000, memoryGiB: 16_000 } });
    const most = workloadsOf(tenant).flatMap((object) => valueAt(object, 'spec.maxReplicaCount') ?? []);
    expect(most).toEqual([2, 2, 3]);
    expect(tenantHardLimits(env, tenant).pods).toBe(String(7 + tenant.models.length));
  });
  test('that fit less than one job of each pipeline are an error, since one could never run', () => {
    const limits = { gpus: 0, cpu: 3, memoryGiB: 256 };
    expect(() => mostJobs(env, tenantOf('acme', { limits }), video)).toThrow(
      'tenant acme: limits: got concurrentJobs 4, cpu 3, memoryGiB 256, gpus 0, allowed at least one job of each pipeline (video, audio, text); raise them',
    );
  });
});

test('an image that is not in the list, or a pool that is not there, is an error at the synth', () => {
  const pipelines = env.pipelines.map((pipeline) => ({ ...pipeline, image: 'nobody' }));
  expect(() =>
    objectsOf((chart) => {
      tenantWorkloads(chart, { ...env, pipelines }, tenantOf('birch'));
    }),
  ).toThrow(/^pipelines\.text\.image: got 'nobody', allowed .*pipeline-worker.*; add it to schema\/images\.ts$/);
  expect(() =>
    objectsOf((chart) => {
      tenantWorkloads(chart, { ...env, nodePools: [] }, tenantOf('birch'));
    }),
  ).toThrow("pipelines: got the pool 'pipeline-shared', allowed ; add it to nodePools");
});
