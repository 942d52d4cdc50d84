import { mkdirSync, readFileSync } from 'node:fs';
import { S3Client } from '@aws-sdk/client-s3';
import { EnvironmentFaults } from '../../schema/faults';
import { readServerConfig } from '../../schema/read-server-config';
import type { ServerConfig, TritonServerConfig } from '../../schema/server-config';
import { LOADER_EXITS, MODEL_SERVER_PORT, SERVER_FILES } from '../../schema/server-pod';
import { BesideTriton } from './beside-triton';
import { prepareVllm } from './beside-vllm';
import { Source } from './bucket';
import { kindOf, LeftOut } from './errors';
import { Configuration } from './follow';
import { drawKey } from './key';
import { type Log, logger } from './log';
import { Repository } from './repository';
import { State } from './state';
import { Store } from './store';
import type { Times } from './times';
import { Triton } from './triton';

export interface RunOptions {
  /** What stands before every path of the contract; nothing in a pod. */
  readonly root: string;
  /** Fires when the pod is told to end. */
  readonly signal: AbortSignal;
  /** Takes a line of standard output. */
  readonly write: (line: string) => void;
  /** Takes a line of standard error. */
  readonly complain: (line: string) => void;
  readonly times: Times;
  /** @default - that of the pod: its role, in the region of the configuration */
  readonly client?: S3Client;
  /** Where Triton answers. @default - on this pod */
  readonly triton?: string;
}

/** Runs a loader until it is told to end. @returns how the process is to end, one of LOADER_EXITS; it throws nothing */
export async function run(options: RunOptions): Promise<number> {
  const { root, signal, write, complain } = options;
  const file = `${root}${SERVER_FILES.config}`;
  let text: string;
  let config: ServerConfig;
  try {
    text = readFileSync(file, 'utf8');
    config = readServerConfig(text, file);
  } catch (error) {
    complain(
      error instanceof EnvironmentFaults
        ? error.message
        : `${file}: file: got ${kindOf(error)}, allowed a file that can be read; mount it`,
    );
    return LOADER_EXITS.configuration;
  }
  const log = logger(config.server, write);
  let volumes: Volumes;
  try {
    volumes = prepareVolumes(root, config);
  } catch (error) {
    complain(
      `volumes: got ${kindOf(error)}, allowed ones that can be written; mount them as schema/server-pod.ts says`,
    );
    return LOADER_EXITS.volume;
  }
  log('started', { engine: config.engine, models: config.models.length });
  try {
    return await beside(options, config, text, volumes, log);
  } catch (error) {
    if (signal.aborted) {
      log('stopped', {});
      return LOADER_EXITS.stopped;
    }
    if (error instanceof LeftOut) {
      complain(`${config.server}: base: got one that is ${error.reason}, allowed a release that is whole; look at it`);
      return LOADER_EXITS.base;
    }
    complain(`volumes: got ${kindOf(error)}, allowed ones that can be written; give them the room that they need`);
    return LOADER_EXITS.volume;
  } finally {
    volumes.state.end();
  }
}

interface Volumes {
  readonly state: State;
  readonly key: string;
}

function prepareVolumes(root: string, { engine }: ServerConfig): Volumes {
  mkdirSync(`${root}${SERVER_FILES.store}`, { recursive: true });
  mkdirSync(`${root}${SERVER_FILES.repository}`, { recursive: true });
  const state = new State(`${root}${SERVER_FILES.state}`);
  return { state, key: engine === 'triton' ? drawKey(`${root}${SERVER_FILES.key}`) : '' };
}

/** Ends by an error only: of the signal, or of vLLM's language model. */
async function beside(
  { root, signal, times, client, triton }: RunOptions,
  config: ServerConfig,
  text: string,
  { state, key }: Volumes,
  log: Log,
): Promise<never> {
  const s3 = client ?? new S3Client({ region: config.region });
  const store = new Store(`${root}${SERVER_FILES.store}`, new Source(s3, config.account, times.pause, signal), log);
  if (config.engine === 'vllm') {
    await prepareVllm(config, store, `${root}${SERVER_FILES.vllm}`, log, signal);
    state.tell({ started: true, ready: true });
    return new Promise((_resolve, reject) => {
      const end = (): void => {
        reject(new Error('stopped'));
      };
      if (signal.aborted) end();
      signal.addEventListener('abort', end, { once: true });
    });
  }
  return new BesideTriton({
    configuration: new Configuration<TritonServerConfig>(`${root}${SERVER_FILES.config}`, text, config, log),
    store,
    repository: new Repository(`${root}${SERVER_FILES.repository}`),
    triton: new Triton(triton ?? `http://127.0.0.1:${MODEL_SERVER_PORT}`, key, times.load, signal),
    state,
    log,
    times,
    signal,
  }).run();
}
