import type { Environment } from './model';
import { adapterSlotMiB, weightsMiB } from './model-memory';
import type { ModelType } from './model-type';
import { DATA_VOLUME_MIB_PER_SECOND } from './node-pool';
import { leastGpuMemoryMiB } from './gpu-memory';
import { leastNetworkMegabits } from './network-bandwidth';
import type { ServingPool } from './serving-pool';
import type { Engine } from './vocabulary';

/** Parts of a cold start, in their order. */
export const COLD_START_TERMS = ['node', 'image', 'weights', 'load'] as const;
export type ColdStartTerm = (typeof COLD_START_TERMS)[number];

/** Seconds from a pod that waits for a machine to a server that answers, by their parts. */
export type ColdStart = Readonly<Record<ColdStartTerm, number>>;

/**
 * A machine: Karpenter's decision, EC2's launch, Bottlerocket's boot, the driver and the device plugin. Nobody publishes it for GPUs; an estimate
 * on the large side (docs/open-claims.md).
 */
const NODE_SECONDS = 90;
/** Images that lie on the volume already; its blocks come from S3 as they are read. An estimate (docs/open-claims.md). */
const SNAPSHOT_SECONDS = 30;

/**
 * Size of the servers' images, bytes. Of the tags that are used no size could be looked up: these are of older ones (docs/open-claims.md).
 * What is not known of its compressed size is at most what it is unpacked.
 */
const IMAGE_BYTES: Readonly<Record<Engine, { readonly compressed: number; readonly unpacked: number }>> = {
  // 24.06-py3: https://github.com/triton-inference-server/server/issues/7474 (2024-07-25, looked up 2026-11-26).
  triton: { compressed: 15.5e9, unpacked: 15.5e9 },
  // Compressed: https://github.com/vllm-project/vllm/issues/27154 (2025-10-18); v0.12.0 unpacked: https://github.com/vllm-project/vllm/pull/22377
  // (2025-12-10, both looked up 2026-11-26).
  vllm: { compressed: 12.64e9, unpacked: 28.6e9 },
};
/**
 * What an engine does besides reading weights: vLLM compiles and captures graphs, ONNX Runtime optimizes each model's. Estimates until a performance
 * test has measured them (docs/open-claims.md).
 */
const ENGINE_SECONDS: Readonly<Record<Engine, number>> = { triton: 30, vllm: 60 };

const MIB = 2 ** 20;
const MEGABIT_BYTES = 1e6 / 8;

/** What a cold start follows from. */
export interface ColdStartInput {
  readonly pool: Pick<ServingPool, 'engine' | 'gpuMemoryPercent'>;
  readonly nodePool: { readonly families: readonly string[]; readonly dataVolumeSnapshot?: string | undefined };
  readonly models: readonly ModelType[];
}

/**
 * The cold start of a pool's servers on the smallest machine that Karpenter may take, whose network and volume carry all of it: images by SOCI's
 * parallel pull, which unpacks while it downloads (constructs/k8s/platform/bottlerocket.ts), and then the weights of a full server, one after
 * the other. Bandwidth is the machine's baseline: a burst comes on top.
 * @returns undefined where a machine or a model is not known
 */
export function coldStart({ pool, nodePool, models }: ColdStartInput): ColdStart | undefined {
  const { engine } = pool;
  const megabits = leastNetworkMegabits(nodePool.families);
  const mib = filesMiB(pool, nodePool, models);
  if (megabits === undefined || mib === undefined) return undefined;
  const overNetwork = (bytes: number): number => bytes / (megabits * MEGABIT_BYTES);
  const onDisk = (bytes: number): number => bytes / (DATA_VOLUME_MIB_PER_SECOND * MIB);
  const { compressed, unpacked } = IMAGE_BYTES[engine];
  const files = mib * MIB;
  return {
    node: NODE_SECONDS,
    image:
      nodePool.dataVolumeSnapshot === undefined
        ? Math.ceil(Math.max(overNetwork(compressed), onDisk(unpacked)))
        : SNAPSHOT_SECONDS,
    weights: Math.ceil(Math.max(overNetwork(files), onDisk(files))),
    load: Math.ceil(onDisk(files)) + ENGINE_SECONDS[engine],
  };
}

/** Files of a full server: of Triton as much as its memory holds, of vLLM the largest language model with all its adapters. */
function filesMiB(
  { engine, gpuMemoryPercent }: ColdStartInput['pool'],
  { families }: ColdStartInput['nodePool'],
  models: readonly ModelType[],
): number | undefined {
  if (engine === 'triton') {
    const least = leastGpuMemoryMiB(families);
    return least === undefined ? undefined : Math.floor((least * gpuMemoryPercent) / 100);
  }
  const bases = models.flatMap((model) => (model.engine === 'vllm' && model.scope === 'common' ? [model] : []));
  const sizes = bases.map((base) => {
    const weights = weightsMiB(base.weights);
    const slot = adapterSlotMiB(base);
    return weights === undefined || slot === undefined ? undefined : weights + slot * (base.adapters?.slots ?? 0);
  });
  return sizes.reduce<number | undefined>(
    (most, size) => (most === undefined || size === undefined ? undefined : Math.max(most, size)),
    0,
  );
}

export const coldStartSeconds = (parts: ColdStart): number =>
  COLD_START_TERMS.reduce((sum, term) => sum + parts[term], 0);

/** `node 90 + image 50 + …`, as faults and tables say it. */
export const coldStartText = (parts: ColdStart): string =>
  COLD_START_TERMS.map((term) => `${term} ${parts[term]}`).join(' + ');

/** The cold start of each pool of an environment that loads. */
export function coldStarts({
  servingPools,
  nodePools,
  models,
}: Pick<Environment, 'servingPools' | 'nodePools' | 'models'>): ReadonlyMap<string, ColdStart> {
  return new Map(
    servingPools.flatMap((pool) => {
      const nodePool = nodePools.find(({ name }) => name === pool.nodePool);
      const parts = nodePool === undefined ? undefined : coldStart({ pool, nodePool, models });
      return parts === undefined ? [] : [[pool.name, parts] as const];
    }),
  );
}

/** A probe's numbers, as Kubernetes has them. */
export interface ProbeNumbers {
  readonly periodSeconds: number;
  readonly failureThreshold: number;
  readonly timeoutSeconds: number;
}

const STARTUP_PERIOD_SECONDS = 5;

/**
 * Numbers of the startup probes of a server's containers. Each has the whole budget: what a part takes longer, another may have saved, and a container
 * that is ended half way begins from the beginning.
 */
export const startupProbe = ({ coldStartSeconds: budget }: Pick<ServingPool, 'coldStartSeconds'>): ProbeNumbers => ({
  periodSeconds: STARTUP_PERIOD_SECONDS,
  failureThreshold: Math.ceil(budget / STARTUP_PERIOD_SECONDS),
  timeoutSeconds: 3,
});

/** Seconds until KEDA has seen the demand and the Service knows the pod. */
const NOTICE_SECONDS = 60;

/** How long the router holds a request, its pool's `holdSeconds`: one that comes when nothing runs is served, or the budget is broken. */
export const holdSeconds = ({ coldStartSeconds: budget }: Pick<ServingPool, 'coldStartSeconds'>): number =>
  budget + NOTICE_SECONDS;
