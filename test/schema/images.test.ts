import { describe, expect, test } from '@jest/globals';
import { type Chart, type ChartId, CHARTS, chartReference } from '../../schema/charts';
import { IMAGE_LOCK, type ImageLock, imageLockSchema, imageLockText } from '../../schema/image-lock';
import { type Image, type ImageId, IMAGES, imageReference, lockedDigest, upstreamReference } from '../../schema/images';
import type { Environment } from '../../schema/model';

const env = {
  name: 'sample',
  region: 'eu-central-1',
  accounts: { management: '1'.repeat(12), production: '2'.repeat(12), research: '3'.repeat(12), audit: '4'.repeat(12) },
} as Environment;
const DIGEST = `sha256:${'ab'.repeat(32)}`;
const locked = (reference: string): ImageLock => ({
  charts: {},
  images: { 'keda-operator': { reference, digest: DIGEST } },
});

describe('the image list', () => {
  const list = Object.entries(IMAGES) as [ImageId, Image][];

  test('names every upstream by host, repository and a tag that says a version', () => {
    expect(list.length).toBeGreaterThanOrEqual(10);
    for (const [id, image] of list) {
      expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
      // NVIDIA's containers have year and month.
      expect(image.tag).toMatch(/^v?\d+\.\d+\.\d+$|^2\d\.(?:0\d|1[0-2])-py3$/);
      expect(image.checked).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(image.clusters.length).toBeGreaterThan(0);
      if (image.upstream !== 'built') expect(image.upstream).toMatch(/^[a-z0-9.-]+\.[a-z]+\/[a-z0-9/-]+$/);
    }
  });

  test('holds the images of the versions that the charts install', () => {
    expect(IMAGES['karpenter-controller'].tag).toBe(CHARTS.karpenter.appVersion);
    expect(IMAGES['keda-operator'].tag).toBe(CHARTS.keda.appVersion);
    expect(IMAGES['kueue-controller'].tag).toBe(CHARTS.kueue.appVersion);
    expect(IMAGES['flux-cli'].tag).toBe(`v${CHARTS.flux2.appVersion}`);
    expect(CHARTS['karpenter-crd'].version).toBe(CHARTS.karpenter.version);
  });

  test('gives a cluster the images of a chart wherever it installs the chart', () => {
    const prefix: Record<ChartId, string | undefined> = {
      flux2: 'flux-',
      karpenter: 'karpenter-',
      'karpenter-crd': undefined,
      keda: 'keda-',
      kueue: 'kueue-',
    };
    for (const [id, chart] of Object.entries(CHARTS) as [ChartId, Chart][]) {
      const start = prefix[id];
      const images = start === undefined ? [] : list.filter(([image]) => image.startsWith(start));
      for (const [, image] of images) expect(image.clusters).toEqual(chart.clusters);
      expect(images.length > 0).toBe(start !== undefined);
    }
  });
});

describe('a reference', () => {
  test('names the registry of the account of the cluster', () => {
    expect(imageReference(env, 'research', 'kueue-controller', { charts: {}, images: {} })).toBe(
      '333333333333.dkr.ecr.eu-central-1.amazonaws.com/atoll/sample/kueue-controller:v0.19.2',
    );
    expect(chartReference(env, 'production', 'keda')).toBe(
      'oci://222222222222.dkr.ecr.eu-central-1.amazonaws.com/atoll/sample/charts/keda',
    );
  });

  test('ends with the digest that is recorded for the version', () => {
    expect(imageReference(env, 'production', 'keda-operator', locked('ghcr.io/kedacore/keda:2.20.2'))).toBe(
      `222222222222.dkr.ecr.eu-central-1.amazonaws.com/atoll/sample/keda-operator:2.20.2@${DIGEST}`,
    );
  });

  test('ignores a digest that was recorded for another version', () => {
    expect(lockedDigest('keda-operator', locked('ghcr.io/kedacore/keda:2.20.1'))).toBeUndefined();
  });

  test('of an image that is built here has no upstream and no digest', () => {
    expect(upstreamReference(IMAGES['pipeline-worker'])).toBeUndefined();
    expect(lockedDigest('pipeline-worker', { charts: {}, images: {} })).toBeUndefined();
  });
});

describe('the lock file', () => {
  test('names only what is in the lists', () => {
    expect(Object.keys(IMAGES)).toEqual(expect.arrayContaining(Object.keys(IMAGE_LOCK.images)));
    expect(Object.keys(CHARTS)).toEqual(expect.arrayContaining(Object.keys(IMAGE_LOCK.charts)));
  });

  test('is written with its ids sorted', () => {
    const entry = { reference: 'r', digest: DIGEST };
    const text = imageLockText({ charts: {}, images: { b: entry, a: entry } });
    expect(Object.keys((JSON.parse(text) as ImageLock).images)).toEqual(['a', 'b']);
    expect(text.endsWith('}\n')).toBe(true);
  });

  test('admits no digest of another form', () => {
    const images = { a: { reference: 'r', digest: 'sha256:abc' } };
    expect(imageLockSchema.safeParse({ charts: {}, images }).success).toBe(false);
  });
});
