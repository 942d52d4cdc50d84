import { addObject, at, changeObject, type Draft, type Mutation, type Place, set } from './edits';
import { faults } from './make';

const { changed, removed } = faults('trainings');

const JOB: Place = { cluster: 'production', kind: 'Job', name: 'training-acme-topics-2', namespace: 'tenant-acme' };
const POD = 'spec.template.spec';
const CONTAINER = `${POD}.containers.0`;
const SUBJECT = 'production: Job tenant-acme\\/training-acme-topics-2: ';

const told = (kind: string, message: string): RegExp => new RegExp(`${kind} ${SUBJECT}tenant acme: ${message}`);
const refused = (message: string): RegExp =>
  new RegExp(`closed ${SUBJECT}tenant acme: training acme-topics-2 runs: got closed, expected open; ${message}`);
const field = (id: string, description: string, path: string, value: unknown, message: string): Mutation =>
  changed(id, description, JOB, path, value, told('open', message));
const unknown = (id: string, description: string, path: string, value: unknown, name: string): Mutation =>
  changed(id, description, JOB, path, value, told('not-understood', `.*: got the fields ${name}, allowed`));

function variable(id: string, description: string, entry: Draft, expects: RegExp): Mutation {
  return {
    id: `trainings-${id}`,
    description,
    apply: (output) =>
      changeObject(output, JOB, (object) => {
        const others = (at(object, `${CONTAINER}.env`) as readonly Draft[]).filter(
          ({ name }) => name !== entry['name'],
        );
        set(object, `${CONTAINER}.env`, [...others, entry]);
      }),
    expects,
  };
}
const wrong = (name: string): RegExp => told('open', `.*env\\[${name}\\]: got .*, allowed`);

const more = (id: string, description: string, tenant: string, expects: RegExp): Mutation => ({
  id: `trainings-${id}`,
  description,
  apply: (output) =>
    addObject(output, 'production', `tenants/${tenant}/workloads/objects.yaml`, {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'more', namespace: `tenant-${tenant}` },
      spec: {},
    }),
  expects,
});

