import { describe, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import type { KubernetesObject } from '../../../constructs/k8s/object';
import { admissionObjects } from '../../../constructs/k8s/platform/admission/admission';
import { kueueValues } from '../../../constructs/k8s/platform/kueue-values';
import { teamNamespace } from '../../../constructs/k8s/research/team-namespace';
import { trainingManifest } from '../../../infra/k8s/train';
import { labels } from '../../../schema/names';
import { trainingEnvironmentSchema } from '../../../schema/training-job';
import type { ResearchTrainingInput } from '../../../schema/training/research-training';
import { evaluateAdmission } from '../../support/cel';
import { sampleEnvironment, sampleGrants } from '../../support/sample-environment';
import { commonModel, head } from '../../support/sample-models';
import { objectsOf, only, valueAt } from './chart-samples';

const speech = commonModel('speech', 'audio', 'Speech recognition that serves every tenant.');
const env = sampleEnvironment({
  input: {
    models: [
      { ...speech, training: { grantedClasses: ['audio'] } },
      commonModel('activity', 'audio', 'Says where somebody speaks.'),
      head('topics', ['text'], "Topics of one tenant's notes and mails.", 'speech'),
    ],
  },
  grants: [
    ...sampleGrants,
    {
      ...(sampleGrants[1] as (typeof sampleGrants)[number]),
      id: 'speech-training',
      purpose: 'model-training',
      ticket: 'DATA-9',
    },
    {
      ...(sampleGrants[1] as (typeof sampleGrants)[number]),
      id: 'speech-wide',
      classes: ['audio', 'text'],
      purpose: 'model-training',
      ticket: 'DATA-10',
    },
  ],
});

const TRAINING: ResearchTrainingInput = {
  name: 'lines',
  team: 'speech',
  model: 'speech',
  data: { kind: 'grant', grant: 'speech-training' },
  image: 'speech-trainer:3.1.0',
  command: ['torchrun', 'train.py'],
  nodes: 4,
  gpus: 8,
  cpu: 90,
  memoryGiB: 900,
  maxHours: 48,
};
const textOf = (changes: Partial<ResearchTrainingInput>): string => stringify({ ...TRAINING, ...changes });
const manifest = (changes: Partial<ResearchTrainingInput> = {}): KubernetesObject =>
  parse(trainingManifest({ env, training: { file: 'training.yaml', text: textOf(changes) } })) as KubernetesObject;
const variablesOf = (job: KubernetesObject): Record<string, string | undefined> =>
  Object.fromEntries(
    (valueAt(job, 'spec.template.spec.containers.0.env') as { name: string; value?: string }[]).map(
      ({ name, value }) => [name, value],
    ),
  );

function judged(object: object, username: string): Record<string, boolean> {
  const input = {
    object,
    oldObject: null,
    namespaceObject: { metadata: { name: 'research-speech', labels: { [labels.team]: 'speech' } } },
    request: {
      operation: 'CREATE',
      namespace: 'research-speech',
      userInfo: { username, groups: ['system:authenticated'] },
    },
  };
  const policies = admissionObjects(env, 'research').filter(
    (policy) =>
      policy.kind === 'ValidatingAdmissionPolicy' &&
      (valueAt(policy, 'spec.matchConstraints.resourceRules') as { resources: string[] }[]).some((rule) =>
        rule.resources.includes('jobs'),
      ),
  );
  return Object.fromEntries(policies.map((policy) => [policy.metadata.name, evaluateAdmission(policy, input)]));
}

describe('a training of a grant on several nodes', () => {
  const job = manifest();

  test('is one gang in the queue, whose pods meet under the name of the first', () => {
    expect(job.metadata).toMatchObject({
      generateName: 'grant-speech-training--train-lines-',
      namespace: 'research-speech',
      labels: {
        'kueue.x-k8s.io/queue-name': 'default',
        'kueue.x-k8s.io/priority-class': 'atoll-training',
        'kueue.x-k8s.io/max-exec-time-seconds': '172800',
      },
    });
    expect(valueAt(job, 'spec')).toMatchObject({
      suspend: true,
      completionMode: 'Indexed',
      completions: 4,
      parallelism: 4,
      activeDeadlineSeconds: 172_800,
    });
    expect(valueAt(job, 'spec.template.spec')).toMatchObject({
      serviceAccountName: 'grant-speech-training',
      subdomain: 'workers',
      nodeSelector: { 'atoll.dev/pool': 'training-gpu' },
    });
    expect(valueAt(job, 'spec.template.spec.containers.0')).toMatchObject({
      image: '333333333333.dkr.ecr.eu-central-1.amazonaws.com/atoll/sample/speech-trainer:3.1.0',
      resources: { limits: { 'nvidia.com/gpu': '8' } },
    });
    expect(variablesOf(job)).toMatchObject({
      PET_NNODES: '4',
      PET_NPROC_PER_NODE: '8',
      PET_RDZV_BACKEND: 'c10d',
      PET_RDZV_ENDPOINT: '$(ATOLL_JOB)-0.workers:29500',
    });
    // A host's name is that of the Job and its index, and has 63 characters at most; five of the Job's are made by the API server.
    const longest = `grant-${'g'.repeat(24)}--train-${'n'.repeat(16)}-xxxxx-15`;
    expect(longest.length).toBeLessThanOrEqual(63);
  });

  test("is told the grant's data, its own folder in the team's bucket and the grant's end", () => {
    const told = variablesOf(job);
    const store = 's3://atoll-sample-team-speech-333333333333/datasets/speech-training/';
    expect(JSON.parse(told['ATOLL_DATA'] ?? '')).toEqual([
      { place: store, account: '333333333333' },
      { place: 's3://atoll-sample-acme-222222222222/derived/audio/', account: '222222222222' },
    ]);
    expect(told).toMatchObject({
      ATOLL_CHECKPOINTS: `${store}_trainings/lines/checkpoints/`,
      ATOLL_CANDIDATE: `${store}_trainings/lines/candidate/`,
      ATOLL_END: '2027-01-16T00:00:00Z',
    });
  });

  test('is let in by every admission policy for a person of the grant, and for nobody else', () => {
    const verdicts = judged(job, 'person:ada@example.com');
    expect(Object.keys(verdicts)).toHaveLength(8);
    expect(Object.values(verdicts)).toEqual(Object.values(verdicts).map(() => true));
    expect(judged(job, 'person:noor@example.com')).toMatchObject({ 'atoll-grant-use': false });
  });
});

test('a training without data runs with the account of the team, on one pod by itself', () => {
  const job = manifest({ data: undefined, model: 'activity', nodes: 1, gpus: 1, cpu: 4, memoryGiB: 16 });
  expect(job.metadata).toMatchObject({ generateName: 'train-lines-' });
  expect(valueAt(job, 'spec.template.spec')).toMatchObject({ serviceAccountName: 'research' });
  expect(valueAt(job, 'spec.template.spec')).not.toHaveProperty('subdomain');
  expect(variablesOf(job)).toMatchObject({ PET_RDZV_ENDPOINT: 'localhost:0', ATOLL_DATA: '[]' });
  const verdicts = judged(job, 'person:anybody@example.com');
  expect(Object.values(verdicts)).toEqual(Object.values(verdicts).map(() => true));
});

test.each([
  [
    { data: { kind: 'grant', grant: 'speech-wide' } },
    "data.grant: got 'speech-wide', which opens class 'text', allowed 'audio' of tenants' classes, which 'speech' may be trained on; ask for a grant that opens less, or widen the model type's training",
  ],
  [
    { model: 'activity' },
    "data.grant: got 'speech-training', which opens class 'audio', allowed none of tenants' classes, which 'activity' may be trained on; ask for a grant that opens less, or widen the model type's training",
  ],
  [
    { data: { kind: 'grant', grant: 'speech-eval' } },
    "data.grant: got 'speech-eval', which is for model-evaluation, allowed grants for 'model-training'; ask for one",
  ],
  [
    { data: { kind: 'grant', grant: 'speech-trainin' } },
    "data.grant: got 'speech-trainin', allowed 'notes-quality', 'speech-eval', 'speech-training' or 'speech-wide'; did you mean 'speech-training'",
  ],
  [
    { data: { kind: 'tenant', tenant: 'acme', classes: ['audio'] } },
    "data.kind: got 'tenant', allowed 'grant': research reads a tenant's data by a grant only; name a grant for model-training",
  ],
  [
    { team: 'language' },
    "data.grant: got 'speech-training', a grant of team 'speech', allowed grants of team 'language'; name one of them, or ask for one",
  ],
  [{ team: 'vision' }, "team: got 'vision', allowed 'language' or 'speech'; name one of them"],
  [
    { model: 'topics' },
    "model: got 'topics', a tenant's model type, allowed 'activity' or 'speech'; ask for a training in trainings/ of the environment",
  ],
  [{ pool: 'tenant-training' }, "pool: got 'tenant-training', allowed 'training-gpu'; name one of them"],
  [
    { nodes: 8 },
    'gpus: got 8 times cpu 90, memoryGiB 900, gpus 8, allowed what a pool of training may hold (cpu 1024, memoryGiB 8192, gpus 32); lower them or add a pool to nodePools',
  ],
] as [Partial<ResearchTrainingInput>, string][])('a training with %j is refused', (changes, expected) => {
  let said = '';
  try {
    manifest(changes);
  } catch (error) {
    said = (error as Error).message;
  }
  expect(said.split('\n').map((line) => line.replace(/^training\.yaml:\d+: /, ''))).toContain(expected);
});

describe('the templates of a team', () => {
  const [team] = env.researchTeams;
  const objects = objectsOf((chart) => {
    if (team !== undefined) teamNamespace(chart, env, team);
  });

  test('are one of a single pod, and one of several for each pool of training', () => {
    expect(objects.filter(({ kind }) => kind === 'CronJob').map(({ metadata }) => metadata.name)).toEqual([
      'train',
      'train-nodes-training-gpu',
    ]);
  });

  test.each([
    ['train', 1],
    ['train-nodes-training-gpu', 2],
  ])('%s starts nothing by itself, and a person makes a Job of it', (name, nodes) => {
    const template = only(objects, 'CronJob', name);
    expect(valueAt(template, 'spec.suspend')).toBe(true);
    const { metadata, spec } = valueAt(template, 'spec.jobTemplate') as { metadata: object; spec: object };
    const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { ...metadata, name: 'mine' }, spec };
    expect(valueAt(job as never, 'spec')).toMatchObject({ suspend: true, parallelism: nodes, completions: nodes });
    const verdicts = judged(job, 'person:anybody@example.com');
    expect(Object.values(verdicts)).toEqual(Object.values(verdicts).map(() => true));
    const told = variablesOf(job);
    const lists = { ATOLL_COMMAND: JSON.parse(told['ATOLL_COMMAND'] ?? '') as unknown, ATOLL_DATA: [] };
    const known = Object.entries(told).filter(([key]) => key in trainingEnvironmentSchema.shape);
    expect(trainingEnvironmentSchema.safeParse({ ...Object.fromEntries(known), ...lists }).error).toBeUndefined();
  });
});

test('a gang waits half an hour for its pods, twice the estimate of a cold start, and holds nobody up meanwhile', () => {
  const { managerConfig } = kueueValues(env, 'research') as {
    managerConfig: { controllerManagerConfigYaml: string };
  };
  const { waitForPodsReady } = parse(managerConfig.controllerManagerConfigYaml) as { waitForPodsReady: object };
  expect(waitForPodsReady).toMatchObject({ timeout: '30m', blockAdmission: false });
});
