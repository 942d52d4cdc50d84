import { type ImageId, imageReference } from '../../../schema/images';
import type { Environment } from '../../../schema/model';
import { labels } from '../../../schema/names';
import type { Tenant } from '../../../schema/tenant';
import type { Pipeline } from '../../../schema/vocabulary';
import type { Finding } from '../../finding';
import { NotUnderstood } from '../not-understood';
import { type Fields, type KubernetesObject, nameOf, Reader } from '../objects/kubernetes-object';
import { finding } from '../way';
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
  template: ['metadata', 'spec'],
  // Account, token, place and priority are judged by admission, what is shared with the node by Pod Security; the rest says how it ends.
  pod: [
    'affinity',
    'automountServiceAccountToken',
    'containers',
    'enableServiceLinks',
    'hostIPC',
    'hostNetwork',
    'hostPID',
    'initContainers',
    'nodeName',
    'nodeSelector',
    'priorityClassName',
    'resourceClaims',
    'restartPolicy',
    'schedulerName',
    'securityContext',
    'serviceAccountName',
    'terminationGracePeriodSeconds',
    'tolerations',
    'volumes',
  ],
  security: ['fsGroup', 'runAsGroup', 'runAsNonRoot', 'runAsUser', 'seccompProfile'],
  // A port is told by the lock that nothing listens.
  container: ['env', 'image', 'imagePullPolicy', 'name', 'ports', 'resources', 'securityContext', 'volumeMounts'],
} as const;

/** Collects wrong values and unknown fields of one object. */
class Faults {
  readonly all: Finding[] = [];

  constructor(
    readonly subject: string,
    readonly owner: string,
  ) {}

  /** A value that has to be one. */
  equal(path: string, got: unknown, allowed: unknown): void {
    if (got === allowed) return;
    const text = typeof got === 'string' ? got : got === undefined ? 'nothing' : JSON.stringify(got);
    this.all.push(
      finding(
        'open',
        this.subject,
        `${this.owner}: ${path}: got ${text.slice(0, 160)}, allowed ${String(allowed)} only`,
      ),
    );
  }

  /** What cannot be read is a finding of its own, and does not hide the rest. */
  read(read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      this.all.push(finding('not-understood', this.subject, `${this.owner}: ${error.message}`));
    }
  }
}

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
  const template = job.object('template');
  faults.read(() => template.only(...KNOWN.template));
  faults.read(() => {
    templateMetadata(faults, tenant, template.optionalObject('metadata'));
  });
  const pod = template.object('spec');
  faults.read(() => pod.only(...KNOWN.pod));
  faults.read(() => pod.optionalObject('securityContext')?.only(...KNOWN.security));
  // Otherwise every Service of the namespace sets variables of its own choice of name.
  faults.equal(`${pod.path}.enableServiceLinks`, pod.value['enableServiceLinks'], false);
  const volumes = pod.objects('volumes');
  for (const each of volumes)
    faults.read(() => {
      each.only('name', 'emptyDir').object('emptyDir').only('sizeLimit');
    });
  const containers = pod.objects('containers');
  faults.equal(`${pod.path}.containers`, containers.length, 1);
  faults.equal(`${pod.path}.initContainers`, pod.objects('initContainers').length, 0);
  for (const each of containers) containerFaults(faults, environment, tenant, pipeline, each);
  return faults.all;
}

/** Labels by which network policies and people find a tenant's pods, and the one annotation that keeps a node while it works. */
function templateMetadata(faults: Faults, { id }: Tenant, metadata: Reader | undefined): void {
  if (metadata === undefined) return;
  metadata.only('annotations', 'labels');
  const { path } = metadata;
  for (const [key, value] of Object.entries(metadata.labels('annotations')))
    faults.equal(`${path}.annotations[${key}]`, `${key}: ${value}`, 'karpenter.sh/do-not-disrupt: true');
  const given = metadata.labels('labels');
  Reader.of(faults.subject, `${path}.labels`, given).only(
    labels.name,
    labels.partOf,
    labels.managedBy,
    labels.environment,
    labels.owner,
    labels.tenant,
  );
  if (given[labels.tenant] !== undefined) faults.equal(`${path}.labels[${labels.tenant}]`, given[labels.tenant], id);
}

function containerFaults(
  faults: Faults,
  environment: Environment,
  tenant: Tenant,
  pipeline: Pipeline | undefined,
  container: Reader,
): void {
  const { path } = container;
  faults.read(() => container.only(...KNOWN.container));
  const security = container.optionalObject('securityContext');
  faults.read(() => security?.only('allowPrivilegeEscalation', 'capabilities', 'privileged', 'readOnlyRootFilesystem'));
  faults.equal(`${path}.securityContext.readOnlyRootFilesystem`, security?.value['readOnlyRootFilesystem'], true);
  faults.read(() => container.optionalObject('resources')?.only('limits', 'requests'));
  const image = environment.pipelines.find(({ name }) => name === pipeline)?.image;
  if (image !== undefined)
    faults.equal(
      `${path}.image`,
      container.value['image'],
      imageReference(environment, 'production', image as ImageId),
    );
  const mounts = container.objects('volumeMounts');
  faults.equal(`${path}.volumeMounts`, mounts.length, 1);
  for (const each of mounts) faults.read(() => each.only('name', 'mountPath'));
  const [mount] = mounts;
  faults.read(() => {
    variables(faults, environment, tenant, pipeline, container, mount?.text('mountPath') ?? '');
  });
}

function variables(
  faults: Faults,
  environment: Environment,
  tenant: Tenant,
  pipeline: Pipeline | undefined,
  container: Reader,
  scratch: string,
): void {
  // On no queue of its own; that is told by itself.
  if (pipeline === undefined) return;
  const given = container.objects('env');
  const path = `${container.path}.env`;
  for (const each of given)
    faults.read(() => {
      const name = each.only('name', 'value').text('name');
      const expected = VARIABLES[name];
      if (expected === undefined)
        throw new NotUnderstood(
          faults.subject,
          `${path}: got the variable ${name}, allowed ${Object.keys(VARIABLES).join(', ')}; what reads it is not known here`,
        );
      faults.equal(`${path}[${name}]`, each.value['value'], expected({ environment, tenant, pipeline, scratch }));
    });
  for (const name of Object.keys(VARIABLES))
    if (!given.some(({ value }: { readonly value: Fields }) => value['name'] === name))
      faults.all.push(
        finding(
          'closed',
          faults.subject,
          `${faults.owner}: ${path}: got no variable ${name}, expected it; the worker does not know what it is for`,
        ),
      );
}
