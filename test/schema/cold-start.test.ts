import { expect, test } from '@jest/globals';
import { coldStart, coldStartSeconds, coldStarts, holdSeconds, startupProbe } from '../../schema/cold-start';
import { GPU_MEMORY_MIB } from '../../schema/gpu-memory';
import { modelTypeSchema } from '../../schema/model-type';
import { leastNetworkMegabits } from '../../schema/network-bandwidth';
import { servingPoolSchema } from '../../schema/serving-pool';
import { sampleEnvironment } from '../support/sample-environment';
import { baseModel } from '../support/sample-models';

const models = [modelTypeSchema.parse(baseModel('language', 'Words of all tenants.'))];
const pool = { engine: 'vllm', gpuMemoryPercent: 90 } as const;

test('a cold start is the sum of what the smallest machine takes for each part', () => {
  const parts = coldStart({ pool, nodePool: { families: ['g6e', 'g6'] }, models });
  // 28.6 GB unpacked at 500 MiB/s; 18,329 MiB at 2.5 Gbit/s, and from the volume at 500 MiB/s with a minute for the engine.
  expect(parts).toEqual({ node: 90, image: 55, weights: 62, load: 97 });
  expect(parts && coldStartSeconds(parts)).toBe(304);
});

test('where the network is wide, the volume is what takes time', () => {
  expect(coldStart({ pool, nodePool: { families: ['p5'] }, models })).toEqual({
    node: 90,
    image: 55,
    weights: 37,
    load: 97,
  });
});

test('a snapshot has the images, and the network of the slowest family counts', () => {
  const nodePool = { families: ['g6', 'g5g'], dataVolumeSnapshot: 'snap-0123456789abcdef0' };
  expect(coldStart({ pool, nodePool, models })).toMatchObject({ image: 30, weights: 124 });
});

test('a Triton server may hold as much as its memory takes', () => {
  const triton = { engine: 'triton', gpuMemoryPercent: 50 } as const;
  expect(coldStart({ pool: triton, nodePool: { families: ['g6'] }, models: [] })).toEqual({
    node: 90,
    image: 50,
    weights: 39,
    load: 53,
  });
});

test('what is not known has no cold start', () => {
  expect(coldStart({ pool, nodePool: { families: ['g6', 'zz9'] }, models })).toBeUndefined();
  expect(coldStart({ pool, nodePool: { families: [] }, models })).toBeUndefined();
});

test('of every family with a known memory the network is known', () => {
  for (const family of Object.keys(GPU_MEMORY_MIB))
    expect([family, leastNetworkMegabits([family])]).toEqual([family, expect.any(Number)]);
});

test('probes and the router wait for the whole budget', () => {
  const declared = servingPoolSchema.parse({ name: 'vllm', engine: 'vllm', nodePool: 'serving', maxServers: 1 });
  expect(declared.coldStartSeconds).toBe(480);
  const { periodSeconds, failureThreshold } = startupProbe({ coldStartSeconds: 303 });
  expect(periodSeconds * failureThreshold).toBeGreaterThanOrEqual(303);
  expect(holdSeconds(declared)).toBe(540);
});

test('an environment that serves nothing has none', () => {
  expect(coldStarts(sampleEnvironment({ input: { servingPools: [] } })).size).toBe(0);
});
