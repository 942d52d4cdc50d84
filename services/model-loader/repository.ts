import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MODEL_FILES } from '../../schema/release-manifest';
import { nameAtServer, type TritonModel } from '../../schema/server-config';
import { names } from './store';

const UNFINISHED = '.unfinished-';

/**
 * What Triton runs the model by. Inputs and outputs it reads from the model's own file; all that could name a program or another file stands
 * here alone. Requests are not put together: what the first dimension is, is the model's own.
 * @see https://github.com/triton-inference-server/onnxruntime_backend/blob/013d2745/README.md, the options of the CUDA provider (looked up 2026-11-26)
 */
export function configText(model: TritonModel, file: string): string {
  const isOnnx = file === MODEL_FILES.onnx;
  return `# ${model.digest}
name: "${nameAtServer(model)}"
backend: "${isOnnx ? 'onnxruntime' : 'tensorrt'}"
default_model_filename: "${file}"
max_batch_size: 0
instance_group [ { count: 1 kind: KIND_GPU } ]
${
  isOnnx
    ? `optimization { execution_accelerators { gpu_execution_accelerator : [ {
  name : "cuda"
  parameters { key: "gpu_mem_limit" value: "${model.memoryMiB * 2 ** 20}" }
  parameters { key: "arena_extend_strategy" value: "kSameAsRequested" }
} ] } }
`
    : ''
}`;
}

/** Triton's model repository: a folder for each name. */
export class Repository {
  constructor(private readonly folder: string) {}

  /** Whether the release is there under its name. */
  async has(model: TritonModel): Promise<boolean> {
    return (await this.digestOf(nameAtServer(model))) === model.digest;
  }

  /** The digest of what is there under a name. */
  async digestOf(name: string): Promise<string | undefined> {
    const text = await readFile(join(this.folder, name, 'config.pbtxt'), 'utf8').catch(() => '');
    return /^# (sha256:[0-9a-f]{64})$/m.exec(text)?.[1];
  }

  /** Puts a release there, in the place of another of its name. Files are links to those of the store. */
  async put(model: TritonModel, store: string): Promise<void> {
    const name = nameAtServer(model);
    const unfinished = join(this.folder, `${UNFINISHED}${name}`);
    await rm(unfinished, { recursive: true, force: true });
    const version = join(unfinished, '1');
    const files = await readdir(store, { recursive: true, withFileTypes: true });
    for (const file of files) {
      if (!file.isFile()) continue;
      const from = join(file.parentPath, file.name);
      const to = join(version, from.slice(store.length + 1));
      await mkdir(dirname(to), { recursive: true });
      await link(from, to);
    }
    const isOnnx = files.some((file) => file.name === MODEL_FILES.onnx);
    await writeFile(join(unfinished, 'config.pbtxt'), configText(model, isOnnx ? MODEL_FILES.onnx : MODEL_FILES.plan));
    await this.remove(name);
    await rename(unfinished, join(this.folder, name));
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.folder, name), { recursive: true, force: true });
  }

  async names(): Promise<readonly string[]> {
    return (await names(this.folder)).filter((name) => !name.startsWith('.'));
  }
}
