import { type ImageId, imageReference } from '../../../schema/images';
import type { Environment } from '../../../schema/model';
import type { Tenant } from '../../../schema/tenant';
import type { Pipeline } from '../../../schema/vocabulary';
import type { Finding } from '../../finding';
import { type KubernetesObject, nameOf, Reader } from '../objects/kubernetes-object';
import { Faults, podFaults } from './pod-fields';
import { VARIABLES } from './workload-environment';

/** Fields of each part of a ScaledJob. What is not among them is not known here: its name is the finding. */
const KNOWN = {
  // History and polling, amounts; triggers and minReplicaCount are judged by admission.
  spec: [
    'failedJobsHistoryLimit',
    'jobTargetRef',
    'maxReplicaCount',
    'minReplicaCount',
    'pollingInterval',
    'rollout',
    'scalingStrategy',
    'successfulJobsHistoryLimit',
    'triggers',
  ],
  // How often and how long a Job runs.
  job: ['activeDeadlineSeconds', 'backoffLimit', 'completions', 'parallelism', 'podFailurePolicy', 'template'],
} as const;

/**
 * What a pipeline's ScaledJob says beside what admission judges: where its pod finds AWS, what it is told to read, and what it brings
 * along. Admission lets these fields through, since the layer is reviewed, so that here every one is known or fails.
 */
export function scaledJobFaults(
  environment: Environment,
  tenant: Tenant,
  pipeline: Pipeline | undefined,
  object: KubernetesObject,
): readonly Finding[] {
  const faults = new Faults(`production: ${nameOf(object)}`, `tenant ${tenant.id}`);
  const spec = Reader.of(faults.subject, 'spec', object['spec']);
  faults.read(() => spec.only(...KNOWN.spec));
  const job = spec.object('jobTargetRef');
  faults.read(() => job.only(...KNOWN.job));
  const image = environment.pipelines.find(({ name }) => name === pipeline)?.image;
  podFaults(faults, job.object('template'), {
    tenant: tenant.id,
    mounts: 1,
    ...(image === undefined ? {} : { image: imageReference(environment, 'production', image as ImageId) }),
    // On no queue of its own; that is told by itself.
    ...(pipeline === undefined
      ? {}
      : {
          variables: (scratch) =>
            Object.fromEntries(
              Object.entries(VARIABLES).map(([name, value]) => [
                name,
                value({ environment, tenant, pipeline, scratch }),
              ]),
            ),
        }),
  });
  return faults.all;
}
