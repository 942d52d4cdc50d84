import { z } from 'zod';
import { amount, wholeNumber } from './number-field';
import { referenceSchema } from './slug';

/** Which way of a metric is good. Every one is a share, in percent. */
export type Direction = 'at-least' | 'at-most';

/** What a performance test may measure, and which way is good: written once, so that no gate of the catalogue can have it the wrong way round. */
export const METRICS = {
  'word-error-rate': 'at-most',
  'diarization-error-rate': 'at-most',
  'roc-auc': 'at-least',
  'top-1-accuracy': 'at-least',
  'line-accuracy': 'at-least',
  'micro-f1': 'at-least',
  'macro-f1': 'at-least',
  'multiple-choice-accuracy': 'at-least',
  'keyword-recall': 'at-least',
  'preferred-by-people': 'at-least',
} as const satisfies Record<string, Direction>;
export type Metric = keyof typeof METRICS;
const METRIC_IDS = Object.keys(METRICS) as [Metric, ...Metric[]];

/** Public sets on which models were compared before: what a gate measures on them can be held against what others published. */
export const BENCHMARKS = {
  esb: { metric: 'word-error-rate', source: 'https://huggingface.co/datasets/esb/datasets' },
  'ami-ihm': { metric: 'diarization-error-rate', source: 'https://groups.inf.ed.ac.uk/ami/corpus/' },
  'voxconverse-test': { metric: 'roc-auc', source: 'https://github.com/joonson/voxconverse' },
  'imagenet-1k': { metric: 'top-1-accuracy', source: 'https://www.image-net.org/' },
  'pp-ocrv5-evaluation': {
    metric: 'line-accuracy',
    source: 'https://www.paddleocr.ai/latest/version3.x/algorithm/PP-OCRv5/PP-OCRv5.html',
  },
  crossner: { metric: 'micro-f1', source: 'https://github.com/zliucr/CrossNER' },
  'mmlu-redux': {
    metric: 'multiple-choice-accuracy',
    source: 'https://huggingface.co/datasets/edinburgh-dawg/mmlu-redux-2.0',
  },
} as const satisfies Record<string, { readonly metric: Metric; readonly source: string }>;
export type Benchmark = keyof typeof BENCHMARKS;
const BENCHMARK_IDS = Object.keys(BENCHMARKS) as [Benchmark, ...Benchmark[]];

const metric = z
  .enum(METRIC_IDS)
  .describe(
    'What the performance test of a release measures, a share. Which way is good goes with it: error rates are at most the threshold, all ' +
      'others at least.',
  );
const thresholdPercent = amount(
  'The worst that is still released; a candidate beyond it is refused before anybody is asked.',
  {
    unit: 'percent',
    min: 0,
    max: 100,
  },
);

/** The gate of a common model: on a public benchmark, or on a corpus of the environment. */
export const commonGateSchema = z.strictObject({
  metric,
  thresholdPercent,
  dataset: z
    .discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('benchmark').describe('A public set on which others published what they measured.'),
        name: z
          .enum(BENCHMARK_IDS)
          .describe('One of the benchmarks of schema/performance-gate.ts; it must measure the metric.'),
      }),
      z.strictObject({
        kind: z.literal('corpus').describe("A corpus of the environment, kept from the model's training."),
        name: referenceSchema.describe('Id of a source of kind corpus; none of those in training.corpora.'),
      }),
    ])
    .describe('On what it is measured.'),
});

/** The gate of a tenant's model: on a part of that tenant's own data that its training never sees. */
export const tenantGateSchema = z.strictObject({
  metric,
  thresholdPercent,
  heldOutPercent: wholeNumber(
    "Share of the tenant's labelled data that is kept from training, and on which it is measured.",
    {
      unit: 'percent',
      min: 5,
      max: 50,
    },
  ),
});

export type PerformanceGate = z.output<typeof commonGateSchema> | z.output<typeof tenantGateSchema>;

export const directionOf = (gate: Pick<PerformanceGate, 'metric'>): Direction => METRICS[gate.metric];

/**
 * Whether a candidate with this result may be released.
 * @param percent what the performance test measured, in percent; a result that is no number passes nothing
 */
export function passesGate(gate: Pick<PerformanceGate, 'metric' | 'thresholdPercent'>, percent: number): boolean {
  return directionOf(gate) === 'at-least' ? percent >= gate.thresholdPercent : percent <= gate.thresholdPercent;
}
