import type { Benchmark, Metric } from './performance-gate';
import type { LicenceId } from './licences';
import type { Engine } from './vocabulary';

/** Weights that somebody published and the common models begin with. Figures are those of their own cards, unless a comment says otherwise. */
export interface OpenModel {
  readonly licence: LicenceId;
  /** Size of the weights as the engine holds them, bytes: of the file that it loads, or parameters times bytes of each. */
  readonly weightsBytes: number;
  /** The engine for which they are there: triton as ONNX, vllm as safetensors. */
  readonly engine: Engine;
  /**
   * Weights of an adapter of rank 1 over all its linear layers: the sum of inputs and outputs of each layer.
   * @default - it takes no adapters
   */
  readonly adapterWeightsPerRank?: number;
  /** Memory of the keys and values of one token, bytes. @default - it keeps none */
  readonly cacheBytesPerToken?: number;
  /** What its authors measured, percent: the least that a performance gate asks of it. @default - nothing on a benchmark by itself */
  readonly published?: { readonly metric: Metric; readonly benchmark: Benchmark; readonly percent: number };
  readonly source: string;
  /** Day of the look-up, ISO 8601. */
  readonly checked: string;
}

const CHECKED = '2026-11-26';
const HALF = 2;
const FULL = 4;

/** Linear layers of one block of Qwen3-8B, inputs plus outputs: q and o of 32 heads, k and v of 8, each of 128; three of the MLP. */
const QWEN3_8B = { layers: 36, hidden: 4096, heads: 32, keyValueHeads: 8, headSize: 128, mlp: 12_288 };

function adapterWeightsPerRank({ layers, hidden, heads, keyValueHeads, headSize, mlp }: typeof QWEN3_8B): number {
  const attention = 2 * (hidden + heads * headSize) + 2 * (hidden + keyValueHeads * headSize);
  return layers * (attention + 3 * (hidden + mlp));
}

/** What the catalogue's common models may begin with; `weights` of a model type names one. */
export const OPEN_MODELS: Readonly<Record<string, OpenModel>> = {
  // 809 million parameters in half precision. The word error rate is the mean over ESB's sets, as the authors of LiteASR measured it.
  'whisper-large-v3-turbo': {
    licence: 'MIT',
    engine: 'triton',
    weightsBytes: 809e6 * HALF,
    published: { metric: 'word-error-rate', benchmark: 'esb', percent: 10.1 },
    source:
      'https://huggingface.co/openai/whisper-large-v3-turbo, https://huggingface.co/efficient-speech/lite-whisper-large-v3-turbo-fast',
    checked: CHECKED,
  },
  // Says who of at most three speaks in ten seconds. The error is that of the pipeline with an embedding (speaker-diarization-3.0).
  'pyannote-segmentation-3.0': {
    licence: 'MIT',
    engine: 'triton',
    weightsBytes: 5.99e6,
    published: { metric: 'diarization-error-rate', benchmark: 'ami-ihm', percent: 18.8 },
    source:
      'https://huggingface.co/pyannote/segmentation-3.0, https://huggingface.co/onnx-community/pyannote-segmentation-3.0',
    checked: CHECKED,
  },
  // Tells voices apart across those ten seconds: pyannote's wrapping of WeSpeaker's model. A later copy by others is CC-BY-NC-4.0.
  'wespeaker-voxceleb-resnet34-lm': {
    licence: 'CC-BY-4.0',
    engine: 'triton',
    weightsBytes: 26.5e6,
    source:
      'https://huggingface.co/pyannote/wespeaker-voxceleb-resnet34-LM, https://huggingface.co/hbredin/wespeaker-voxceleb-resnet34-LM',
    checked: CHECKED,
  },
  // 309 thousand parameters at 16 kHz. The area under the curve is version 5's.
  'silero-vad': {
    licence: 'MIT',
    engine: 'triton',
    weightsBytes: 309e3 * FULL,
    published: { metric: 'roc-auc', benchmark: 'voxconverse-test', percent: 94 },
    source:
      'https://github.com/snakers4/silero-vad/wiki/Quality-Metrics, https://huggingface.co/mlx-community/silero-vad-v6',
    checked: CHECKED,
  },
  // Both towers, of which the frames need one: 375,187,970 parameters in half precision.
  'siglip2-base-patch16-224': {
    licence: 'Apache-2.0',
    engine: 'triton',
    weightsBytes: 375_187_970 * HALF,
    published: { metric: 'top-1-accuracy', benchmark: 'imagenet-1k', percent: 78.2 },
    source: 'https://huggingface.co/google/siglip2-base-patch16-224',
    checked: CHECKED,
  },
  'pp-ocrv5-server-det': {
    licence: 'Apache-2.0',
    engine: 'triton',
    weightsBytes: 88.1e6,
    source:
      'https://huggingface.co/AIPLUX/paddleocr-ppocrv5-onnx, https://huggingface.co/PaddlePaddle/PP-OCRv5_server_det',
    checked: CHECKED,
  },
  'pp-ocrv5-server-rec': {
    licence: 'Apache-2.0',
    engine: 'triton',
    weightsBytes: 84.5e6,
    published: { metric: 'line-accuracy', benchmark: 'pp-ocrv5-evaluation', percent: 84.01 },
    source:
      'https://huggingface.co/PaddlePaddle/PP-OCRv5_server_rec_onnx, https://www.paddleocr.ai/latest/version3.x/algorithm/PP-OCRv5/PP-OCRv5.html',
    checked: CHECKED,
  },
  // 194 million parameters in full precision: the span scores of its card are at full precision.
  'gliner-bi-base-v2.0': {
    licence: 'Apache-2.0',
    engine: 'triton',
    weightsBytes: 194e6 * FULL,
    published: { metric: 'micro-f1', benchmark: 'crossner', percent: 60.3 },
    source: 'https://huggingface.co/knowledgator/gliner-bi-base-v2.0',
    checked: CHECKED,
  },
  // 8.2 billion parameters in bfloat16. The score is second-hand, without its thinking mode.
  'qwen3-8b': {
    licence: 'Apache-2.0',
    engine: 'vllm',
    weightsBytes: 8.2e9 * HALF,
    adapterWeightsPerRank: adapterWeightsPerRank(QWEN3_8B),
    cacheBytesPerToken: 2 * QWEN3_8B.layers * QWEN3_8B.keyValueHeads * QWEN3_8B.headSize * HALF,
    published: { metric: 'multiple-choice-accuracy', benchmark: 'mmlu-redux', percent: 79.7 },
    source: 'https://huggingface.co/Qwen/Qwen3-8B',
    checked: CHECKED,
  },
};
