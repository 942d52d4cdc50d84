import { labels } from '../../../schema/names';
import type { Finding } from '../../finding';
import { NotUnderstood } from '../not-understood';
import { type Fields, Reader } from '../objects/kubernetes-object';
import { finding } from '../way';

/** Fields of each part of a pod that the platform writes for a tenant. What is not among them is not known here: its name is the finding. */
const KNOWN = {
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
export class Faults {
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

/** What the one container of a pod has to be. */
export interface PodContract {
  readonly tenant: string;
  /** @default - any: told by itself */
  readonly image?: string;
  /** How many volumes it has, of files that go with the pod, and what one may say beside its size. */
  readonly mounts: number;
  readonly medium?: (volume: string) => string | undefined;
  /** Every variable of the container with its one value, given where it mounts the first volume. @default - any: told by itself */
  readonly variables?: (scratch: string) => Readonly<Record<string, string | undefined>>;
}

/** What a pod's template says beside what admission judges: where it finds AWS, what it is told, and what it brings along. */
export function podFaults(faults: Faults, template: Reader, contract: PodContract): void {
  faults.read(() => template.only(...KNOWN.template));
  faults.read(() => {
    templateMetadata(faults, contract.tenant, template.optionalObject('metadata'));
  });
  const pod = template.object('spec');
  faults.read(() => pod.only(...KNOWN.pod));
  faults.read(() => pod.optionalObject('securityContext')?.only(...KNOWN.security));
  // Otherwise every Service of the namespace sets variables of its own choice of name.
  faults.equal(`${pod.path}.enableServiceLinks`, pod.value['enableServiceLinks'], false);
  for (const each of pod.objects('volumes'))
    faults.read(() => {
      const files = each.only('name', 'emptyDir').object('emptyDir');
      const medium = contract.medium?.(each.text('name'));
      files.only('sizeLimit', ...(medium === undefined ? [] : ['medium']));
      faults.equal(`${files.path}.medium`, files.value['medium'], medium);
    });
  const containers = pod.objects('containers');
  faults.equal(`${pod.path}.containers`, containers.length, 1);
  faults.equal(`${pod.path}.initContainers`, pod.objects('initContainers').length, 0);
  for (const each of containers) containerFaults(faults, contract, each);
}

/** Labels by which network policies and people find a tenant's pods, and the one annotation that keeps a node while it works. */
function templateMetadata(faults: Faults, tenant: string, metadata: Reader | undefined): void {
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
  if (given[labels.tenant] !== undefined)
    faults.equal(`${path}.labels[${labels.tenant}]`, given[labels.tenant], tenant);
}

function containerFaults(faults: Faults, contract: PodContract, container: Reader): void {
  const { path } = container;
  faults.read(() => container.only(...KNOWN.container));
  const security = container.optionalObject('securityContext');
  faults.read(() => security?.only('allowPrivilegeEscalation', 'capabilities', 'privileged', 'readOnlyRootFilesystem'));
  faults.equal(`${path}.securityContext.readOnlyRootFilesystem`, security?.value['readOnlyRootFilesystem'], true);
  faults.read(() => container.optionalObject('resources')?.only('limits', 'requests'));
  if (contract.image !== undefined) faults.equal(`${path}.image`, container.value['image'], contract.image);
  const mounts = container.objects('volumeMounts');
  faults.equal(`${path}.volumeMounts`, mounts.length, contract.mounts);
  for (const each of mounts) faults.read(() => each.only('name', 'mountPath'));
  const [mount] = mounts;
  faults.read(() => {
    const expected = contract.variables?.(mount?.text('mountPath') ?? '');
    if (expected !== undefined) variables(faults, expected, container);
  });
}

function variables(faults: Faults, expected: Readonly<Record<string, string | undefined>>, container: Reader): void {
  const given = container.objects('env');
  const path = `${container.path}.env`;
  for (const each of given)
    faults.read(() => {
      const name = each.only('name', 'value').text('name');
      if (!Object.hasOwn(expected, name))
        throw new NotUnderstood(
          faults.subject,
          `${path}: got the variable ${name}, allowed ${Object.keys(expected).join(', ')}; what reads it is not known here`,
        );
      faults.equal(`${path}[${name}]`, each.value['value'], expected[name]);
    });
  for (const name of Object.keys(expected))
    if (!given.some(({ value }: { readonly value: Fields }) => value['name'] === name))
      faults.all.push(
        finding(
          'closed',
          faults.subject,
          `${faults.owner}: ${path}: got no variable ${name}, expected it; the worker does not know what it is for`,
        ),
      );
}
