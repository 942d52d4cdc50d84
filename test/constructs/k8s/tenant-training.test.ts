import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../constructs/k8s/object';
import { tenantWorkloads } from '../../../constructs/k8s/tenant/tenant-workloads';
import { renderKubernetes } from '../../../infra/k8s/render';
import type { Environment } from '../../../schema/model';
import type { Tenant } from '../../../schema/tenant';
import { sampleEnvironment, sampleTenants, sampleTrainings } from '../../support/sample-environment';
import { objectsOf, only, tenantOf, valueAt } from './chart-samples';

const env = sampleEnvironment();
const workloadsOf = (of: Environment, tenant: Tenant): KubernetesObject[] =>
  objectsOf((chart) => {
    tenantWorkloads(chart, of, tenant);
  });

describe('a training that was asked for', () => {
  const job = only(workloadsOf(env, tenantOf('acme')), 'Job', 'training-acme-topics-2');

  test('is one Job that waits in the queue, is made once, and ends', () => {
    expect(job.metadata).toEqual({
      name: 'training-acme-topics-2',
      namespace: 'tenant-acme',
      labels: expect.objectContaining({
        'atoll.dev/tenant': 'acme',
        'kueue.x-k8s.io/queue-name': 'training',
        'kueue.x-k8s.io/priority-class': 'atoll-training',
        'kueue.x-k8s.io/max-exec-time-seconds': '86400',
      }) as object,
      annotations: { 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent', 'atoll.dev/ticket': 'MODEL-7' },
    });
    expect(valueAt(job, 'spec')).toMatchObject({
      suspend: true,
      completionMode: 'Indexed',
      completions: 1,
      parallelism: 1,
      activeDeadlineSeconds: 86_400,
      podFailurePolicy: {
        rules: [
          { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
          { action: 'FailJob', onExitCodes: { containerName: 'training', operator: 'In', values: [64, 65] } },
        ],
      },
    });
    // A Job that was taken away by its age would be made, and run, again.
    expect(valueAt(job, 'spec')).not.toHaveProperty('ttlSecondsAfterFinished');
  });

  test("runs as training on the tenant's own nodes", () => {
    expect(valueAt(job, 'spec.template.spec')).toMatchObject({
      serviceAccountName: 'training',
      automountServiceAccountToken: false,
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 120,
      nodeSelector: {
        'atoll.dev/pool': 'tenant-training',
        'atoll.node-restriction.kubernetes.io/tenant': 'acme',
      },
      containers: [
        {
          image: '222222222222.dkr.ecr.eu-central-1.amazonaws.com/atoll/sample/trainer:0.1.0',
          resources: { limits: { cpu: '4', memory: '16Gi', 'nvidia.com/gpu': '1' } },
        },
      ],
    });
  });

  test("is told places of the tenant's own bucket", () => {
    const told = Object.fromEntries(
      (valueAt(job, 'spec.template.spec.containers.0.env') as { name: string; value: string }[]).map(
        ({ name, value }) => [name, value],
      ),
    );
    expect(told).toEqual({
      ATOLL_TRAINING: 'acme-topics-2',
      ATOLL_MODEL: 'topics',
      ATOLL_COMMAND: '["train-head"]',
      ATOLL_DATA: '[{"place":"s3://atoll-sample-acme-222222222222/derived/text/","account":"222222222222"}]',
      ATOLL_CHECKPOINTS: 's3://atoll-sample-acme-222222222222/trainings/acme-topics-2/',
      ATOLL_CANDIDATE: 's3://atoll-sample-acme-222222222222/models/candidates/acme-topics-2/',
      ATOLL_STORE_ACCOUNT: '222222222222',
      ATOLL_END: '2026-12-11T00:00:00Z',
      AWS_REGION: 'eu-central-1',
      HOME: '/scratch',
      TMPDIR: '/scratch',
    });
  });

  test('changes the workloads of its tenant, and no other file', () => {
    const without = new Map(
      renderKubernetes(sampleEnvironment({ trainings: [] })).files.map(({ key, cluster, text }) => [
        `${cluster}/${key}`,
        text,
      ]),
    );
    const changed = renderKubernetes(env).files.filter(
      ({ key, cluster, text }) => without.get(`${cluster}/${key}`) !== text,
    );
    expect(changed.map(({ key }) => key)).toEqual(['tenants/acme/workloads/objects.yaml']);
    expect(renderKubernetes(env).files).toHaveLength(without.size);
  });

  test('is not there while its tenant is suspended', () => {
    const suspended = sampleEnvironment({
      tenants: sampleTenants.map((each) => (each.id === 'acme' ? { ...each, state: 'suspended' } : each)),
    });
    const [acme] = suspended.tenants;
    expect(acme?.id).toBe('acme');
    expect(workloadsOf(suspended, acme as Tenant).map(({ kind }) => kind)).toEqual(['ConfigMap']);
  });

  test('is refused where no pool takes it', () => {
    const huge = sampleEnvironment({ trainings: sampleTrainings.map((each) => ({ ...each, cpu: 192 })) });
    expect(() => workloadsOf(huge, tenantOf('acme'))).toThrow(
      "training acme-topics-2: got cpu 192, memoryGiB 16, gpus 1, allowed what a pool of tenants' training may hold; lower them or add a pool to nodePools",
    );
  });
});
