import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../assurance/finding';
import { proveKubernetes } from '../../assurance/kubernetes/prove';
import { sampleEnvironment } from '../support/sample-environment';
import { writtenOutput } from '../support/written-output';
import { KUBERNETES_MUTATIONS, WRITTEN_MUTATIONS } from './kubernetes';

const environment = sampleEnvironment();
const output = writtenOutput(environment);
const told = (findings: readonly Finding[]): string[] =>
  findings.map(({ kind, subject, message }) => `${kind} ${subject}: ${message}`);
const find = (id: string): readonly string[] => {
  const mutation = KUBERNETES_MUTATIONS.find((each) => each.id === id);
  return mutation === undefined ? [] : told(proveKubernetes(environment, mutation.apply(output)).findings);
};

/** `npm run mutate` takes all of them; every twentieth of those that are made from the policies by rule says enough on each change. */
const SOME = KUBERNETES_MUTATIONS.filter((each, i) => WRITTEN_MUTATIONS.includes(each) || i % 20 === 0);

describe('a fault of the clusters', () => {
  test('is not there in what is synthesized', () => {
    expect(proveKubernetes(environment, output).findings).toEqual([]);
  });

  test.each(SOME)('$id: $description', (mutation) => {
    const found = told(proveKubernetes(environment, mutation.apply(output)).findings);
    if (mutation.noChange === undefined) expect(found).toContainEqual(expect.stringMatching(mutation.expects));
    else expect(found).toEqual([]);
  });

  test('is listed once', () => {
    expect(new Set(KUBERNETES_MUTATIONS.map(({ id }) => id)).size).toBe(KUBERNETES_MUTATIONS.length);
  });

  test('is told in full', () => {
    expect(find('network-imds')).toEqual([
      'one-lock-left production: tenant-acme: pods of tenant acme reach instance metadata: got 1 of 2 locks, expected all; lost ' +
        'egress policies of tenant-acme: they let TCP 80 to 169.254.169.254 through; left metadata options of the nodes',
    ]);
    expect(find('rights-reconciler-exec')).toEqual([
      'open production: RoleBinding tenant-acme/reconciler: ServiceAccount flux-system/tenant-acme-reconciler may create /pods/exec ' +
        'in tenant-acme: got open, expected closed; it enters pods',
    ]);
    expect(find('tenants-layer-target-gone')).toEqual([
      'one-lock-left production: Kustomization flux-system/tenant-acme-workloads: the layer of tenant acme touches other namespaces: ' +
        'got 2 of 3 locks, expected all; lost the target namespace of the layer: got none, expected tenant-acme; left the account ' +
        'of the layer; the namespaces that its objects name',
    ]);
    expect(find('platform-grant-less')).toEqual([
      'closed research: research-speech: team speech: lin@example.com starts a Job as grant speech-eval: got closed, expected open; Job ' +
        'is refused by atoll-grant-use: serviceAccountName: the account of a grant is for the people that the grant names',
      "closed research: research-speech: team speech: lin@example.com makes grant speech-eval's workbench on pool workbench-cpu: got " +
        'closed, expected open; atoll-grant-use: serviceAccountName: the account of a grant is for the people that the grant names',
      "open research: ValidatingAdmissionPolicy atoll-grant-use: admission: 'person:other@example.com' in request.userInfo.username lets " +
        'CREATE of jobs in research-speech by person:lin@example.com through: got open, expected closed; every policy admits it',
      'not-understood research: ValidatingAdmissionPolicy atoll-grant-use: admission: it has the constant (value person:other@example.com), ' +
        'which nothing of the environment gives it; allowed (== research) (key grant-notes-quality) (key grant-speech-eval) ' +
        '(value person:noor@example.com) (value person:ada@example.com) (value person:lin@example.com)',
    ]);
    expect(find('platform-pool-one-tenant')).toEqual([
      'open production: NodePool pipeline-gpu: pool pipeline-gpu: its nodes are of acme by name',
    ]);
  });
});
