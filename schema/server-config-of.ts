import type { Environment } from './model';
import { adapterSlotMiB, modelMemoryMiB, weightsMiB } from './model-memory';
import type { BaseModelType, ModelType } from './model-type';
import { tenantNames } from './names';
import { OPEN_MODELS } from './open-models';
import type { PlacedModel, Server } from './placement/place';
import { SERVER_CONFIG_FORMAT, type ServerConfigInput, type ServerModel, type TritonModel } from './server-config';

const MIB = 2 ** 20;
/** What lies beside the weights of a language model: its tokenizer, above all. */
const BESIDE_WEIGHTS_MIB = 256;
/** An adapter may be saved at twice the precision in which the server holds it. */
const SAVED_PRECISION = 2;

type Adapter = Extract<ServerModel, { form: 'adapter' }>;

/**
 * What the loader beside a server is told: of the models that lie there, those of which a release is in service.
 * @param environment a checked environment
 * @param commonBucket where the releases of common models lie
 * @returns undefined while none of them is released, or the server's language model is not: it has nothing to run
 */
export function serverConfigOf(
  server: Server,
  environment: Environment,
  commonBucket: string,
): ServerConfigInput | undefined {
  const { models, servingPools, region, accounts } = environment;
  const byId = new Map(models.map((model) => [model.id, model]));
  const said = { format: SERVER_CONFIG_FORMAT, server: server.id, region, account: accounts.production } as const;
  const released = server.models.flatMap((placed) => {
    const type = byId.get(placed.model);
    const digest = type === undefined ? undefined : digestOf(type, placed, environment);
    if (type === undefined || digest === undefined) return [];
    const owner = type.scope === 'tenant' ? placed.tenant : undefined;
    const bucket = owner === undefined ? commonBucket : tenantNames.bucket(environment, owner);
    return [{ type, owner, place: { type: type.id, digest, bucket } }];
  });
  if (server.base === undefined) {
    const own = released.flatMap(({ type, owner, place }): TritonModel[] => {
      const memoryMiB = modelMemoryMiB(type);
      if (memoryMiB === undefined || type.engine !== 'triton') return [];
      // Weights that are read into the GPU's memory whole need no more room on the disk than they have there.
      const model = { ...place, filesMiB: memoryMiB, memoryMiB };
      return type.scope === 'common' || owner === undefined
        ? [{ ...model, form: 'model' }]
        : [{ ...model, form: type.form, tenant: owner }];
    });
    return own.length === 0 ? undefined : { ...said, engine: 'triton', models: own };
  }
  const base = released.find(({ type }) => type.id === server.base?.model);
  if (base?.type.engine !== 'vllm' || base.type.scope !== 'common') return undefined;
  const { adapters } = base.type;
  const adapterFilesMiB = SAVED_PRECISION * (adapterSlotMiB(base.type) ?? 0) + 1;
  return {
    ...said,
    engine: 'vllm',
    base: {
      ...base.place,
      form: 'base',
      filesMiB: (weightsMiB(base.type.weights) ?? 0) + BESIDE_WEIGHTS_MIB,
    },
    models: released.flatMap(({ owner, place }): Adapter[] =>
      owner === undefined ? [] : [{ ...place, form: 'adapter', tenant: owner, filesMiB: adapterFilesMiB }],
    ),
    gpuMemoryPercent: servingPools.find(({ name }) => name === server.pool)?.gpuMemoryPercent ?? 90,
    contextTokens: contextTokens(base.type),
    ...(adapters === undefined ? {} : { adapters }),
  };
}

function digestOf(type: ModelType, { tenant }: PlacedModel, { releases }: Environment): string | undefined {
  // A copy of a common model for one tenant is the same release.
  if (type.scope === 'common' || tenant === undefined) return releases.common[type.id];
  return releases.tenants[tenant]?.[type.id];
}

/**
 * Half of the tokens that the cache holds, so that two of the longest requests run at once and what the engine computes with has room: vLLM
 * does not start where not even one fits. A multiple of 16, the block of its cache.
 */
export function contextTokens({ weights, workingMemoryMiB }: BaseModelType): number {
  const perToken = OPEN_MODELS[weights[0] ?? '']?.cacheBytesPerToken ?? MIB;
  return Math.max(256, Math.floor((workingMemoryMiB * MIB) / perToken / 2 / 16) * 16);
}
