import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { mirrorPlan } from '../../cli/images-mirror';
import { environmentNames, loadNamed } from '../../environments';
import type { ImageLock } from '../../schema/image-lock';
import { runWithStubs, type StubAnswers, type StubRun } from '../support/mirror-stubs';
import { sampleEnvironment } from '../support/sample-environment';
import { temporaryFolder } from '../support/temporary';

const scratch = temporaryFolder();
const env = sampleEnvironment();
const NOTHING: ImageLock = { charts: {}, images: {} };
const WORKER = 'services/pipeline-worker';
const BUILDER = 'services/dataset-builder';
const TRAINER = 'services/trainer';
const BENCH = 'services/workbench';
const host = (account: string): string => `${account}.dkr.ecr.eu-central-1.amazonaws.com`;
const PRODUCTION = host('222222222222');
const RESEARCH = host('333333333333');
const key = (cluster: string): string => `key-of-atoll-sample-${cluster}-image-mirror`;

const run = (answers?: StubAnswers, lock = NOTHING): StubRun =>
  runWithStubs(scratch, mirrorPlan({ env, lock }), answers);
/** What changes a registry: copies, pushes and builds. */
const writes = ({ calls }: StubRun): string[] =>
  calls.filter((call) => /: (crane copy|helm push|docker buildx) /.test(call));
const assumed = ({ calls }: StubRun): string[] => calls.filter((call) => call.includes(' sts assume-role '));
const writer = (call: string): string => call.slice(0, call.indexOf(':'));

/** All that a whole run would write, by the plan. */
const targets = [...mirrorPlan({ env, lock: NOTHING }).matchAll(/^ +copy \S+ (\S+)/gm)].map((match) => match[1] ?? '');
const KEDA = `${PRODUCTION}/atoll/sample/charts/keda:2.20.2`;
const BUILT = `${PRODUCTION}/atoll/sample/pipeline-worker:0.1.0`;
const BUILT_FOR_RESEARCH = `${RESEARCH}/atoll/sample/dataset-builder:0.1.0`;
const BUILT_FOR_BOTH = [PRODUCTION, RESEARCH].map((host) => `${host}/atoll/sample/trainer:0.1.0`);
const WORKBENCH = `${RESEARCH}/atoll/sample/workbench:0.1.0`;

