import { renameSync, writeFileSync } from 'node:fs';
import { nameAtServer, type VllmServerConfig } from '../../schema/server-config';

/**
 * What vLLM is started with, as the YAML that JSON is. Each key is a long option; a list becomes the values of one option, true becomes
 * the option alone and false its `--no-` form. Adapters are `name=path`.
 * @see https://github.com/vllm-project/vllm/blob/00da11e3/vllm/utils/argparse_utils.py, `load_config_file` (looked up 2026-11-26), and
 * `LoRAParserAction` of vllm/entrypoints/openai/cli_args.py
 * @param adapters those that are there and right
 */
export function vllmOptions(
  config: VllmServerConfig,
  folderOf: (model: { readonly digest: string }) => string,
  adapters: VllmServerConfig['models'],
): Readonly<Record<string, unknown>> {
  return {
    model: folderOf(config.base),
    'served-model-name': [nameAtServer(config.base)],
    // Reads tensors of local files by many threads: https://docs.vllm.ai/en/stable/models/extensions/runai_model_streamer/ (looked up 2026-11-26).
    'load-format': 'runai_streamer',
    'trust-remote-code': false,
    'gpu-memory-utilization': config.gpuMemoryPercent / 100,
    'max-model-len': config.contextTokens,
    ...(config.adapters === undefined
      ? {}
      : {
          'enable-lora': true,
          'max-loras': config.adapters.slots,
          'max-cpu-loras': config.adapters.slots,
          'max-lora-rank': config.adapters.rank,
          ...(adapters.length === 0
            ? {}
            : { 'lora-modules': adapters.map((each) => `${nameAtServer(each)}=${folderOf(each)}`) }),
        }),
  };
}

/** By a rename: the server reads the whole file or none. */
export function writeVllmFile(file: string, options: Readonly<Record<string, unknown>>): void {
  const unfinished = `${file}.unfinished`;
  writeFileSync(unfinished, `${JSON.stringify(options, null, 2)}\n`);
  renameSync(unfinished, file);
}
