import type { ModelTypeInput } from '../../schema/model-type';
import type { DataClass } from '../../schema/vocabulary';

/** Model types of the tests' own environments, of which a test says no more than it is about. */
type Of<F> = Extract<ModelTypeInput, F>;

export const commonModel = (
  id: string,
  reads: DataClass,
  description: string,
): Of<{ scope: 'common'; engine: 'triton' }> => ({
  id,
  scope: 'common',
  engine: 'triton',
  reads: [reads],
  weights: ['silero-vad'],
  licences: ['MIT'],
  workingMemoryMiB: 256,
  gate: { metric: 'roc-auc', thresholdPercent: 90, dataset: { kind: 'benchmark', name: 'voxconverse-test' } },
  description,
});

/** A language model with room for 32 adapters of rank 16: 20,377 MiB, most of what a pool may take of an L4. */
export const baseModel = (id: string, description: string): Of<{ scope: 'common'; engine: 'vllm' }> => ({
  id,
  scope: 'common',
  engine: 'vllm',
  reads: ['text'],
  weights: ['qwen3-8b'],
  licences: ['Apache-2.0'],
  workingMemoryMiB: 2048,
  adapters: { slots: 32, rank: 16 },
  gate: {
    metric: 'multiple-choice-accuracy',
    thresholdPercent: 70,
    dataset: { kind: 'benchmark', name: 'mmlu-redux' },
  },
  description,
});

export const head = (
  id: string,
  reads: [DataClass, ...DataClass[]],
  description: string,
  base = 'recognizer',
): Of<{ scope: 'tenant'; engine: 'triton' }> => ({
  id,
  scope: 'tenant',
  engine: 'triton',
  form: 'head',
  base,
  reads,
  training: { classes: reads },
  licences: ['LicenseRef-Tenant'],
  memoryMiB: 64,
  gate: { metric: 'macro-f1', thresholdPercent: 60, heldOutPercent: 20 },
  description,
});

export const adapter = (
  id: string,
  description: string,
  base = 'language-model',
): Of<{ scope: 'tenant'; engine: 'vllm' }> => ({
  id,
  scope: 'tenant',
  engine: 'vllm',
  form: 'adapter',
  base,
  rank: 16,
  reads: ['text'],
  training: { classes: ['text'] },
  licences: ['Apache-2.0', 'LicenseRef-Tenant'],
  gate: { metric: 'micro-f1', thresholdPercent: 60, heldOutPercent: 20 },
  description,
});
