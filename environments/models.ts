import type { ModelTypeInput } from '../schema/model-type';

/**
 * The organisation's model types, of which each environment lists those that it has: a model is released once and promoted from one
 * environment to the next, so that it is the same type in all of them.
 *
 * Memory to work with is a ceiling that the engine gets, by one rule until a performance test has measured it (docs/open-claims.md): as much
 * again as the weights in MiB, rounded up to 64, and at least 256. The thresholds of common models are what schema/open-models.ts says that
 * others published; those of tenants' models are decisions.
 *
 * `satisfies` and not a type of their own: what a model may be trained on stays in its type, so that a training spec that is wider than it does not
 * compile (schema/training-spec.ts).
 */
export const speechRecognizer = {
  id: 'speech-recognizer' as const,
  scope: 'common',
  engine: 'triton',
  reads: ['audio'],
  weights: ['whisper-large-v3-turbo'],
  licences: ['MIT'],
  workingMemoryMiB: 1600,
  gate: { metric: 'word-error-rate', thresholdPercent: 10.1, dataset: { kind: 'benchmark', name: 'esb' } },
  // Grants for model-training may fine-tune it on calls: its lineage then names their tenants.
  training: { grantedClasses: ['audio'] },
  description: 'Turns speech into text with times; common to all tenants.',
} satisfies ModelTypeInput;

export const diarizer = {
  id: 'diarizer' as const,
  scope: 'common',
  engine: 'triton',
  reads: ['audio'],
  weights: ['pyannote-segmentation-3.0', 'wespeaker-voxceleb-resnet34-lm'],
  licences: ['CC-BY-4.0', 'MIT'],
  workingMemoryMiB: 256,
  gate: { metric: 'diarization-error-rate', thresholdPercent: 18.8, dataset: { kind: 'benchmark', name: 'ami-ihm' } },
  description: 'Says who of the speakers spoke when; common to all tenants.',
} satisfies ModelTypeInput;

export const voiceActivity = {
  id: 'voice-activity' as const,
  scope: 'common',
  engine: 'triton',
  reads: ['audio', 'video'],
  weights: ['silero-vad'],
  licences: ['MIT'],
  workingMemoryMiB: 256,
  gate: { metric: 'roc-auc', thresholdPercent: 94, dataset: { kind: 'benchmark', name: 'voxconverse-test' } },
  description: 'Says where somebody speaks, so that silence costs no recognition; common to all tenants.',
} satisfies ModelTypeInput;

export const frameClassifier = {
  id: 'frame-classifier' as const,
  scope: 'common',
  engine: 'triton',
  reads: ['video'],
  weights: ['siglip2-base-patch16-224'],
  licences: ['Apache-2.0'],
  workingMemoryMiB: 768,
  gate: { metric: 'top-1-accuracy', thresholdPercent: 78.2, dataset: { kind: 'benchmark', name: 'imagenet-1k' } },
  training: { grantedClasses: ['video'] },
  description: 'Names what a frame shows in common words; common to all tenants.',
} satisfies ModelTypeInput;

export const slideReader = {
  id: 'slide-reader' as const,
  scope: 'common',
  engine: 'triton',
  reads: ['video', 'text'],
  weights: ['pp-ocrv5-server-det', 'pp-ocrv5-server-rec'],
  licences: ['Apache-2.0'],
  workingMemoryMiB: 256,
  gate: {
    metric: 'line-accuracy',
    thresholdPercent: 84.01,
    dataset: { kind: 'benchmark', name: 'pp-ocrv5-evaluation' },
  },
  description: 'Finds and reads the text of slides in frames and in documents; common to all tenants.',
} satisfies ModelTypeInput;

export const noteExtractor = {
  id: 'note-extractor' as const,
  scope: 'common',
  engine: 'triton',
  reads: ['text'],
  weights: ['gliner-bi-base-v2.0'],
  licences: ['Apache-2.0'],
  workingMemoryMiB: 768,
  gate: { metric: 'micro-f1', thresholdPercent: 60.3, dataset: { kind: 'benchmark', name: 'crossner' } },
  training: { grantedClasses: ['text'] },
  description: 'Finds names, dates and amounts in mails and notes; common to all tenants.',
} satisfies ModelTypeInput;

/** 32 slots of rank 16 and 14,500 tokens of cache beside the weights: as much as the 24 GB of an L4 hold, the smallest GPU of serving. */
export const languageModel = {
  id: 'language-model' as const,
  scope: 'common',
  engine: 'vllm',
  reads: ['text'],
  weights: ['qwen3-8b'],
  licences: ['Apache-2.0'],
  workingMemoryMiB: 2048,
  adapters: { slots: 32, rank: 16 },
  gate: {
    metric: 'multiple-choice-accuracy',
    thresholdPercent: 79.7,
    dataset: { kind: 'benchmark', name: 'mmlu-redux' },
  },
  description: "Summarizes and answers in general words, and is the base of tenants' adapters; common to all tenants.",
} satisfies ModelTypeInput;

export const sceneTagger = {
  id: 'scene-tagger' as const,
  scope: 'tenant',
  engine: 'triton',
  form: 'head',
  base: 'frame-classifier',
  reads: ['video'],
  training: { classes: ['video'] },
  licences: ['LicenseRef-Tenant'],
  memoryMiB: 64,
  gate: { metric: 'macro-f1', thresholdPercent: 70, heldOutPercent: 20 },
  description: "A head over frame features that knows a tenant's own scenes and objects.",
} satisfies ModelTypeInput;

export const keywordSpotter = {
  id: 'keyword-spotter' as const,
  scope: 'tenant',
  engine: 'triton',
  form: 'vocabulary',
  base: 'speech-recognizer',
  reads: ['audio'],
  training: { classes: ['audio'] },
  licences: ['LicenseRef-Tenant'],
  memoryMiB: 64,
  gate: { metric: 'keyword-recall', thresholdPercent: 80, heldOutPercent: 20 },
  description: "A custom vocabulary by which the recognizer hears a tenant's own product names.",
} satisfies ModelTypeInput;

export const callOutcome = {
  id: 'call-outcome' as const,
  scope: 'tenant',
  engine: 'triton',
  form: 'head',
  base: 'speech-recognizer',
  reads: ['audio'],
  training: { classes: ['audio'] },
  licences: ['LicenseRef-Tenant'],
  memoryMiB: 64,
  gate: { metric: 'macro-f1', thresholdPercent: 70, heldOutPercent: 20 },
  description: "A topic head over speech features that predicts a call's outcome in a tenant's own categories.",
} satisfies ModelTypeInput;

export const replyAssistant = {
  id: 'reply-assistant' as const,
  scope: 'tenant',
  engine: 'vllm',
  form: 'adapter',
  base: 'language-model',
  rank: 16,
  reads: ['text'],
  training: { classes: ['text'] },
  licences: ['Apache-2.0', 'LicenseRef-Tenant'],
  gate: { metric: 'preferred-by-people', thresholdPercent: 50, heldOutPercent: 10 },
  description: "An adapter of the shared base that drafts replies in a tenant's tone.",
} satisfies ModelTypeInput;

export const claimsExtractor = {
  id: 'claims-extractor' as const,
  scope: 'tenant',
  engine: 'vllm',
  form: 'adapter',
  base: 'language-model',
  rank: 16,
  reads: ['text'],
  training: { classes: ['text'] },
  licences: ['Apache-2.0', 'LicenseRef-Tenant'],
  gate: { metric: 'micro-f1', thresholdPercent: 80, heldOutPercent: 20 },
  description: "An adapter of the shared base that reads a tenant's forms into fields.",
} satisfies ModelTypeInput;
