import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MODEL_FILES, type ReleaseManifest } from '../../schema/release-manifest';

/** Longest header of a safetensors file. @see https://huggingface.co/docs/safetensors/index#format (looked up 2026-11-26) */
const HEADER_MAX_BYTES = 100_000_000;

interface Tensor {
  readonly shape: readonly number[];
  readonly end: number;
}

/**
 * Whether the server will start with it. vLLM ends where one of the adapters is not what it takes, so that one tenant's would keep all others
 * out; of the rest each engine judges by itself, one model alone.
 * @param rank largest rank of an adapter
 */
export async function checkWeights(folder: string, { form, files }: ReleaseManifest, rank = 0): Promise<boolean> {
  for (const { path, bytes } of files) {
    if (!path.endsWith('.safetensors')) continue;
    const tensors = await header(join(folder, path), bytes);
    if (tensors === undefined) return false;
    if (form === 'adapter' && ![...tensors].every(([name, tensor]) => isLowRank(name, tensor, rank))) return false;
  }
  if (form === 'adapter') return isAdapter(await json(join(folder, MODEL_FILES.adapterConfig)), rank);
  return form !== 'base' || isMapping(await json(join(folder, MODEL_FILES.config)));
}

/**
 * An adapter's description, as vLLM takes it: LoRA, of a rank that the server has room for, without a bias, whole layers or DoRA.
 * @see https://github.com/vllm-project/vllm/blob/02143692/vllm/lora/peft_helper.py (looked up 2026-11-26)
 */
function isAdapter(value: unknown, rank: number): boolean {
  if (!isMapping(value)) return false;
  const { r, lora_alpha: alpha, target_modules: target, peft_type: type } = value;
  const isPlain =
    (value['bias'] ?? 'none') === 'none' &&
    (value['use_dora'] ?? false) === false &&
    (value['modules_to_save'] ?? null) === null;
  // Patterns of other ranks for some layers.
  const patterns = [value['rank_pattern'], value['alpha_pattern']];
  const isEven = patterns.every(
    (each) => each === undefined || each === null || (isMapping(each) && Object.keys(each).length === 0),
  );
  return (
    isPlain &&
    isEven &&
    (type ?? 'LORA') === 'LORA' &&
    typeof r === 'number' &&
    Number.isInteger(r) &&
    r >= 1 &&
    r <= rank &&
    typeof alpha === 'number' &&
    Number.isFinite(alpha) &&
    (typeof target === 'string' || (Array.isArray(target) && target.every((each) => typeof each === 'string')))
  );
}

/** Names and shapes that PEFT gives: A is rank by inputs, B outputs by rank. */
function isLowRank(name: string, { shape }: Tensor, rank: number): boolean {
  const side = /^base_model\.model\.[\w.]+\.lora_(A|B)\.weight$/.exec(name)?.[1];
  const own = side === 'A' ? shape[0] : shape[1];
  return side !== undefined && shape.length === 2 && own !== undefined && own >= 1 && own <= rank;
}

/** The tensors of a safetensors file; undefined where its header is none, or says of more or less than the file has. */
async function header(file: string, bytes: number): Promise<ReadonlyMap<string, Tensor> | undefined> {
  const handle = await open(file, 'r');
  try {
    const length = Buffer.alloc(8);
    if ((await handle.read(length, 0, 8, 0)).bytesRead < 8) return undefined;
    const size = Number(length.readBigUInt64LE());
    if (size > Math.min(HEADER_MAX_BYTES, bytes - 8)) return undefined;
    const text = Buffer.alloc(size);
    await handle.read(text, 0, size, 8);
    const value = parsed(text.toString('utf8'));
    if (!isMapping(value)) return undefined;
    const tensors = new Map<string, Tensor>();
    for (const [name, each] of Object.entries(value)) {
      if (name === '__metadata__') continue;
      const tensor = tensorOf(each);
      if (tensor === undefined) return undefined;
      tensors.set(name, tensor);
    }
    const end = [...tensors.values()].reduce((most, tensor) => Math.max(most, tensor.end), 0);
    return tensors.size > 0 && end === bytes - 8 - size ? tensors : undefined;
  } finally {
    await handle.close();
  }
}

function tensorOf(value: unknown): Tensor | undefined {
  if (!isMapping(value)) return undefined;
  const { shape, data_offsets: offsets } = value;
  const isCounts = (list: unknown): list is number[] =>
    Array.isArray(list) && list.every((each) => Number.isSafeInteger(each) && (each as number) >= 0);
  if (typeof value['dtype'] !== 'string' || !isCounts(shape) || !isCounts(offsets)) return undefined;
  const [begin, end] = offsets;
  return begin === undefined || end === undefined || begin > end ? undefined : { shape, end };
}

const json = async (file: string): Promise<unknown> => parsed(await readFile(file, 'utf8'));

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
