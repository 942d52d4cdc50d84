import type { ServerModel, VllmServerConfig } from '../../schema/server-config';
import { kindOf, LeftOut } from './errors';
import type { Log } from './log';
import { named, type Store } from './store';
import { vllmOptions, writeVllmFile } from './vllm-file';

/**
 * Fetches the language model and its adapters, and writes what vLLM is started with. An adapter that cannot be had, or that vLLM would end on,
 * is left out.
 * @throws LeftOut where the language model itself is
 */
export async function prepareVllm(
  config: VllmServerConfig,
  store: Store,
  file: string,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const leftOut = (model: ServerModel, error: unknown): void => {
    signal.throwIfAborted();
    log('left-out', { ...named(model), reason: error instanceof LeftOut ? error.reason : kindOf(error) });
  };
  const rank = config.adapters?.rank ?? 0;
  // The adapters first: they are small, and the model would hold all lanes.
  const adapters = Promise.all(
    config.models.map(async (model) => {
      try {
        await store.fetch(model, rank);
        return [model];
      } catch (error) {
        leftOut(model, error);
        return [];
      }
    }),
  );
  const [there] = await Promise.all([
    adapters,
    store.fetch(config.base).catch((error: unknown) => {
      leftOut(config.base, error);
      throw error;
    }),
  ]);
  const right = there.flat();
  writeVllmFile(
    file,
    vllmOptions(config, (model) => store.folderOf(model), right),
  );
  log('prepared', { adapters: right.length, leftOut: config.models.length - right.length });
}
