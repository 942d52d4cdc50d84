import { describe, expect, test } from '@jest/globals';
import type {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from '../../../constructs/k8s/api/admission';
import { admissionObjects } from '../../../constructs/k8s/platform/admission/admission';
import { celString } from '../../../constructs/k8s/platform/admission/cel';
import { CLUSTERS, type ClusterName } from '../../../schema/vocabulary';
import { sampleEnvironment } from '../../support/sample-environment';
import { PRODUCTION_CASES, RESEARCH_CASES } from './admission-cases';

const env = sampleEnvironment();
const policies = (cluster: ClusterName): ValidatingAdmissionPolicy[] =>
  admissionObjects(env, cluster).filter((o): o is ValidatingAdmissionPolicy => o.kind === 'ValidatingAdmissionPolicy');
const policy = (cluster: ClusterName, name: string): ValidatingAdmissionPolicy => {
  const found = policies(cluster).find(({ metadata }) => metadata.name === `atoll-${name}`);
  if (found === undefined) throw new Error(`no policy ${name}`);
  return found;
};
const expressions = (p: ValidatingAdmissionPolicy): string =>
  [...(p.spec.variables ?? []), ...p.spec.validations].map(({ expression }) => expression).join('\n');
const resources = (p: ValidatingAdmissionPolicy): string[] =>
  p.spec.matchConstraints.resourceRules.flatMap((rule) => rule.resources);

describe.each(CLUSTERS)('the policies of %s', (cluster) => {
  test('fail closed, are bound to deny, and have names of their own', () => {
    const bindings = admissionObjects(env, cluster).filter(
      (o): o is ValidatingAdmissionPolicyBinding => o.kind === 'ValidatingAdmissionPolicyBinding',
    );
    const names = policies(cluster).map(({ metadata }) => metadata.name);
    expect(names.length).toBeGreaterThan(10);
    expect(new Set(names).size).toBe(names.length);
    expect(names.every((name) => name.startsWith('atoll-'))).toBe(true);
    expect(bindings.map(({ spec }) => spec.policyName)).toEqual(names);
    for (const { spec } of policies(cluster)) expect(spec.failurePolicy).toBe('Fail');
    for (const { spec } of bindings) expect(spec.validationActions).toEqual(['Deny', 'Audit']);
  });

  test('judge images of pods, ephemeral containers, workloads and Jobs everywhere but where add-ons live', () => {
    const images = policies(cluster).filter(({ metadata }) => metadata.name.startsWith('atoll-images-'));
    const judged = images.flatMap(resources);
    expect(judged).toEqual(
      expect.arrayContaining(['pods', 'pods/ephemeralcontainers', 'jobs', 'cronjobs', 'deployments', 'statefulsets']),
    );
    for (const one of images) {
      expect(expressions(one)).toContain(
        `startsWith('${env.accounts[cluster]}.dkr.ecr.eu-central-1.amazonaws.com/atoll/sample/')`,
      );
      for (const part of ['initContainers', 'ephemeralContainers', 'v.image.reference'])
        expect(expressions(one)).toContain(part);
      expect(one.spec.matchConstraints.namespaceSelector).toEqual({
        matchExpressions: [
          {
            key: 'kubernetes.io/metadata.name',
            operator: 'NotIn',
            values: ['kube-system', 'amazon-cloudwatch', 'mount-s3'],
          },
        ],
      });
    }
  });

  test('read tenant and team from the namespace, never from the object', () => {
    for (const one of policies(cluster)) {
      expect(expressions(one)).not.toMatch(/object\.metadata\.labels\['atoll\.dev\/(tenant|team|isolation)'\]/);
    }
  });

  test('have balanced parentheses and no undefined in any expression', () => {
    for (const one of policies(cluster)) {
      const text = expressions(one);
      expect(text.split('(')).toHaveLength(text.split(')').length);
      expect(text).not.toMatch(/undefined|\[object Object\]/);
    }
  });

  test('leave the namespace labels to Flux as itself', () => {
    expect(expressions(policy(cluster, 'namespaces'))).toContain(
      "request.userInfo.username in ['system:serviceaccount:flux-system:kustomize-controller', 'system:serviceaccount:flux-system:helm-controller']",
    );
  });
});

describe('production', () => {
  test('puts dedicated tenants on segregated pools and shared ones on shared pools, ScaledJobs included', () => {
    for (const shape of ['pods', 'templates', 'cronjobs', 'scaledjobs']) {
      const text = expressions(policy('production', `tenant-placement-${shape}`));
      expect(text).toContain(
        "variables.dedicated ? ['pipeline-gpu', 'text-cpu', 'tenant-training'] : ['pipeline-shared', 'tenant-training']",
      );
      expect(text).not.toContain('serving-gpu');
    }
  });

  test("pins a ScaledJob to its tenant's own queues, whole, so that 'acme' does not match 'acme-eu'", () => {
    const text = expressions(policy('production', 'scaledjob-triggers'));
    for (const pipeline of ['video', 'audio', 'text']) {
      expect(text).toContain(
        `'https://sqs.eu-central-1.amazonaws.com/222222222222/atoll-sample-' + variables.tenant + '-${pipeline}'`,
      );
    }
    expect(text).not.toContain('awsEndpoint');
  });

  test('judges ScaledJobs in every namespace, so that none exists outside a tenant', () => {
    expect(policy('production', 'scaledjob-triggers').spec.matchConstraints).not.toHaveProperty('namespaceSelector');
  });
});

describe('research', () => {
  test("opens a grant's account to the people that the grant names", () => {
    expect(expressions(policy('research', 'grant-use'))).toContain(
      "{'grant-notes-quality': ['person:noor@example.com'], 'grant-speech-eval': ['person:ada@example.com', 'person:lin@example.com']}",
    );
  });

  test('knows no ScaledJobs, since KEDA does not run there', () => {
    expect(policies('research').flatMap(resources)).not.toContain('scaledjobs');
  });

  test('lets Kueue alone start a Job, and the Job controller alone make a pod with a GPU', () => {
    expect(expressions(policy('research', 'queued-jobs'))).toContain(
      "request.userInfo.username == 'system:serviceaccount:kueue-system:kueue-controller-manager'",
    );
    expect(expressions(policy('research', 'queued-pods'))).toContain(
      "request.userInfo.username == 'system:serviceaccount:kube-system:job-controller'",
    );
  });
});

test('a string that could end its quotes is refused', () => {
  expect(() => celString("a' || true || '")).toThrow(
    "cel: got the string 'a' || true || '', allowed letters, digits and ' .:/@+=-_'; rename it",
  );
});

test.each([
  ['production', PRODUCTION_CASES],
  ['research', RESEARCH_CASES],
] as const)('every policy that has requests to judge in %s has some to allow and some to refuse', (cluster, cases) => {
  const judged = new Set(cases.map(({ policy: name }) => name));
  for (const name of judged) {
    expect(policy(cluster, name).metadata.name).toBe(`atoll-${name}`);
    expect([name, new Set(cases.filter((c) => c.policy === name).map(({ allowed }) => allowed)).size]).toEqual([
      name,
      2,
    ]);
  }
});
