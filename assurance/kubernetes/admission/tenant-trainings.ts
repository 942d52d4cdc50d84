import type { Environment } from '../../../schema/model';
import { tenantNames } from '../../../schema/names';
import type { Tenant } from '../../../schema/tenant';
import type { Finding } from '../../finding';
import { type KubernetesObject, nameOf, Reader } from '../objects/kubernetes-object';
import { finding, openWay } from '../way';
import type { Attempt } from './court';
import { identities } from './identities';
import { type Battlefield, refusedStep } from './pod-attacks';
import { honestPod, placed, poolsOf } from './pods';
import { shapes } from './shapes';
import { trainingFaults } from './training-fields';

/**
 * Every training that was asked for has its Job, which is admitted from the tenant's own layer to the pod, and says what its file says. No other
 * Job is there: nobody but the retrain flow starts one.
 */
export function proveTrainings(
  environment: Environment,
  field: Battlefield,
  tenant: Tenant,
  workloads: readonly KubernetesObject[],
): readonly Finding[] {
  const { owner, namespace } = field;
  const jobs = workloads.filter(({ kind }) => kind === 'Job');
  const declared =
    tenant.state === 'active' ? environment.trainings.filter((training) => training.tenant === tenant.id) : [];
  const asked = new Set(declared.map(({ id }) => tenantNames.trainingJob(id)));
  return [
    ...declared.flatMap((training) => {
      const job = jobs.find(({ metadata }) => metadata.name === tenantNames.trainingJob(training.id));
      const what = `${owner}: training ${training.id} runs`;
      if (job === undefined) return openWay(`production: ${namespace.name}`, what, 'there is no Job of it');
      return [
        ...openWay(`production: ${nameOf(job)}`, what, refusedAt(field, tenant, job)),
        ...trainingFaults(environment, training, job),
      ];
    }),
    ...jobs
      .filter(({ metadata }) => !asked.has(metadata.name))
      .map((job) =>
        finding(
          'open',
          `production: ${nameOf(job)}`,
          `${owner}: a Job that no training asks for: got open, expected ${asked.size === 0 ? 'no Job' : [...asked].join(', ')}`,
        ),
      ),
    ...proveAnyTraining(environment, field, tenant),
  ];
}

function refusedAt({ court, namespace }: Battlefield, { id }: Tenant, job: KubernetesObject): string | undefined {
  const attempt = (by: Attempt['by'], operation: Attempt['operation'], object: Attempt['object']): Attempt => ({
    by,
    operation,
    group: 'batch',
    version: 'v1',
    resource: 'jobs',
    namespace,
    object,
  });
  const spec = Reader.of(nameOf(job), 'job', job).object('spec');
  const started = { ...job, spec: { ...spec.value, suspend: false } };
  const pod = spec.object('template').object('spec').value;
  return refusedStep(court, [
    ['Job', attempt(identities.reconciler(id), 'CREATE', job)],
    ['the start of the Job', { ...attempt(identities.kueue, 'UPDATE', started), oldObject: job }],
    [
      'Pod',
      {
        by: identities.jobController,
        operation: 'CREATE',
        group: '',
        version: 'v1',
        resource: 'pods',
        namespace,
        object: shapes.pod.around(pod, {}),
      },
    ],
  ]);
}

/** A training of each pool is let through for a tenant with models of its own, whether one was asked for or not. */
function proveAnyTraining(environment: Environment, field: Battlefield, tenant: Tenant): readonly Finding[] {
  if (tenant.state !== 'active' || tenant.models.length === 0) return [];
  return poolsOf(environment, tenant)
    .filter(({ pool }) => pool.workload === 'training')
    .flatMap(({ pool, tenant: node }) =>
      openWay(
        `production: ${field.namespace.name}`,
        `${field.owner}: training runs in pool ${pool.name}`,
        refusedAt(field, tenant, {
          apiVersion: 'batch/v1',
          kind: 'Job',
          metadata: { name: 'made-up' },
          spec: {
            suspend: true,
            template: { metadata: {}, spec: honestPod(environment, 'production', 'training', placed(pool.name, node)) },
          },
        }),
      ),
    );
}
