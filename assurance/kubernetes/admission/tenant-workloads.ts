import type { Environment } from '../../../schema/model';
import { tenantNames } from '../../../schema/names';
import type { Tenant } from '../../../schema/tenant';
import type { Pipeline } from '../../../schema/vocabulary';
import type { Finding } from '../../finding';
import { type Fields, type KubernetesObject, nameOf, Reader } from '../objects/kubernetes-object';
import { finding, openWay } from '../way';
import type { Attempt } from './court';
import { identities } from './identities';
import { type Battlefield, honestWay } from './pod-attacks';
import { shapes } from './shapes';
import { scaledJobFaults } from './workload-fields';

/** The pipelines that a tenant has: one for each class of data that it hands over, while it is active. */
export const declaredPipelines = (environment: Environment, { state, data }: Tenant): readonly Pipeline[] =>
  state === 'active'
    ? environment.pipelines.map(({ name }) => name).filter((name) => data.some((each) => each.class === name))
    : [];

/** A ScaledJob as the proof reads it: the queues that start it, and the pod that it starts. */
interface Workload {
  readonly object: KubernetesObject;
  readonly queues: readonly string[];
  readonly pod: Fields;
}

function workloadOf(object: KubernetesObject): Workload {
  const spec = Reader.of(nameOf(object), 'scaledJob', object).object('spec');
  const template = spec.object('jobTargetRef').object('template');
  return {
    object,
    queues: spec.objects('triggers').map((each) => each.object('metadata').optionalText('queueURL') ?? ''),
    pod: template.object('spec').value,
  };
}

/**
 * Every pipeline that is declared runs: its ScaledJob is there, is on the tenant's own queue, runs as `pipeline`, and is admitted at
 * each step from ScaledJob to Job to pod. No other ScaledJob is there.
 */
export function proveWorkloads(
  environment: Environment,
  field: Battlefield,
  tenant: Tenant,
  workloads: readonly KubernetesObject[],
): readonly Finding[] {
  const { court, owner, namespace } = field;
  const found = workloads.filter(({ kind }) => kind === 'ScaledJob').map(workloadOf);
  const declared = declaredPipelines(environment, tenant);
  const queueOf = (pipeline: Pipeline): string => tenantNames.queueUrl(environment, tenant.id, pipeline);
  const closed = declared.flatMap((pipeline) => {
    const mine = found.filter(({ queues }) => queues.length === 1 && queues[0] === queueOf(pipeline));
    const what = `${owner}: pipeline ${pipeline} runs on its queue`;
    const subject = `production: ${namespace.name}`;
    const [first] = mine;
    if (first === undefined) return openWay(subject, what, `no ScaledJob is on ${queueOf(pipeline)} alone`);
    return openWay(subject, what, refusedAt(field, tenant, first));
  });
  const open = found
    .filter(({ queues }) => !declared.some((pipeline) => queues.length === 1 && queues[0] === queueOf(pipeline)))
    .map(({ object, queues }) =>
      finding(
        'open',
        `production: ${nameOf(object)}`,
        `${owner}: a ScaledJob is started by ${queues.join(', ') || 'nothing'}: got open, expected ${declared.length === 0 ? 'no ScaledJob' : `one for each of ${declared.map(queueOf).join(', ')}`}`,
      ),
    );
  const fields = found.flatMap(({ object, queues }) =>
    scaledJobFaults(
      environment,
      tenant,
      declared.find((pipeline) => queues.length === 1 && queues[0] === queueOf(pipeline)),
      object,
    ),
  );
  return [...closed, ...open, ...wrongAccounts(court.cluster, owner, found), ...fields, ...others(owner, workloads)];
}

/** Kinds of the tenant's own layer: its pipelines, its trainings (tenant-trainings.ts), and what it is told of itself. */
const KINDS: readonly string[] = ['ConfigMap', 'Job', 'ScaledJob'];

const others = (owner: string, workloads: readonly KubernetesObject[]): Finding[] =>
  workloads
    .filter(({ kind }) => !KINDS.includes(kind))
    .map((object) =>
      finding(
        'not-understood',
        `production: ${nameOf(object)}`,
        `${owner}: got the kind ${object.kind}, allowed ${KINDS.join(', ')}; what it starts is not known here`,
      ),
    );

function refusedAt(field: Battlefield, { id }: Tenant, { object, pod }: Workload): string | undefined {
  const by = identities.reconciler(id);
  const made: Attempt = {
    by,
    operation: 'CREATE',
    group: 'keda.sh',
    version: 'v1alpha1',
    resource: 'scaledjobs',
    namespace: field.namespace,
    object,
  };
  const refused = field.court.refused(made);
  if (refused !== undefined) return `ScaledJob is refused by ${refused}`;
  return honestWay(field, { by: identities.keda, shape: shapes.job, labels: object.metadata.labels ?? {} }, pod);
}

function wrongAccounts(cluster: string, owner: string, found: readonly Workload[]): Finding[] {
  return found
    .filter(({ pod }) => pod['serviceAccountName'] !== 'pipeline')
    .map(({ object, pod }) =>
      finding(
        'open',
        `${cluster}: ${nameOf(object)}`,
        `${owner}: a pipeline runs as ${String(pod['serviceAccountName'])}: got open, expected the account pipeline, whose rights are the pipelines'`,
      ),
    );
}
