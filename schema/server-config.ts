import { z } from 'zod';
import { ADAPTER_RANKS } from './model-type';
import { wholeNumber } from './number-field';
import { digestSchema } from './releases';
import { contentModelName } from './router-config';
import { slugSchema } from './slug';
import { tenantIdSchema } from './tenant';
import { BUCKET_PREFIXES } from './vocabulary';

/**
 * The contract between whoever renders a model server's pod and the loader beside the server (`services/model-loader`): which released models
 * the server has, and how each may use the GPU. `schema/server-pod.ts` says the pod. docs/decisions/0027-a-loader-beside-each-server.md
 */

/** What a server's configuration says first of itself; another form is another number. */
export const SERVER_CONFIG_FORMAT = 'atoll-server/1';

/** Where a release lies in its owner's bucket: the digest is the hash of the manifest that lies there. */
export const releasePrefix = (type: string, digest: string): string =>
  `${BUCKET_PREFIXES.models}${type}/${digest.replace('sha256:', '')}/`;

const release = {
  type: slugSchema.describe("Id of the model type in the environment's catalogue."),
  digest: digestSchema.describe("Content hash of the release: SHA-256 of its manifest's bytes."),
  bucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket')
    .describe("Its owner's bucket, in which it lies under `releasePrefix`."),
  filesMiB: wholeNumber('Most that its files may take together; a release of more is left out.', {
    unit: 'MiB',
    min: 1,
    max: 524_288,
  }),
};
const owner = {
  tenant: tenantIdSchema.optional().describe('Whose it is. Default none: it is common to all tenants.'),
};

const tritonModelSchema = z.strictObject({
  ...release,
  ...owner,
  form: z
    .enum(['model', 'head', 'vocabulary'])
    .describe("'model': a common one. 'head' and 'vocabulary': a tenant's own."),
  memoryMiB: wholeNumber("Memory of the GPU that it may take with its weights, ONNX Runtime's gpu_mem_limit.", {
    unit: 'MiB',
    min: 1,
    max: 131_072,
  }),
});
const baseModelSchema = z.strictObject({ ...release, form: z.literal('base') });
const adapterSchema = z.strictObject({ ...release, tenant: tenantIdSchema, form: z.literal('adapter') });

const server = {
  format: z.literal(SERVER_CONFIG_FORMAT),
  server: z
    .string()
    .regex(/^[a-z][a-z0-9-]*-\d{1,3}$/, "a server such as 'triton-0'")
    .describe('Id of the server.'),
  region: z.string().regex(/^[a-z]{2}-[a-z]+-\d$/, "an AWS region such as 'eu-central-1'"),
  account: z
    .string()
    .regex(/^\d{12}$/, '12 digits')
    .describe('Account that owns every bucket named below; S3 refuses where another does.'),
};

/** The whole configuration, as JSON in a mounted file. */
export const serverConfigSchema = z.discriminatedUnion('engine', [
  z.strictObject({
    ...server,
    engine: z.literal('triton'),
    models: z
      .array(tritonModelSchema)
      .max(500)
      .describe('What the server has loaded; a change of it is followed while it runs.'),
  }),
  z.strictObject({
    ...server,
    engine: z.literal('vllm'),
    base: baseModelSchema.describe('The language model.'),
    models: z
      .array(adapterSchema)
      .max(512)
      .describe("Its tenants' adapters, given to the server at its start: another list is another pod."),
    gpuMemoryPercent: wholeNumber("Share of the GPU's memory that vLLM takes, its gpu_memory_utilization.", {
      unit: 'percent',
      min: 50,
      max: 95,
    }),
    contextTokens: wholeNumber("Longest request with its answer, vLLM's max_model_len.", {
      unit: 'tokens',
      min: 256,
      max: 1_048_576,
    }),
    adapters: z
      .strictObject({
        slots: wholeNumber("Adapters on the GPU at once, vLLM's max_loras.", { unit: 'adapters', min: 1, max: 512 }),
        rank: z.literal(ADAPTER_RANKS).describe("Largest rank of one, vLLM's max_lora_rank."),
      })
      .optional()
      .describe('Room for adapters. Default none: there may be no models.'),
  }),
]);
export type ServerConfigInput = z.input<typeof serverConfigSchema>;
export type ServerConfig = z.output<typeof serverConfigSchema>;
export type TritonServerConfig = Extract<ServerConfig, { engine: 'triton' }>;
export type VllmServerConfig = Extract<ServerConfig, { engine: 'vllm' }>;
export type TritonModel = z.output<typeof tritonModelSchema>;
/** What is fetched: a model of any form. */
export type ServerModel = TritonModel | VllmServerConfig['base'] | VllmServerConfig['models'][number];

/** Name by which the server knows the model and the router asks for it: of a tenant's its content alone, of a common one its type. */
export const nameAtServer = (model: {
  readonly type: string;
  readonly digest: string;
  readonly tenant?: string | undefined;
}): string => (model.tenant === undefined ? model.type : contentModelName(model.digest));

/**
 * Size of the volume of the models, MiB: files that are fetched, and of Triton's those of the release before beside those of the next. More of the
 * node's disk no release can take.
 */
export function modelVolumeMiB(config: ServerConfigInput): number {
  const fetched: readonly { readonly filesMiB: number }[] =
    config.engine === 'vllm' ? [config.base, ...config.models] : [...config.models, ...config.models];
  return fetched.reduce((sum, { filesMiB }) => sum + filesMiB, 0);
}
