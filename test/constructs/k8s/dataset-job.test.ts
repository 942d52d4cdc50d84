import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { objectFaults } from '../../../constructs/guards/objects/gate';
import type { KubernetesObject } from '../../../constructs/k8s/object';
import { admissionObjects } from '../../../constructs/k8s/platform/admission/admission';
import { teamNamespace } from '../../../constructs/k8s/research/team-namespace';
import { datasetManifest } from '../../../infra/k8s/dataset';
import { datasetScopeSchema } from '../../../schema/dataset-scope';
import { imageReference } from '../../../schema/images';
import { labels } from '../../../schema/names';
import { evaluateAdmission } from '../../support/cel';
import { sampleEnvironment, sampleInput } from '../../support/sample-environment';
import { objectsOf, valueAt } from './chart-samples';

const env = sampleEnvironment();
const RECIPE = `# the notes of November
name: notes
classes: [text]
from: 2026-11-01
to: 2026-11-30
sample: 500
maxGiB: 5
`;
const props = { env, grant: 'notes-quality', recipe: { file: 'recipe.yaml', text: RECIPE } };
const job = parse(datasetManifest(props)) as KubernetesObject & { readonly spec: object };
const NOOR = 'person:noor@example.com';

/** Those of the cluster's policies that judge a Job of a team, and whether they let this one in. */
function judged(object: object, username = NOOR): Record<string, boolean> {
  const input = {
    object,
    oldObject: null,
    namespaceObject: { metadata: { name: 'research-language', labels: { [labels.team]: 'language' } } },
    request: {
      operation: 'CREATE',
      namespace: 'research-language',
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
const changed = (path: readonly string[], value: unknown): object => {
  const copy = JSON.parse(JSON.stringify(job)) as Record<string, unknown>;
  const last = path.at(-1) ?? '';
  const at = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>((node, part) => node[part] as Record<string, unknown>, copy);
  if (value === undefined) Reflect.deleteProperty(at, last);
  else at[last] = value;
  return copy;
};

describe('the Job of a dataset', () => {
  test('is let in by every admission policy for a person of the grant', () => {
    const verdicts = judged(job);
    expect(Object.keys(verdicts).sort()).toEqual([
      'atoll-accounts-templates',
      'atoll-grant-jobs',
      'atoll-grant-use',
      'atoll-images-templates',
      'atoll-job-deadlines',
      'atoll-queued-jobs',
      'atoll-queued-templates',
      'atoll-team-placement-templates',
    ]);
    expect(Object.values(verdicts)).toEqual(Object.values(verdicts).map(() => true));
  });

  test('is refused to somebody of the team whom the grant does not name', () => {
    expect(judged(job, 'person:ada@example.com')).toMatchObject({ 'atoll-grant-use': false });
  });

  test.each([
    ['atoll-queued-jobs', ['spec', 'suspend'], false],
    ['atoll-queued-jobs', ['metadata', 'labels'], {}],
    ['atoll-job-deadlines', ['spec', 'activeDeadlineSeconds'], undefined],
    ['atoll-team-placement-templates', ['spec', 'template', 'spec', 'nodeSelector'], undefined],
    ['atoll-accounts-templates', ['spec', 'template', 'spec', 'automountServiceAccountToken'], true],
    ['atoll-accounts-templates', ['spec', 'template', 'spec', 'serviceAccountName'], 'default'],
    ['atoll-grant-jobs', ['metadata', 'generateName'], 'dataset-notes-'],
    ['atoll-grant-jobs', ['spec', 'template', 'metadata', 'labels'], {}],
    ['atoll-images-templates', ['spec', 'template', 'spec', 'containers'], [{ name: 'a', image: 'docker.io/x' }]],
  ] as const)('is refused by %s with %j as %j', (policy, path, value) => {
    expect(judged(changed(path, value))).toMatchObject({ [policy]: false });
  });

  test('has no fault of the gate that judges what is rendered: restricted, labelled, with requests, of an image of ours', () => {
    const named = changed(['metadata', 'name'], 'dataset-notes-abcde');
    expect(objectFaults(env, 'research', 'job', [named])).toEqual([]);
    expect(valueAt(job, 'spec.template.spec.containers')).toMatchObject([
      { image: imageReference(env, 'research', 'dataset-builder') },
    ]);
  });

  test('carries the recipe as it was written, which its pod sees as a file', () => {
    expect(valueAt(job, 'spec.template.metadata.annotations')).toEqual({ 'atoll.dev/recipe': RECIPE });
    expect(valueAt(job, 'spec.template.spec.volumes')).toContainEqual({
      name: 'recipe',
      downwardAPI: {
        items: [{ path: 'recipe.yaml', fieldRef: { fieldPath: "metadata.annotations['atoll.dev/recipe']" } }],
      },
    });
  });

  test('is tried again where its machine went away, and not where the builder refused', () => {
    expect(valueAt(job, 'spec.podFailurePolicy.rules')).toEqual([
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] },
      { action: 'FailJob', onExitCodes: { containerName: 'builder', operator: 'In', values: [2, 3, 4] } },
    ]);
  });

  test('mounts the scope of its grant, which the namespace of its team has', () => {
    const maps = objectsOf((chart) => {
      for (const team of env.researchTeams) if (team.id === 'language') teamNamespace(chart, env, team);
    }).filter(({ kind }) => kind === 'ConfigMap');
    expect(maps.map(({ metadata }) => metadata.name)).toEqual(['grant-notes-quality']);
    expect(valueAt(job, 'spec.template.spec.volumes')).toContainEqual({
      name: 'scope',
      configMap: { name: 'grant-notes-quality' },
    });
    const { 'scope.json': text = '' } = valueAt(maps[0], 'data') as Record<string, string>;
    expect(datasetScopeSchema.parse(JSON.parse(text))).toEqual({
      environment: 'sample',
      region: 'eu-central-1',
      grant: 'notes-quality',
      team: 'language',
      purpose: 'quality-assurance',
      ticket: 'DATA-124',
      end: '2027-01-16T00:00:00Z',
      classes: ['text'],
      account: '222222222222',
      tenants: [
        { id: 'acme', bucket: 'atoll-sample-acme-222222222222' },
        { id: 'birch', bucket: 'atoll-sample-birch-222222222222' },
      ],
      store: {
        bucket: 'atoll-sample-team-language-333333333333',
        account: '333333333333',
        prefix: 'datasets/notes-quality/',
      },
    });
  });
});

describe('no Job is printed', () => {
  const printed = (over: Partial<Parameters<typeof datasetManifest>[0]>) => () =>
    datasetManifest({ ...props, ...over });

  test('of a recipe beyond the grant', () => {
    const text = RECIPE.replace('[text]', '[audio]').replace('sample: 500', 'sample: 0');
    expect(printed({ recipe: { file: 'recipe.yaml', text } })).toThrow(
      [
        "recipe.yaml:3: classes[0]: got 'audio', allowed 'text', which the grant 'notes-quality' opens; take it out, or ask for a grant",
        'recipe.yaml:6: sample: got 0, at least 1; raise it',
      ].join('\n'),
    );
  });

  test('of an unknown grant, or one that opens no tenant', () => {
    expect(printed({ grant: 'notes-qualty' })).toThrow(
      "--grant: got 'notes-qualty', allowed 'notes-quality' or 'speech-eval'; did you mean 'notes-quality'",
    );
    const grants = env.grants.map((grant) => ({ ...grant, tenants: [], classes: [] }));
    expect(printed({ env: sampleEnvironment({ grants }) })).toThrow(
      "--grant: got 'notes-quality', which opens sources alone, allowed a grant of tenants; query its corpora with Athena",
    );
  });

  test('for a pool with GPUs, of another cluster, or where there is none', () => {
    for (const pool of ['training-gpu', 'text-cpu'])
      expect(printed({ pool })).toThrow(`--pool: got '${pool}', allowed 'workbench-cpu'; name one of them`);
    const nodePools = sampleInput.nodePools.filter(({ name }) => name !== 'workbench-cpu');
    expect(printed({ env: sampleEnvironment({ input: { nodePools } }) })).toThrow(
      '--pool: got nothing, allowed a pool of the research cluster without GPUs, and sample has none; add one to nodePools',
    );
  });
});
