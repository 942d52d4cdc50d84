import { addObject, type Mutation, type Place } from './edits';
import { faults } from './make';

const { changed, removed } = faults('templates');

const TRAIN: Place = { cluster: 'research', kind: 'CronJob', name: 'train', namespace: 'research-speech' };
const JOB = 'spec.jobTemplate.spec';
const POD = `${JOB}.template.spec`;
const SUBJECT = 'research: CronJob research-speech\\/train: ';
const refused = (message: string): RegExp =>
  new RegExp(
    `closed ${SUBJECT}team speech: a person makes a training of the template train: got closed, expected open; ${message}`,
  );

/** Faults of the templates of which people make trainings. */
export const TEMPLATE_MUTATIONS: readonly Mutation[] = [
  removed(
    'gone',
    'a template is gone',
    { ...TRAIN, name: 'train-nodes-training-gpu' },
    /closed research: research-speech: team speech: .* of the template train-nodes-training-gpu: .*there is no such CronJob/,
  ),
  {
    id: 'templates-more',
    description: 'a CronJob that is no template',
    apply: (output) =>
      addObject(output, 'research', 'research/speech.yaml', {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { name: 'nightly', namespace: 'research-speech' },
        spec: {},
      }),
    expects:
      /open research: CronJob research-speech\/nightly: team speech: a CronJob that is no template: got open, expected train, train-nodes-training-gpu/,
  },
  changed(
    'scheduled',
    'a template that starts by the clock',
    TRAIN,
    'spec.suspend',
    false,
    refused('CronJob is refused by atoll-queued-cronjobs'),
  ),
  changed(
    'scheduled-told',
    'a template that starts by the clock, told by itself',
    TRAIN,
    'spec.suspend',
    undefined,
    new RegExp(`open ${SUBJECT}team speech: cronJob\\.spec\\.suspend: got undefined, allowed true only`),
  ),
  changed(
    'running',
    'a template whose Job waits for nobody',
    TRAIN,
    `${JOB}.suspend`,
    false,
    refused('Job is refused by atoll-queued-jobs'),
  ),
  changed(
    'no-queue',
    'a template whose Job is in no queue',
    TRAIN,
    'spec.jobTemplate.metadata.labels',
    {},
    refused('Job is refused by atoll-queued-jobs'),
  ),
  changed(
    'pool',
    "a template on the controllers' nodes",
    TRAIN,
    `${POD}.nodeSelector`,
    { 'atoll.dev/pool': 'system' },
    refused('CronJob is refused by atoll-team-placement-cronjobs'),
  ),
  changed(
    'account',
    'a template as a grant',
    TRAIN,
    `${POD}.serviceAccountName`,
    'grant-speech-eval',
    new RegExp(`open ${SUBJECT}.*serviceAccountName: got grant-speech-eval, allowed research only`),
  ),
  changed(
    'image',
    'a template of an image from elsewhere',
    TRAIN,
    `${POD}.containers.0.image`,
    'docker.io/library/trainer:1',
    refused('CronJob is refused by atoll-images-cronjobs'),
  ),
  changed(
    'zone',
    'a field that is not known',
    TRAIN,
    'spec.timeZone',
    'Etc/UTC',
    new RegExp(`not-understood ${SUBJECT}.*got the fields timeZone, allowed`),
  ),
  changed(
    'unread',
    'people who may not read a template',
    { cluster: 'research', kind: 'Role', name: 'team', namespace: 'research-speech' },
    'rules.1.resources',
    ['pods'],
    refused('nobody of the team may read it'),
  ),
];
