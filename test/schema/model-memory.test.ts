import { describe, expect, test } from '@jest/globals';
import { environmentNames, loadNamed } from '../../environments';
import { GPU_MEMORY_MIB, leastGpuMemoryMiB } from '../../schema/gpu-memory';
import { LICENCES } from '../../schema/licences';
import { adapterSlotMiB, modelMemoryMiB, weightsMiB } from '../../schema/model-memory';
import { modelTypeSchema } from '../../schema/model-type';
import { OPEN_MODELS } from '../../schema/open-models';
import { BENCHMARKS, directionOf, METRICS, passesGate } from '../../schema/performance-gate';
import { placeModels } from '../../schema/placement/place';
import { MOST_TENANTS_PER_SERVER } from '../../schema/serving-pool';
import { adapter, baseModel, commonModel, head } from '../support/sample-models';

describe('the memory of a model', () => {
  test('of a common one is that of its weights and what it works with', () => {
    // 809 million parameters of two bytes are 1,543.05 MiB.
    expect(weightsMiB(['whisper-large-v3-turbo'])).toBe(1544);
    const type = commonModel('speech', 'audio', 'Speech into text.');
    expect(modelMemoryMiB(modelTypeSchema.parse({ ...type, weights: ['whisper-large-v3-turbo'] }))).toBe(1544 + 256);
  });

  test('of a language model is also that of all its slots, so that an adapter takes none', () => {
    // Of Qwen3-8B: 36 layers of 75,776 weights for each rank, of two bytes, are 83.25 MiB at rank 16.
    const base = modelTypeSchema.parse(baseModel('base', 'Words of all tenants.'));
    expect(base.engine === 'vllm' && base.scope === 'common' ? adapterSlotMiB(base) : undefined).toBe(84);
    expect(modelMemoryMiB(base)).toBe(15_641 + 2048 + 32 * 84);
    expect(modelMemoryMiB(modelTypeSchema.parse(adapter('reply', 'Drafts of replies.')))).toBe(0);
    expect(adapterSlotMiB({ weights: ['qwen3-8b'] })).toBe(0);
    expect(adapterSlotMiB({ weights: ['silero-vad'], adapters: { slots: 1, rank: 8 } })).toBeUndefined();
  });

  test("of a tenant's head is its ceiling, and of weights that nobody knows there is none", () => {
    expect(modelMemoryMiB(modelTypeSchema.parse(head('topics', ['audio'], 'Topics of one.')))).toBe(64);
    expect(weightsMiB(['silero-vad', 'nobody'])).toBeUndefined();
  });
});

test('of several families a server has the least memory, and of one that nobody knows none', () => {
  expect(leastGpuMemoryMiB(['g6e', 'g6'])).toBe(22_888);
  expect([leastGpuMemoryMiB(['g6e', 'm7i']), leastGpuMemoryMiB([])]).toEqual([undefined, undefined]);
  expect(Object.values(GPU_MEMORY_MIB).every((memory) => memory >= 16_384)).toBe(true);
});

test('ten managed policies name some hundred tenants', () => {
  expect(MOST_TENANTS_PER_SERVER).toBe(380);
});

describe('a performance gate', () => {
  test.each([
    ['word-error-rate', 10, 10, true],
    ['word-error-rate', 10, 10.01, false],
    ['macro-f1', 70, 70, true],
    ['macro-f1', 70, 69.99, false],
    ['macro-f1', 70, Number.NaN, false],
    ['word-error-rate', 10, Number.NaN, false],
  ] as const)('of %s at %d lets %d pass: %s', (metric, thresholdPercent, percent, passes) => {
    expect(passesGate({ metric, thresholdPercent }, percent)).toBe(passes);
  });

  test('has errors at most and all else at least', () => {
    const atMost = (Object.keys(METRICS) as (keyof typeof METRICS)[]).filter(
      (metric) => directionOf({ metric }) === 'at-most',
    );
    expect(atMost).toEqual(['word-error-rate', 'diarization-error-rate']);
  });
});

describe('the open weights', () => {
  test.each(Object.entries(OPEN_MODELS))(
    '%s have a licence for commercial use, a size, a source and a day',
    (_id, model) => {
      expect(LICENCES[model.licence].commercialUse).toBe(true);
      expect(model.weightsBytes).toBeGreaterThan(1e6);
      expect([model.source, model.checked]).toEqual([
        expect.stringMatching(/^https:\/\//),
        expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      ]);
      if (model.published !== undefined)
        expect(BENCHMARKS[model.published.benchmark].metric).toBe(model.published.metric);
    },
  );
});

describe.each(environmentNames)('the catalogue of %s', (name) => {
  const env = loadNamed(name);

  test('asks of a common model at least what was published of its weights', () => {
    const common = env.models.flatMap((type) => (type.scope === 'common' ? [type] : []));
    expect(common.length).toBeGreaterThan(6);
    for (const { id, gate, weights } of common) {
      const published = weights.flatMap((each) => OPEN_MODELS[each]?.published ?? []);
      expect([id, published.map(({ percent }) => passesGate(gate, percent))]).toEqual([id, [true]]);
      expect([id, published.map(({ percent }) => percent)]).toEqual([id, [gate.thresholdPercent]]);
    }
  });

  test('gives each common model to work with what the rule says', () => {
    for (const type of env.models) {
      if (type.scope !== 'common' || type.engine !== 'triton') continue;
      const weights = weightsMiB(type.weights) ?? 0;
      expect([type.id, type.workingMemoryMiB]).toEqual([type.id, Math.max(256, Math.ceil(weights / 64) * 64)]);
    }
  });

  test('is placed whole by its record', () => {
    const { unplaced, unrecorded, record } = placeModels(env, env.placement);
    expect([unplaced, unrecorded, record]).toEqual([[], [], env.placement]);
  });
});
