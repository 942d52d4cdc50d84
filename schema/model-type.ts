import { z } from 'zod';
import { LICENCE_IDS } from './licences';
import { wholeNumber } from './number-field';
import { commonGateSchema, tenantGateSchema } from './performance-gate';
import { referenceSchema, slugSchema } from './slug';
import { DATA_CLASSES } from './vocabulary';

const named = {
  id: slugSchema.describe(
    "Id of the model type, 2 to 20 lower-case letters, digits and hyphens; tenants' files and the record of placements name it. Contract.",
  ),
  reads: z
    .array(z.enum(DATA_CLASSES))
    .min(1)
    .describe(
      "Data classes that it is given when it works, at least 1, each once; a tenant that lists a tenant's type must hand over all of them.",
    ),
  licences: z
    .array(z.enum(LICENCE_IDS))
    .min(1)
    .describe(
      'Licences of schema/licences.ts that somebody read and accepted for it, at least 1: exactly those of its weights, and for an adapter ' +
        "those of its base as well. One that allows no commercial use is refused. A tenant's model is under 'LicenseRef-Tenant' besides.",
    ),
  description: z.string().min(10).max(300).describe('One sentence for people, 10 to 300 characters.'),
};

const classes = z.array(z.enum(DATA_CLASSES));
const common = {
  ...named,
  scope: z.literal('common').describe("'common': one model for all tenants."),
  weights: z
    .array(referenceSchema)
    .min(1)
    .describe(
      'Open weights that it begins with, at least 1 id of schema/open-models.ts; their size and licence are known there.',
    ),
  gate: commonGateSchema.describe('What the performance test of a release must show.'),
  training: z
    .strictObject({
      corpora: z
        .array(referenceSchema)
        .default([])
        .describe(
          'Ids of sources of kind corpus that it is trained on, each once. Default none: it works as it was published.',
        ),
      grantedClasses: classes
        .default([])
        .describe(
          "Classes of tenants' data, of those that it reads, that a grant for model-training may add. The model is then made of personal data of " +
            "several tenants, and is retrained when one of them is erased. Default none: no tenant's data is in it.",
        ),
    })
    .prefault({})
    .describe('All that it may be trained on. Default nothing: it works as it was published.'),
};

const workingMemoryMiB = (says: string): z.ZodNumber =>
  wholeNumber(`${says} The engine gets it as a ceiling, so that one model cannot take the memory of another.`, {
    unit: 'MiB of GPU memory',
    min: 1,
    max: 131_072,
  });

/** The ranks that vLLM takes. @see https://docs.vllm.ai/en/v0.14.0/api/vllm/config/lora/ (`MaxLoRARanks`, looked up 2026-11-26) */
export const ADAPTER_RANKS = [1, 8, 16, 32, 64, 128, 256, 320, 512] as const;

const commonTritonSchema = z.strictObject({
  ...common,
  engine: z.literal('triton').describe("'triton': an ONNX model under Triton's explicit control."),
  workingMemoryMiB: workingMemoryMiB(
    "Memory besides its weights, for what it computes with; with the weights it is ONNX Runtime's gpu_mem_limit.",
  ),
});

const commonVllmSchema = z.strictObject({
  ...common,
  engine: z.literal('vllm').describe("'vllm': a language model in safetensors, with its tenants' adapters beside it."),
  workingMemoryMiB: workingMemoryMiB(
    "Memory besides weights and adapters, for the keys and values of what is being read and written, vLLM's KV cache.",
  ),
  adapters: z
    .strictObject({
      slots: wholeNumber(
        "Adapters that one server holds at once, vLLM's max_loras. The memory of all of them is taken when the server starts, used or not.",
        { unit: 'adapters', min: 1, max: 512 },
      ),
      rank: z
        .literal(ADAPTER_RANKS)
        .describe(
          `Largest rank of an adapter, vLLM's max_lora_rank, one of ${ADAPTER_RANKS.join(', ')}. It says how much memory each slot takes.`,
        ),
    })
    .optional()
    .describe('Room for the adapters of tenants. Default none: it serves none.'),
});

const tenant = {
  ...named,
  scope: z
    .literal('tenant')
    .describe("'tenant': one model for each tenant that lists it, trained on that tenant's data alone."),
  gate: tenantGateSchema.describe("What the performance test of a release must show on the tenant's own data."),
  training: z
    .strictObject({
      classes: classes
        .min(1)
        .describe(
          "Classes of the tenant's own data that it is trained on, of those that it reads, at least 1, each once.",
        ),
    })
    .describe("All that it may be trained on: the tenant's own data, and no other's."),
};
const base = (says: string): z.ZodString =>
  referenceSchema.describe(`${says} An id of a common model type of the same engine.`);

const tenantTritonSchema = z.strictObject({
  ...tenant,
  engine: z
    .literal('triton')
    .describe("'triton': an ONNX model of the tenant's own, without Python, under Triton's explicit control."),
  form: z
    .enum(['head', 'vocabulary'])
    .describe(
      "'head': layers over the features of a common model. 'vocabulary': words of the tenant's own that steer a common model.",
    ),
  base: base('The common model whose features it takes, or which it steers.'),
  memoryMiB: wholeNumber(
    "Memory of the GPU that it may take with its weights, ONNX Runtime's gpu_mem_limit: a ceiling, so that no tenant's model takes another's.",
    { unit: 'MiB of GPU memory', min: 1, max: 131_072 },
  ),
});

const tenantVllmSchema = z.strictObject({
  ...tenant,
  engine: z.literal('vllm').describe("'vllm': an adapter beside the language model that tenants share."),
  form: z.literal('adapter').describe("'adapter': low-rank layers (LoRA) beside those of its base."),
  base: base('The language model that it adapts, which has room for adapters.'),
  rank: z
    .literal(ADAPTER_RANKS)
    .describe(`Rank of the adapter, one of ${ADAPTER_RANKS.join(', ')}; at most the largest that its base takes.`),
});

/** A kind of model that the environment trains and serves: its engine, memory, gate of release, licences and all that it may be trained on. */
export const modelTypeSchema = z.discriminatedUnion('scope', [
  z.discriminatedUnion('engine', [commonTritonSchema, commonVllmSchema]),
  z.discriminatedUnion('engine', [tenantTritonSchema, tenantVllmSchema]),
]);
export type ModelTypeInput = z.input<typeof modelTypeSchema>;
export type ModelType = z.output<typeof modelTypeSchema>;
export type CommonModelType = Extract<ModelType, { scope: 'common' }>;
export type TenantModelType = Extract<ModelType, { scope: 'tenant' }>;
/** A language model of all tenants, beside which their adapters lie. */
export type BaseModelType = Extract<CommonModelType, { engine: 'vllm' }>;
