import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { objectFaults } from '../../../constructs/guards/objects/gate';
import type { KubernetesObject } from '../../../constructs/k8s/object';
import { admissionObjects } from '../../../constructs/k8s/platform/admission/admission';
import { workbench, type WorkbenchProps } from '../../../infra/k8s/workbench';
import { imageReference } from '../../../schema/images';
import { labels } from '../../../schema/names';
import { WORKBENCH_KINDS } from '../../../schema/workbench';
import { readWorkbenchEnvironment } from '../../../schema/read-workbench-environment';
import { evaluateAdmission } from '../../support/cel';
import { sampleEnvironment, sampleInput } from '../../support/sample-environment';
import { personKey } from '../../services/workbench/sample';
import { valueAt } from './chart-samples';

const GPUS: (typeof sampleInput.nodePools)[number] = {
  name: 'workbench-gpu',
  cluster: 'research',
  workload: 'workbench',
  families: ['g6'],
  gpuLimit: 4,
  cpuLimit: 32,
  memoryLimitGiB: 128,
};
const env = sampleEnvironment({ input: { nodePools: [...sampleInput.nodePools, GPUS] } });
const { publicKey } = personKey();
const props: WorkbenchProps = {
  ...{ env, team: 'speech', person: 'ada@example.com', kind: 'jupyter', publicKey, mark: '0a1b2c3d' },
};
const OWN = workbench(props);
const GRANTED = workbench({ ...props, grant: 'speech-eval' });
const jobOf = ({ manifest }: { readonly manifest: string }): KubernetesObject => parse(manifest) as KubernetesObject;

const namespaceObject = { metadata: { name: 'research-speech', labels: { [labels.team]: 'speech' } } };
const userOf = (username: string): object => ({ userInfo: { username, groups: ['system:authenticated'] } });

/** What every policy that judges such a request says. */
function judged(resource: string, input: object): Record<string, boolean> {
  const policies = admissionObjects(env, 'research').filter(
    (policy) =>
      policy.kind === 'ValidatingAdmissionPolicy' &&
      (valueAt(policy, 'spec.matchConstraints.resourceRules') as { resources: string[] }[]).some((rule) =>
        rule.resources.includes(resource),
      ),
  );
  return Object.fromEntries(policies.map((policy) => [policy.metadata.name, evaluateAdmission(policy, input)]));
}
const made = (object: object, username = 'person:ada@example.com'): Record<string, boolean> =>
  judged('jobs', {
    ...{ object, oldObject: null, namespaceObject },
    request: { operation: 'CREATE', namespace: 'research-speech', ...userOf(username) },
  });
const refusals = (verdicts: Record<string, boolean>): string[] =>
  Object.entries(verdicts).flatMap(([name, admitted]) => (admitted ? [] : [name]));

/** The Job with another value at a path, or none. */
function changed(job: object, path: string, value: unknown): object {
  const copy = JSON.parse(JSON.stringify(job)) as Record<string, unknown>;
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  const at = steps.reduce<Record<string, unknown>>((node, step) => node[step] as Record<string, unknown>, copy);
  if (value === undefined) Reflect.deleteProperty(at, last);
  else at[last] = value;
  return copy;
}
const POD = 'spec.template.spec';

describe.each([
  ['of nobody’s data', OWN],
  ['of a grant', GRANTED],
] as const)('a workbench %s', (_, bench) => {
  const job = jobOf(bench);

  test('is let in by every admission policy for its person', () => {
    expect(Object.keys(made(job)).length).toBeGreaterThan(7);
    expect(refusals(made(job))).toEqual([]);
  });

  test('has no fault of the gate that judges what is rendered: restricted, labelled, with requests, of an image of ours', () => {
    expect(objectFaults(env, 'research', 'job', [job])).toEqual([]);
    expect(valueAt(job, `${POD}.containers`)).toMatchObject([{ image: imageReference(env, 'research', 'workbench') }]);
  });

  test('waits in the queue, ends by itself, and is not begun again with an empty home', () => {
    expect(valueAt(job, 'spec')).toMatchObject({
      suspend: true,
      backoffLimit: 0,
      activeDeadlineSeconds: 8 * 3600 + 1800,
    });
    expect(valueAt(job, `${POD}.restartPolicy`)).toBe('Never');
  });

  test('listens on no port that a Service or another pod could name, and writes where it goes with its pod', () => {
    const [container] = valueAt(job, `${POD}.containers`) as readonly object[];
    expect(container).not.toHaveProperty('ports');
    expect(container).toMatchObject({ securityContext: { readOnlyRootFilesystem: true } });
    const volumes = (valueAt(job, `${POD}.volumes`) as readonly { readonly name: string; readonly emptyDir?: object }[])
      .filter(({ name }) => name !== 'scope')
      .map(({ emptyDir }) => emptyDir);
    expect(volumes).toEqual([{ sizeLimit: '16Gi' }, { sizeLimit: '4Gi' }, { medium: 'Memory', sizeLimit: '1Gi' }]);
  });

  test('tells its entry point what that asks for, and no secret', () => {
    const [container] = valueAt(job, `${POD}.containers`) as readonly { env: { name: string; value: string }[] }[];
    const variables = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));
    expect(readWorkbenchEnvironment(variables)).toEqual({
      ATOLL_WORKBENCH: 'jupyter',
      ATOLL_PUBLIC_KEY: publicKey,
      ATOLL_IDLE_SECONDS: 3600,
      ATOLL_MAX_SECONDS: 28_800,
      HOME: '/home/workbench',
    });
  });

  test.each([
    ['atoll-queued-jobs', 'metadata.labels', {}],
    ['atoll-queued-jobs', 'spec.suspend', false],
    ['atoll-job-deadlines', 'spec.activeDeadlineSeconds', undefined],
    ['atoll-job-deadlines', 'spec.activeDeadlineSeconds', 12 * 3600 + 1801],
    ['atoll-team-placement-templates', `${POD}.nodeSelector`, { [labels.pool]: 'system' }],
    ['atoll-team-placement-templates', `${POD}.priorityClassName`, 'system-node-critical'],
    ['atoll-accounts-templates', `${POD}.automountServiceAccountToken`, true],
    ['atoll-accounts-templates', `${POD}.serviceAccountName`, 'default'],
    ['atoll-grant-use', `${POD}.serviceAccountName`, 'grant-notes-quality'],
    ['atoll-images-templates', `${POD}.containers`, [{ name: 'a', image: 'docker.io/x' }]],
  ] as const)('is refused by %s with %s as %j', (policy, path, value) => {
    expect(refusals(made(changed(job, path, value)))).toContain(policy);
  });

  test('has a fault of the gate with the disk of its node', () => {
    const volumes = [{ name: 'home', hostPath: { path: '/' } }];
    expect(objectFaults(env, 'research', 'job', [changed(job, `${POD}.volumes`, volumes)])).not.toEqual([]);
  });
});

