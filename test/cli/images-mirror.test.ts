import { describe, expect, test } from '@jest/globals';
import { mirrorPlan } from '../../cli/images-mirror';
import { CHARTS } from '../../schema/charts';
import { IMAGES } from '../../schema/images';
import type { Environment } from '../../schema/model';

const env = {
  name: 'sample',
  region: 'eu-central-1',
  accounts: { management: '1'.repeat(12), production: '2'.repeat(12), research: '3'.repeat(12), audit: '4'.repeat(12) },
} as Environment;
const HOST = '222222222222.dkr.ecr.eu-central-1.amazonaws.com';
const DIGEST = `sha256:${'ab'.repeat(32)}`;
const NOTHING = { charts: {}, images: {} };

describe('the mirror plan', () => {
  test("assumes each account's mirror role, once, in a shell of its own", () => {
    const plan = mirrorPlan({ env, lock: NOTHING });
    const assumed = [...plan.matchAll(/^\(\nassumed=\$\(aws sts assume-role .*--role-arn (\S+)/gm)].map(
      (match) => match[1],
    );
    expect(assumed).toEqual([
      'arn:aws:iam::222222222222:role/atoll-sample-production-image-mirror',
      'arn:aws:iam::333333333333:role/atoll-sample-research-image-mirror',
    ]);
  });

  test('signs in to the registry of each account once per tool', () => {
    const lines = mirrorPlan({ env, lock: NOTHING }).split('\n');
    const password = 'aws ecr get-login-password --region eu-central-1';
    expect(lines[0]).toBe('set -euo pipefail');
    expect(lines).toContain(`${password} | crane auth login ${HOST} --username AWS --password-stdin`);
    expect(lines.filter((line) => line.includes(' login '))).toHaveLength(4);
  });

  test('copies by digest what is locked and says of the rest that it is not', () => {
    const lock = {
      charts: {},
      images: { 'keda-operator': { reference: 'ghcr.io/kedacore/keda:2.20.2', digest: DIGEST } },
    };
    const target = `${HOST}/atoll/sample/keda-operator:2.20.2`;
    const there = `crane digest ${target} >/dev/null 2>&1 || crane copy`;
    expect(mirrorPlan({ env, lock })).toContain(`\n${there} ghcr.io/kedacore/keda@${DIGEST} ${target}\n`);
    expect(mirrorPlan({ env, lock: NOTHING })).toContain(
      '# not locked: copied by tag; run `atoll images lock` first where the bytes matter\n' +
        `${there} ghcr.io/kedacore/keda:2.20.2 ${target}\n`,
    );
  });

  test('pulls, checks and pushes the chart that no OCI registry holds', () => {
    const lock = {
      images: {},
      charts: {
        keda: { reference: 'https://kedacore.github.io/charts/keda:2.20.2', digest: DIGEST, kind: 'archive' as const },
      },
    };
    expect(mirrorPlan({ env, lock, clusters: ['production'] })).toContain(
      `crane digest ${HOST}/atoll/sample/charts/keda:2.20.2 >/dev/null 2>&1 || ` +
        '{ helm pull keda --repo https://kedacore.github.io/charts --version 2.20.2 && ' +
        `echo '${'ab'.repeat(32)}  keda-2.20.2.tgz' | sha256sum --check && ` +
        `helm push keda-2.20.2.tgz oci://${HOST}/atoll/sample/charts; }\n`,
    );
  });

  test('builds what this repository builds from its own folder', () => {
    expect(mirrorPlan({ env, lock: NOTHING })).toContain(
      `docker buildx build --platform linux/amd64,linux/arm64 --tag ${HOST}/atoll/sample/pipeline-worker:0.1.0 ` +
        '--push services/pipeline-worker\n',
    );
  });

  test('gives each cluster what the lists give it and nothing else', () => {
    const research = mirrorPlan({ env, lock: NOTHING, clusters: ['research'] });
    const copies = research.split('\n').filter((line) => line.startsWith('crane digest '));
    const listed = [...Object.values(IMAGES), ...Object.values(CHARTS)].filter((item) =>
      (item.clusters as readonly string[]).includes('research'),
    );
    expect(copies).toHaveLength(listed.length);
    expect(research).not.toContain('keda');
    expect(research).not.toContain(HOST);
  });
});
