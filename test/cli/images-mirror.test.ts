import { describe, expect, test } from '@jest/globals';
import { mirrorPlan } from '../../cli/images-mirror';
import { CHARTS } from '../../schema/charts';
import { IMAGES } from '../../schema/images';
import { sampleEnvironment } from '../support/sample-environment';

const env = sampleEnvironment();
const HOST = '222222222222.dkr.ecr.eu-central-1.amazonaws.com';
const DIGEST = `sha256:${'ab'.repeat(32)}`;
const NOTHING = { charts: {}, images: {} };
/** The lines below the functions, without their indent. */
const steps = (plan: string): string[] =>
  plan
    .slice(plan.indexOf("echo '== "))
    .split('\n')
    .map((line) => line.trim());

describe('the mirror plan', () => {
  test("becomes each account's mirror role and signs in to its registry, once", () => {
    const lines = steps(mirrorPlan({ env, lock: NOTHING })).filter((line) => /^(assume|sign_in) /.test(line));
    const region = 'eu-central-1';
    expect(lines.slice(0, 4)).toEqual([
      `assume arn:aws:iam::222222222222:role/atoll-sample-production-image-mirror ${region}`,
      `sign_in ${HOST} ${region}`,
      `assume arn:aws:iam::333333333333:role/atoll-sample-research-image-mirror ${region}`,
      `sign_in 333333333333.dkr.ecr.eu-central-1.amazonaws.com ${region}`,
    ]);
  });

  test('says who may run it, and by what', () => {
    const [interpreter, ...head] = mirrorPlan({ env, lock: NOTHING }).split('\n').slice(0, 4);
    expect(interpreter).toBe('#!/usr/bin/env bash');
    expect(head.join('\n')).toContain(`credentials of\n# ${env.imageMirrorPrincipal}.`);
  });

  test('copies by digest what is locked and says of the rest that it is not', () => {
    const lock = {
      charts: {},
      images: { 'keda-operator': { reference: 'ghcr.io/kedacore/keda:2.20.2', digest: DIGEST } },
    };
    const target = `${HOST}/atoll/sample/keda-operator:2.20.2`;
    expect(steps(mirrorPlan({ env, lock }))).toContain(`copy ghcr.io/kedacore/keda@${DIGEST} ${target}`);
    expect(steps(mirrorPlan({ env, lock: NOTHING }))).toContain(
      `copy ghcr.io/kedacore/keda:2.20.2 ${target} # not locked`,
    );
  });

  test('gives the digest of a chart that no OCI registry holds, where it is known', () => {
    const from = 'chart https://kedacore.github.io/charts keda 2.20.2';
    const to = `oci://${HOST}/atoll/sample/charts`;
    const keda = {
      reference: 'https://kedacore.github.io/charts/keda:2.20.2',
      digest: DIGEST,
      kind: 'archive' as const,
    };
    expect(steps(mirrorPlan({ env, lock: { images: {}, charts: { keda } } }))).toContain(
      `${from} ${'ab'.repeat(32)} ${to}`,
    );
    expect(steps(mirrorPlan({ env, lock: NOTHING }))).toContain(`${from} '' ${to} # not locked`);
  });

  test('builds what this repository builds from its own folder', () => {
    expect(steps(mirrorPlan({ env, lock: NOTHING }))).toContain(
      `build services/pipeline-worker ${HOST}/atoll/sample/pipeline-worker:0.1.0`,
    );
  });

  test('gives each cluster what the lists give it and nothing else', () => {
    const research = mirrorPlan({ env, lock: NOTHING, clusters: ['research'] });
    const copies = steps(research).filter((line) => /^(copy|chart|build) /.test(line));
    const listed = [...Object.values(IMAGES), ...Object.values(CHARTS)].filter((item) =>
      (item.clusters as readonly string[]).includes('research'),
    );
    expect(copies).toHaveLength(listed.length);
    expect(research).not.toContain('keda');
    expect(research).not.toContain(HOST);
  });
});