/** Faults of the trainings of tenants' models. */
export const TRAINING_MUTATIONS: readonly Mutation[] = [
  removed(
    'gone',
    'a training that was asked for has no Job',
    JOB,
    /closed production: tenant-acme: tenant acme: training acme-topics-2 runs: got closed, expected open; there is no Job of it/,
  ),
  more(
    'more',
    'a Job that nobody asked for, beside one',
    'acme',
    /open production: Job tenant-acme\/more: tenant acme: a Job that no training asks for: got open, expected training-acme-topics-2/,
  ),
  more(
    'more-birch',
    'a Job that nobody asked for',
    'birch',
    /open production: Job tenant-birch\/more: tenant birch: a Job that no training asks for: got open, expected no Job/,
  ),
  more(
    'more-suspended',
    'a Job of a suspended tenant',
    'cedar-health',
    /open production: Job tenant-cedar-health\/more: .*a Job that no training asks for: got open, expected no Job/,
  ),
  field(
    'running',
    'a Job that waits for nobody',
    'spec.suspend',
    false,
    'spec\\.suspend: got false, allowed true only',
  ),
  field('many', 'a Job of several pods', 'spec.parallelism', 4, 'spec\\.parallelism: got 4, allowed 1 only'),
  field('again', 'a Job that runs several times', 'spec.completions', 9, 'spec\\.completions: got 9, allowed 1 only'),
  field(
    'endless',
    'a Job without an end',
    'spec.activeDeadlineSeconds',
    undefined,
    'spec\\.activeDeadlineSeconds: got nothing, allowed 86400 only',
  ),
  field(
    'endless-queue',
    'a Job whose waits are not counted',
    'metadata.labels.kueue\\.x-k8s\\.io/max-exec-time-seconds',
    undefined,
    '.*max-exec-time-seconds\\]: got nothing, allowed 86400 only',
  ),
  field(
    'no-queue',
    'a Job past the queue',
    'metadata.labels.kueue\\.x-k8s\\.io/queue-name',
    undefined,
    '.*queue-name\\]: got nothing, allowed training only',
  ),
  field(
    'priority',
    'a Job before everybody',
    'metadata.labels.kueue\\.x-k8s\\.io/priority-class',
    'atoll-serving',
    '.*priority-class\\]: got atoll-serving, allowed atoll-training only',
  ),
  field(
    'queue-label',
    'a label by which Kueue does what is not known',
    'metadata.labels.kueue\\.x-k8s\\.io/prebuilt-workload-name',
    'other',
    '.*prebuilt-workload-name\\]: got other, allowed undefined only',
  ),
  field(
    'applied-again',
    'a Job that Flux suspends and runs again',
    'metadata.annotations.kustomize\\.toolkit\\.fluxcd\\.io/ssa',
    undefined,
    '.*ssa\\]: got nothing, allowed IfNotPresent only',
  ),
  field(
    'ticket',
    'a Job of another ticket',
    'metadata.annotations.atoll\\.dev/ticket',
    'MODEL-8',
    '.*ticket\\]: got MODEL-8, allowed MODEL-7 only',
  ),
  unknown('annotation', 'an annotation that is not known', 'metadata.annotations.made\\.up/do', 'it', 'made\\.up\\/do'),
  unknown('manual', 'a Job with a selector of its own', 'spec.manualSelector', true, 'manualSelector'),
  unknown('managed-by', 'a Job of another controller', 'spec.managedBy', 'made.up/controller', 'managedBy'),
  unknown(
    'forgotten',
    'a Job that goes, and is run again',
    'spec.ttlSecondsAfterFinished',
    60,
    'ttlSecondsAfterFinished',
  ),
  unknown('owner', 'a Job of another owner', 'metadata.ownerReferences', [{ kind: 'Job' }], 'ownerReferences'),
  field(
    'account',
    'a training as the pipeline',
    `${POD}.serviceAccountName`,
    'pipeline',
    '.*serviceAccountName: got pipeline, allowed training only',
  ),
  changed(
    'account-default',
    'a training as default',
    JOB,
    `${POD}.serviceAccountName`,
    'default',
    refused('Job is refused by atoll-accounts-templates'),
  ),
  changed(
    'node-swapped',
    "a training on another tenant's nodes",
    JOB,
    `${POD}.nodeSelector.atoll\\.node-restriction\\.kubernetes\\.io/tenant`,
    'birch',
    refused('Job is refused by atoll-tenant-placement-templates'),
  ),
  changed(
    'node-gone',
    'a training on any nodes',
    JOB,
    `${POD}.nodeSelector`,
    undefined,
    refused('Job is refused by atoll-tenant-placement-templates'),
  ),
  field(
    'pool',
    'a training on the nodes of pipelines',
    `${POD}.nodeSelector.atoll\\.dev/pool`,
    'pipeline-gpu',
    '.*nodeSelector\\[atoll\\.dev\\/pool\\]: got pipeline-gpu, allowed tenant-training only',
  ),
  changed(
    'image-elsewhere',
    'a training of an image from elsewhere',
    JOB,
    `${CONTAINER}.image`,
    'docker.io/library/trainer:1',
    refused('Job is refused by atoll-images-templates'),
  ),
  field(
    'image-tag',
    'a training of an image that nobody reviewed',
    `${CONTAINER}.image`,
    '222222222222.dkr.ecr.eu-central-1.amazonaws.com/atoll/sample/trainer:latest',
    '.*containers\\[0\\]\\.image: got .*trainer:latest, allowed .*trainer:0',
  ),
  changed(
    'host-network',
    'a training on the network of its node',
    JOB,
    `${POD}.hostNetwork`,
    true,
    refused('Pod is refused by Pod Security: hostNetwork'),
  ),
  unknown('command', 'another command', `${CONTAINER}.command`, ['/bin/sh'], 'command'),
  unknown('pull-secret', 'a Secret to pull images', `${POD}.imagePullSecrets`, [{ name: 'key' }], 'imagePullSecrets'),
  unknown('subdomain', 'a name in a Service', `${POD}.subdomain`, 'workers', 'subdomain'),
  unknown('memory', 'scratch in memory', `${POD}.volumes.0.emptyDir.medium`, 'Memory', 'medium'),
  field(
    'disk',
    'shared memory on the disk',
    `${POD}.volumes.1.emptyDir.medium`,
    undefined,
    '.*medium: got nothing, allowed Memory only',
  ),
  unknown(
    'claim',
    'a volume that outlives the Job',
    `${POD}.volumes.1`,
    { name: 'shared-memory', persistentVolumeClaim: { claimName: 'x' } },
    'persistentVolumeClaim',
  ),
  variable(
    'data',
    "data of another tenant's bucket",
    {
      name: 'ATOLL_DATA',
      value: '[{"place":"s3://atoll-sample-birch-222222222222/derived/text/","account":"222222222222"}]',
    },
    wrong('ATOLL_DATA'),
  ),
  variable(
    'data-wider',
    'a class that it was not asked for',
    {
      name: 'ATOLL_DATA',
      value: '[{"place":"s3://atoll-sample-acme-222222222222/derived/","account":"222222222222"}]',
    },
    wrong('ATOLL_DATA'),
  ),
  variable(
    'candidate',
    "a candidate in another tenant's bucket",
    { name: 'ATOLL_CANDIDATE', value: 's3://atoll-sample-birch-222222222222/models/candidates/acme-topics-2/' },
    wrong('ATOLL_CANDIDATE'),
  ),
  variable(
    'checkpoints',
    'checkpoints elsewhere',
    { name: 'ATOLL_CHECKPOINTS', value: 's3://elsewhere/trainings/acme-topics-2/' },
    wrong('ATOLL_CHECKPOINTS'),
  ),
  variable('end', 'a later end', { name: 'ATOLL_END', value: '2099-01-01T00:00:00Z' }, wrong('ATOLL_END')),
  variable(
    'endpoint',
    "AWS's endpoint elsewhere",
    { name: 'AWS_ENDPOINT_URL_S3', value: 'https://example.com' },
    told('not-understood', '.*env: got the variable AWS_ENDPOINT_URL_S3, allowed ATOLL_TRAINING'),
  ),
  changed(
    'variables-gone',
    'a training that is told nothing',
    JOB,
    `${CONTAINER}.env`,
    undefined,
    told('closed', '.*env: got no variable ATOLL_DATA, expected it'),
  ),
  changed(
    'port',
    'a training that listens',
    JOB,
    `${CONTAINER}.ports`,
    [{ containerPort: 8080 }],
    /lost nothing in its namespace listens: Job tenant-acme\/training-acme-topics-2 has a port/,
  ),
];
