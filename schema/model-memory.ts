import type { BaseModelType, ModelType } from './model-type';
import { OPEN_MODELS } from './open-models';
import type { Sparse } from './sparse';

const MIB = 1024 * 1024;
/** An adapter is kept in the type of its base: two bytes a weight. */
const ADAPTER_WEIGHT_BYTES = 2;

/** Memory of all weights that a common model begins with, MiB; undefined where one of them is not known. */
export function weightsMiB(weights: readonly (string | undefined)[]): number | undefined {
  const bytes = weights.map((id) => (id === undefined ? undefined : OPEN_MODELS[id]?.weightsBytes));
  return bytes.reduce<number | undefined>(
    (sum, each) => (sum === undefined || each === undefined ? undefined : sum + Math.ceil(each / MIB)),
    0,
  );
}

/**
 * Memory of one adapter's slot on a server of this base, MiB: vLLM takes as much for each as the largest rank needs.
 * @returns 0 for a base without adapters; undefined where its weights are not known, or are of no model that takes any
 */
export function adapterSlotMiB({
  weights,
  adapters,
}: Pick<Sparse<BaseModelType>, 'weights' | 'adapters'>): number | undefined {
  if (adapters === undefined) return 0;
  const [id] = weights ?? [];
  const perRank = id === undefined ? undefined : OPEN_MODELS[id]?.adapterWeightsPerRank;
  if (perRank === undefined || adapters.rank === undefined) return undefined;
  return Math.ceil((perRank * adapters.rank * ADAPTER_WEIGHT_BYTES) / MIB);
}

/**
 * Memory of the GPU that a model takes on its server, MiB. A language model takes that of all its adapters' slots at its start, so that
 * an adapter takes none beside it.
 * @returns undefined where a common model's weights are not known
 */
export function modelMemoryMiB(type: ModelType): number | undefined {
  if (type.scope === 'tenant') return type.engine === 'triton' ? type.memoryMiB : 0;
  const weights = weightsMiB(type.weights);
  if (weights === undefined) return undefined;
  if (type.engine === 'triton') return weights + type.workingMemoryMiB;
  const slot = adapterSlotMiB(type);
  return slot === undefined ? undefined : weights + type.workingMemoryMiB + (type.adapters?.slots ?? 0) * slot;
}