describe('whose it is', () => {
  const enters = (name: string, username: string): string[] =>
    refusals(
      judged('pods/portforward', {
        ...{ object: { kind: 'PodPortForwardOptions' }, oldObject: null, namespaceObject },
        request: { operation: 'CONNECT', name, namespace: 'research-speech', ...userOf(username) },
      }),
    );

  test('a workbench of a grant has its account, name and label, and one of none has no role', () => {
    expect(valueAt(jobOf(GRANTED), `${POD}.serviceAccountName`)).toBe('grant-speech-eval');
    expect(GRANTED.name).toBe('grant-speech-eval--workbench-0a1b2c3d');
    expect(valueAt(jobOf(OWN), `${POD}.serviceAccountName`)).toBe('research');
    expect([OWN.name, OWN.namespace]).toEqual(['workbench-0a1b2c3d', 'research-speech']);
    expect(JSON.stringify(jobOf(OWN))).not.toContain('grant');
  });

  test('nobody else of the team starts or enters one of a grant', () => {
    expect(refusals(made(jobOf(GRANTED), 'person:noor@example.com'))).toEqual(['atoll-grant-use']);
    expect(enters(`${GRANTED.name}-x7k2p`, 'person:noor@example.com')).toEqual(['atoll-grant-doors']);
    expect(enters(`${GRANTED.name}-x7k2p`, 'person:ada@example.com')).toEqual([]);
    expect(enters(`${OWN.name}-x7k2p`, 'person:noor@example.com')).toEqual([]);
  });
});

describe('what a person asks for', () => {
  test('decides the pool, and what is had of it', () => {
    const gpu = jobOf(workbench({ ...props, gpus: 2, kind: 'code-server', hours: 12, idleMinutes: 30 }));
    expect(valueAt(gpu, `${POD}.nodeSelector`)).toEqual({ [labels.pool]: 'workbench-gpu' });
    expect(valueAt(gpu, `${POD}.containers`)).toMatchObject([
      { resources: { limits: { cpu: '6', memory: '24Gi', 'nvidia.com/gpu': '2' } } },
    ]);
    expect(refusals(made(gpu))).toEqual([]);
    const large = jobOf(workbench({ ...props, cpus: 16, memoryGiB: 64 }));
    expect(valueAt(large, `${POD}.containers`)).toMatchObject([
      { resources: { limits: { cpu: '16', memory: '64Gi' } } },
    ]);
    expect(WORKBENCH_KINDS).toEqual(['jupyter', 'code-server']);
  });

  const printed = (over: Partial<WorkbenchProps>) => () => workbench({ ...props, ...over });

  test.each<[string, Partial<WorkbenchProps>, string]>([
    ['team', { team: 'speach' }, "--team: got 'speach', allowed 'language' or 'speech'; did you mean 'speech'"],
    [
      'grant of another team',
      { grant: 'notes-quality' },
      "--grant: got 'notes-quality', allowed 'speech-eval'; name one of them",
    ],
    [
      'person',
      { grant: 'speech-eval', person: 'noor@example.com' },
      "--person: got 'noor@example.com', allowed 'ada@example.com' or 'lin@example.com', whom the grant names; ask for a grant of your own",
    ],
    ['hours', { hours: 13 }, '--hours: got 13, allowed a whole number from 1 to 12; write one'],
    ['idle minutes', { idleMinutes: 5 }, '--idle-minutes: got 5, allowed a whole number from 10 to 240; write one'],
    ['GPUs', { gpus: 5 }, '--gpus: got 5, allowed a whole number from 0 to 4; write one'],
    ['number', { cpus: Number('four') }, '--cpus: got NaN, allowed a whole number from 1 to 128; write one'],
    [
      'pool',
      { pool: 'training-gpu', gpus: 1 },
      "--pool: got 'training-gpu', allowed 'workbench-gpu' with GPUs; name one of them",
    ],
    [
      'pool with GPUs for none',
      { pool: 'workbench-gpu' },
      "--pool: got 'workbench-gpu', allowed 'workbench-cpu' without GPUs; did you mean 'workbench-cpu'",
    ],
    [
      'environment',
      { env: sampleEnvironment(), gpus: 1 },
      '--pool: got nothing, allowed a pool of workbenches with GPUs, and sample has none; add one to nodePools',
    ],
  ])('is refused as another %s', (_, over, message) => {
    expect(printed(over)).toThrow(message);
  });
});
