import { z } from 'zod';
import type { ServerModel } from './server-config';
import { slugSchema } from './slug';
import { tenantIdSchema } from './tenant';

/**
 * The manifest of a released model: `manifest.json` under `releasePrefix`, whose hash is the release's digest, beside the files that it lists.
 * Since it names type and owner, a release of one tenant can be loaded as nothing else. docs/decisions/0027-a-loader-beside-each-server.md
 */
export const MANIFEST_FILE = 'manifest.json';
export const MANIFEST_FORMAT = 'atoll-release/1';
/** Longer ones are not read. */
export const MANIFEST_MAX_BYTES = 2 ** 20;

/** What a model may be, at the server that runs it. */
const FORMS = ['model', 'head', 'vocabulary', 'base', 'adapter'] as const;

/**
 * Kinds of files, by the end of their names: weights that hold numbers and nothing that runs, and text. No pickle, no Python, no shared
 * library, no template, and no `config.pbtxt`, which says what Triton runs a model by: the loader writes that.
 */
const WEIGHTS = { triton: ['.onnx', '.plan'], vllm: ['.safetensors'] } as const;
const TEXTS = ['.json', '.txt'] as const;
/** Bytes of one text: engines read them whole. */
const TEXT_MAX_BYTES = 64 * 2 ** 20;

const NAME = '[A-Za-z0-9_][A-Za-z0-9_-]*(?:\\.[A-Za-z0-9_-]+)*';

export const releaseManifestSchema = z.strictObject({
  format: z.literal(MANIFEST_FORMAT),
  type: slugSchema.describe('Id of the model type.'),
  tenant: tenantIdSchema.optional().describe('Whose it is. Default none: it is common to all tenants.'),
  form: z.enum(FORMS),
  files: z
    .array(
      z.strictObject({
        path: z
          .string()
          .max(200)
          .regex(new RegExp(`^(?:${NAME}/){0,2}${NAME}$`), 'a path without hidden parts, at most two folders deep')
          .describe('Below the prefix, and below the folder in which the server finds the model.'),
        bytes: z
          .number()
          .int()
          .min(1)
          .max(2 ** 42),
        sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'),
      }),
    )
    .min(1)
    .max(1000)
    .describe('Every file of the model, and nothing that is not one.'),
});
export type ReleaseManifest = z.output<typeof releaseManifestSchema>;
export type ReleaseFile = ReleaseManifest['files'][number];

/** What is wrong with a release, as a word for logs: a manifest's own words are a tenant's. */
export type ManifestFault = 'format' | 'owner' | 'kind' | 'files' | 'size';

/**
 * Reads a manifest whose hash is known to be right, and judges it as the model that it is fetched for.
 * @returns the first thing that is wrong, where something is
 */
export function readManifest(text: string, model: ServerModel): ReleaseManifest | ManifestFault {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'format';
  }
  const parsed = releaseManifestSchema.safeParse(value);
  if (!parsed.success) return 'format';
  const manifest = parsed.data;
  const tenant = 'tenant' in model ? model.tenant : undefined;
  if (manifest.type !== model.type || manifest.tenant !== tenant || manifest.form !== model.form) return 'owner';
  return fileFault(manifest, model) ?? manifest;
}

function fileFault({ files, form }: ReleaseManifest, { filesMiB }: ServerModel): ManifestFault | undefined {
  const engine = form === 'base' || form === 'adapter' ? 'vllm' : 'triton';
  const ends = (path: string, kinds: readonly string[]): boolean => kinds.some((kind) => path.endsWith(kind));
  const paths = files.map(({ path }) => path.toLowerCase());
  if (files.some(({ path }) => !ends(path, [...WEIGHTS[engine], ...TEXTS]))) return 'kind';
  // A TensorRT engine takes what memory it likes, and is made by who may run code on the GPU.
  if (form !== 'model' && files.some(({ path }) => path.endsWith('.plan'))) return 'kind';
  // One is no folder of the other, and no two are one to a file system that does not tell cases apart.
  const isTwice = paths.some((path, i) => paths.some((other, k) => i !== k && `${other}/`.startsWith(`${path}/`)));
  if (isTwice || !hasWhatItNeeds(form, files)) return 'files';
  if (files.some(({ path, bytes }) => ends(path, TEXTS) && bytes > TEXT_MAX_BYTES)) return 'size';
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  return total > filesMiB * 2 ** 20 ? 'size' : undefined;
}

/** Names by which the engines find what they need. */
export const MODEL_FILES = {
  onnx: 'model.onnx',
  plan: 'model.plan',
  adapter: 'adapter_model.safetensors',
  adapterConfig: 'adapter_config.json',
  config: 'config.json',
} as const;

function hasWhatItNeeds(form: ReleaseManifest['form'], files: readonly ReleaseFile[]): boolean {
  const has = (path: string): boolean => files.some((file) => file.path === path);
  const weights = files.filter(({ path }) => !TEXTS.some((kind) => path.endsWith(kind)));
  if (form === 'base') return has(MODEL_FILES.config) && weights.length > 0;
  if (weights.length !== 1) return false;
  if (form === 'adapter') return has(MODEL_FILES.adapter) && has(MODEL_FILES.adapterConfig);
  return has(MODEL_FILES.onnx) || has(MODEL_FILES.plan);
}
