import { createHash, randomBytes } from 'node:crypto';
import { MANIFEST_FORMAT } from '../../../schema/release-manifest';
import { releasePrefix, type ServerModel } from '../../../schema/server-config';
import type { S3Stub } from '../../support/s3-stub';

export const ACCOUNT = '111122223333';
export const BUCKET = 'models-of-acme';

export const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

export interface Release {
  readonly type: string;
  readonly tenant?: string;
  readonly form: ServerModel['form'];
  readonly files: Readonly<Record<string, string | Buffer>>;
}

/** A manifest's text, and the digest that it makes. */
export function manifestOf(
  { type, tenant, form, files }: Release,
  change: (manifest: Record<string, unknown>) => unknown = (manifest) => manifest,
): { readonly text: string; readonly digest: string } {
  const text = JSON.stringify(
    change({
      format: MANIFEST_FORMAT,
      type,
      ...(tenant === undefined ? {} : { tenant }),
      form,
      files: Object.entries(files).map(([path, content]) => ({
        path,
        bytes: Buffer.byteLength(content),
        sha256: sha256(content),
      })),
    }),
  );
  return { text, digest: `sha256:${sha256(text)}` };
}

/** Puts a release into a bucket. @returns its digest */
export function release(
  s3: S3Stub,
  what: Release,
  change?: (manifest: Record<string, unknown>) => unknown,
  bucket = BUCKET,
): string {
  const { text, digest } = manifestOf(what, change);
  const prefix = releasePrefix(what.type, digest);
  s3.put(bucket, `${prefix}manifest.json`, text);
  for (const [path, content] of Object.entries(what.files)) s3.put(bucket, prefix + path, content);
  return digest;
}

/** A head of a tenant's own, of content that no other has. */
export const head = (tenant = 'acme', bytes = 64): Release => ({
  type: 'call-outcome',
  tenant,
  form: 'head',
  files: { 'model.onnx': randomBytes(bytes), 'labels.txt': 'won\nlost\n' },
});

/** A safetensors file with tensors of these shapes, in half precision. */
export function safetensors(shapes: Readonly<Record<string, readonly number[]>>): Buffer {
  let at = 0;
  const header = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const begin = at;
      at += 2 * shape.reduce((product, size) => product * size, 1);
      return [name, { dtype: 'BF16', shape, data_offsets: [begin, at] }];
    }),
  );
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, randomBytes(at)]);
}

const LAYER = 'base_model.model.model.layers.0.self_attn.q_proj';

/** An adapter of a tenant's own; what is given replaces a part of it. */
export const adapter = (
  tenant: string,
  {
    rank = 8,
    config = {},
    shapes = {},
  }: {
    readonly rank?: number;
    readonly config?: Readonly<Record<string, unknown>>;
    readonly shapes?: Readonly<Record<string, readonly number[]>>;
  } = {},
): Release => ({
  type: 'reply',
  tenant,
  form: 'adapter',
  files: {
    'adapter_config.json': JSON.stringify({
      peft_type: 'LORA',
      r: rank,
      lora_alpha: 16,
      target_modules: ['q_proj'],
      ...config,
    }),
    'adapter_model.safetensors': safetensors({
      [`${LAYER}.lora_A.weight`]: [rank, 4],
      [`${LAYER}.lora_B.weight`]: [4, rank],
      ...shapes,
    }),
  },
});

export const base = (): Release => ({
  type: 'language',
  form: 'base',
  files: {
    'config.json': '{"architectures": ["Qwen3ForCausalLM"]}',
    'tokenizer.json': '{}',
    'model-00001-of-00001.safetensors': safetensors({ 'model.embed_tokens.weight': [4, 4] }),
  },
});