test.each(environmentNames)('the script of %s is one that bash can read', (name) => {
  const { status, stderr } = spawnSync('bash', ['-n'], {
    input: mirrorPlan({ env: loadNamed(name) }),
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

describe('a run over empty registries', () => {
  const empty = run();

  test('copies everything of one account, then everything of the other, each with the rights of its own mirror role', () => {
    expect(empty.status).toBe(0);
    expect(writes(empty)).toHaveLength(targets.length + 1);
    expect(writes(empty).map(writer)).toEqual([
      ...writes(empty)
        .filter((call) => call.includes(PRODUCTION))
        .map(() => key('production')),
      ...writes(empty)
        .filter((call) => call.includes(RESEARCH))
        .map(() => key('research')),
    ]);
  });

  test("assumes each account's role once, with the caller's own credentials", () => {
    expect(assumed(empty).map(writer)).toEqual(['caller', 'caller']);
    expect(assumed(empty).map((call) => /--role-arn (\S+)/.exec(call)?.[1])).toEqual([
      'arn:aws:iam::222222222222:role/atoll-sample-production-image-mirror',
      'arn:aws:iam::333333333333:role/atoll-sample-research-image-mirror',
    ]);
  });

  test('prints no credential, hands none over as an argument, and leaves no sign-in behind', () => {
    const secrets = /secret-of|token-of|password-of/;
    expect(empty.output).not.toMatch(secrets);
    expect(empty.output).not.toContain('key-of');
    expect(empty.calls.join('\n')).not.toMatch(secrets);
    expect(empty.leftover).toEqual([]);
  });

  test('skips what is to be built and is not there, last, and says what to do', () => {
    expect(empty.calls.filter((call) => call.includes(': docker '))).toEqual([]);
    const skipped = (target: string, folder: string): string =>
      `skip   ${target}: no folder ${folder} here; run this again at the root of a repository that has it`;
    const [ofProduction = '', ofResearch = ''] = BUILT_FOR_BOTH;
    const ofServing = (id: string): string => skipped(`${PRODUCTION}/atoll/sample/${id}:0.1.0`, `services/${id}`);
    expect(empty.output.trimEnd().split('\n').slice(-8)).toEqual([
      '== sample: built from this repository',
      ofServing('model-loader'),
      skipped(BUILT, WORKER),
      ofServing('router'),
      skipped(ofProduction, TRAINER),
      skipped(BUILT_FOR_RESEARCH, BUILDER),
      skipped(ofResearch, TRAINER),
      skipped(WORKBENCH, BENCH),
    ]);
  });
});

test('what this repository builds comes after every copy of both accounts, as a role assumed anew', () => {
  const whole = run({ folders: [WORKER] });
  expect(whole.status).toBe(0);
  expect(writes(whole)).toHaveLength(targets.length + 2);
  expect(writes(whole).at(-1)).toBe(
    `${key('production')}: docker buildx build --platform linux/amd64,linux/arm64 --file ${WORKER}/Dockerfile --build-arg NODE_IMAGE --tag ${BUILT} --push .`,
  );
  expect(assumed(whole).map(writer)).toEqual(['caller', 'caller', 'caller']);
  expect(whole.calls.at(-1)).toBe(`${key('production')}: docker logout ${PRODUCTION}`);
});

test('what is built on an image that nobody named is skipped, and built once somebody does', () => {
  const files = { [`${BUILDER}/Dockerfile`]: 'ARG NODE_IMAGE\nFROM ${NODE_IMAGE}\n' };
  const unnamed = run({ files });
  expect(unnamed.status).toBe(0);
  expect(unnamed.output.trimEnd().split('\n').at(-3)).toBe(
    `skip   ${BUILT_FOR_RESEARCH}: NODE_IMAGE is empty; name the Node image that it is built on, by its digest, and run this again`,
  );
  const named = run({ files, variables: { NODE_IMAGE: `node@sha256:${'ab'.repeat(32)}` } });
  expect(writes(named).at(-1)).toBe(
    `${key('research')}: docker buildx build --platform linux/amd64,linux/arm64 --file ${BUILDER}/Dockerfile --build-arg NODE_IMAGE --tag ${BUILT_FOR_RESEARCH} --push .`,
  );
});

test('what is there is not pushed again', () => {
  const again = run({ there: [...targets, KEDA, BUILT], folders: [WORKER] });
  expect(again.status).toBe(0);
  expect(writes(again)).toEqual([]);
  const missing = targets.filter((target) => target.includes('/charts/karpenter:'));
  const some = run({ there: [...targets.filter((target) => !missing.includes(target)), KEDA, BUILT] });
  expect(writes(some).map((call) => call.split(' ').at(-1))).toEqual(missing);
});

describe('a run ends with an error, and does nothing more,', () => {
  test('when a copy fails', () => {
    const failed = run({ failing: 'crane copy ghcr.io/kedacore/keda:2.20.2 ', folders: [WORKER] });
    expect(failed.status).not.toBe(0);
    expect(failed.calls.at(-1)).toContain('crane copy ghcr.io/kedacore/keda:2.20.2');
    expect(failed.leftover).toEqual([]);
  });

  test('when a role may not be assumed', () => {
    const failed = run({ failing: 'aws sts assume-role' });
    expect(failed.status).not.toBe(0);
    expect(failed.calls).toHaveLength(1);
  });

  test.each(['aws ecr get-login-password', 'crane auth login', 'helm registry login'])('when %s fails', (failing) => {
    const failed = run({ failing });
    expect(failed.status).not.toBe(0);
    expect(writes(failed)).toEqual([]);
  });

  test('when a chart cannot be pulled', () => {
    const failed = run({ failing: 'helm pull keda' });
    expect(failed.status).not.toBe(0);
    expect(failed.calls.at(-1)).toContain('helm pull keda');
  });

  test('when the archive of a chart is another than the one that was locked', () => {
    const reference = 'https://kedacore.github.io/charts/keda:2.20.2';
    const lock: ImageLock = {
      images: {},
      charts: { keda: { reference, digest: `sha256:${'ab'.repeat(32)}`, kind: 'archive' } },
    };
    const failed = run({}, lock);
    expect(failed.status).not.toBe(0);
    expect(failed.calls.at(-1)).toContain('helm pull keda');
    expect(failed.output).toContain('FAILED');
  });

  test('when a build fails', () => {
    const failed = run({ failing: 'docker buildx', folders: [WORKER] });
    expect(failed.status).not.toBe(0);
    expect(failed.calls.at(-1)).toBe(`${key('production')}: docker logout ${PRODUCTION}`);
  });
});
